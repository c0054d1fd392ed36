namespace Fabric.Manager.Catalog.Policy.Addressing;

/// <summary>The rows of addressing below an infra.</summary>
internal static class AddressingRows
{
    /// <summary>Addresses taken from a pool, also from that of a VPC subnet.</summary>
    public static readonly PolicyType Allocations = PolicyType.Of<IpAddressAllocation>("ip-allocations", PolicyPoolChecks.Complete);

    public static IReadOnlyList<PolicyType> OfInfra =>
    [
        PolicyType.Of<IpAddressBlock>("ip-blocks", BlockChecks.Complete, filters: [("visibility", block => block.Visibility)]),
        PolicyType.Of<IpAddressPool>("ip-pools", show: PolicyPoolChecks.Show, children:
        [
            PolicyType.Of<IpAddressPoolSubnet>("ip-subnets", PolicyPoolChecks.Complete, PolicyPoolChecks.Release),
            Allocations,
        ]),
        PolicyType.Of<VniPoolConfig>("vni-pools", PolicyPoolChecks.Complete),
    ];
}
