using Fabric.Manager.Catalog.Checks;

namespace Fabric.Manager.Catalog.Ipam;

/// <summary>The rows of what hands out addresses and numbers.</summary>
internal static class IpamRows
{
    public static readonly IReadOnlyList<ResourceType> All =
    [
        ResourceType.Of<IpPool>("/pools/ip-pools", PoolChecks.Complete, PoolChecks.Release, PoolChecks.Show, canForce: true),
        ResourceType.Of<VniPool>("/pools/vni-pools", PoolChecks.Complete, PoolChecks.Release, PoolChecks.Show, canForce: true),
        ResourceType.Of<IpBlock>("/pools/ip-blocks", IpBlockChecks.Complete),
        ResourceType.Of<IpBlockSubnet>("/pools/ip-subnets", IpBlockChecks.Complete, IpBlockChecks.Release, filters: [("block_id", subnet => subnet.BlockId)]),
        ResourceType.Of<MacPool>("/pools/mac-pools", MacPoolChecks.Complete),
    ];
}
