using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy.Addressing;

namespace Fabric.Manager.Realization.Networking;

/// <summary>A pool is one of the Manager API too, of which hosts and ports get addresses; what was carved or taken tells of itself.</summary>
internal static class AddressRealizers
{
    public static IEnumerable<ManagedResource> Pool(IntentReader reader, IpAddressPool pool)
    {
        if (pool.OwnRanges is null) // that of a VPC subnet hands out at once, and nothing else names it
        {
            yield return new IpPool
            {
                Id = RealizedId.Of(pool),
                CheckOverlapWithExistingPools = pool.CheckOverlapWithExistingPools,
                IpReleaseDelay = pool.IpReleaseDelay ?? 120_000,
                Subnets = [.. reader.Below<IpAddressPoolSubnet>(pool.Path).OrderBy(subnet => subnet.CreateTime).ThenBy(subnet => subnet.Id, StringComparer.Ordinal).Select(Subnet).OfType<IpPoolSubnet>()],
            };
        }
    }

    public static IReadOnlyList<RealizedAttribute> Carved(IpAddressPoolBlockSubnet subnet)
        => subnet.Cidr is not { } cidr ? []
            : subnet.GatewayAddress is { } gateway ? [new("cidr", cidr), new("gateway_ip", AddressOf(gateway))]
            : [new("cidr", cidr)];

    private static IpPoolSubnet? Subnet(IpAddressPoolSubnet subnet) => subnet switch
    {
        IpAddressPoolStaticSubnet stated => new IpPoolSubnet
        {
            Cidr = stated.Cidr,
            AllocationRanges = stated.AllocationRanges,
            GatewayIp = stated.GatewayIp,
            DnsNameservers = stated.DnsNameservers,
            DnsSuffix = stated.DnsSuffix,
        },
        IpAddressPoolBlockSubnet { Cidr: { } cidr } carved => new IpPoolSubnet
        {
            Cidr = cidr,
            AllocationRanges = carved.AllocationRanges ?? [],
            GatewayIp = carved.GatewayAddress is { } gateway ? AddressOf(gateway) : null,
        },
        _ => null,
    };

    private static string AddressOf(string cidr) => cidr.Split('/')[0];
}
