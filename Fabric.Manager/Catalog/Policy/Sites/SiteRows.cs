namespace Fabric.Manager.Catalog.Policy.Sites;

/// <summary>The rows of sites and enforcement points below an infra.</summary>
internal static class SiteRows
{
    public static IReadOnlyList<PolicyType> OfInfra =>
    [
        PolicyType.Of<Site>("sites", children: [PolicyType.Of<EnforcementPoint>("enforcement-points")]),
    ];
}
