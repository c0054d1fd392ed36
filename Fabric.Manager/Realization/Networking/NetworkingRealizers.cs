using Fabric.Manager.Catalog.Policy.Addressing;
using Fabric.Manager.Catalog.Policy.Networking;
using Fabric.Manager.Catalog.Policy.Tenancy;

namespace Fabric.Manager.Realization.Networking;

/// <summary>What the policy objects of networking, addressing and tenancy become: what others name comes first.</summary>
internal static class NetworkingRealizers
{
    public static readonly IReadOnlyList<Realizer> All =
    [
        Realizer.Of<SegmentSecurityProfile>(ProfileRealizers.Security),
        Realizer.Of<IPDiscoveryProfile>(ProfileRealizers.IpDiscovery),
        Realizer.Of<MacDiscoveryProfile>(ProfileRealizers.MacDiscovery),
        Realizer.Of<SpoofGuardProfile>(ProfileRealizers.SpoofGuard),
        Realizer.Of<QosProfile>(ProfileRealizers.Qos),
        Realizer.Of<IpAddressPool>(AddressRealizers.Pool),
        Realizer.Entity<IpAddressPoolBlockSubnet>("IpBlockSubnet", AddressRealizers.Carved),
        Realizer.Entity<IpAddressPoolStaticSubnet>("IpPoolSubnet", subnet => [new("cidr", subnet.Cidr)]),
        Realizer.Entity<IpAddressAllocation>("AllocationIpAddress", allocation => allocation.AllocatedIp is { } ip ? [new("allocation_ip", ip)] : []),
        Realizer.Entity<VpcIpAddressAllocation>("AllocationIpAddress", allocation => allocation.AllocationIps is { } ips ? [new("allocation_ip", ips)] : []),
        Realizer.Of<Tier0>(GatewayRealizers.Tier0),
        Realizer.Of<Tier1>(GatewayRealizers.Tier1),
        Realizer.Of<Vpc>(VpcRealizers.Gateway),
        Realizer.Of<StaticRoutes>(GatewayRealizers.StaticRoutes),
        Realizer.Of<Segment>(SegmentRealizer.Wants),
        Realizer.Of<VpcSubnet>(VpcRealizers.Subnet),
        Realizer.Of<SegmentPort>(SegmentPortRealizer.Wants),
        Realizer.Of<VpcSubnetPort>(VpcRealizers.Port),
    ];
}
