namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>The rows of groups, services, firewall policies and certificates below an infra.</summary>
internal static class SecurityRows
{
    public static IReadOnlyList<PolicyType> OfInfra =>
    [
        PolicyType.Of<Domain>("domains"),
    ];
}
