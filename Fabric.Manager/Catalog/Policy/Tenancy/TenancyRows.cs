namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>The rows of sharing below an infra. (Organizations and projects are in OrgRows, apart: a project's infra is made of these.)</summary>
internal static class TenancyRows
{
    public static IReadOnlyList<PolicyType> OfInfra =>
    [
        PolicyType.Of<Share>("shares", children: [PolicyType.Of<SharedResource>("resources", goesWithParent: true)]),
    ];
}
