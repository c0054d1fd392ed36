using Fabric.Manager.Errors;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>The subnets of a segment: the network that follows from a gateway's address, and whether DHCP stays within it.</summary>
internal static class SegmentSubnets
{
    public static (IReadOnlyList<SegmentSubnet>? Subnets, ApiError? Error) Complete(IReadOnlyList<SegmentSubnet>? subnets)
    {
        if (subnets is null)
        {
            return (null, null);
        }

        var done = new List<SegmentSubnet>(subnets.Count);
        foreach (var subnet in subnets)
        {
            if (subnet.GatewayAddress is null)
            {
                return (null, ApiErrors.Field($"subnets[{done.Count}].gateway_address may not be null"));
            }

            var prefix = IpPrefix.Parse(subnet.GatewayAddress);
            if (!IsInterface(prefix))
            {
                return (null, ApiErrors.Field($"subnets[{done.Count}].gateway_address {subnet.GatewayAddress} is no address that a gateway can have, such as 10.0.0.1/24"));
            }

            if (CheckDhcp(subnet, prefix, done.Count) is { } error)
            {
                return (null, error);
            }

            if (done.Any(other => Overlap(IpPrefix.Parse(other.GatewayAddress!), prefix)))
            {
                return (null, ApiErrors.Field($"subnets[{done.Count}].gateway_address {subnet.GatewayAddress} overlaps another subnet of the segment"));
            }

            done.Add(subnet with { Network = $"{prefix.Network}/{prefix.Length}" });
        }

        return (done, null);
    }

    public static IEnumerable<IpPrefix> PrefixesOf(Segment segment)
        => (segment.Subnets ?? []).Where(subnet => subnet.GatewayAddress is not null).Select(subnet => IpPrefix.Parse(subnet.GatewayAddress!));

    /// <summary>A host's address in a network that has room for others: not the network's own, nor its broadcast address.</summary>
    public static bool IsInterface(IpPrefix prefix)
        => !prefix.Address.IsMulticast && !prefix.Address.IsUnspecified
            && (!prefix.Address.IsIpv4 || prefix.Length >= 31 || (prefix.Address != prefix.Network && prefix.Address != prefix.Last));

    private static bool Overlap(IpPrefix one, IpPrefix other) => one.Contains(other.Network) || other.Contains(one.Network);

    private static ApiError? CheckDhcp(SegmentSubnet subnet, IpPrefix prefix, int at)
    {
        foreach (string range in subnet.DhcpRanges ?? [])
        {
            if (!TextForms.TryRange(range, out var first, out var last) || !prefix.Contains(first) || !prefix.Contains(last))
            {
                return ApiErrors.Field($"subnets[{at}].dhcp_ranges {range} is not within {prefix.Network}/{prefix.Length}");
            }
        }

        bool ofOtherVersion = subnet.DhcpConfig is SegmentDhcpV6Config == prefix.Address.IsIpv4;
        if (subnet.DhcpConfig is not null && ofOtherVersion)
        {
            return ApiErrors.Field($"subnets[{at}].dhcp_config is a {subnet.DhcpConfig.ResourceType}, and the subnet {prefix.Network}/{prefix.Length} is of the other IP version");
        }

        return subnet.DhcpConfig?.ServerAddress is { } server && IpPrefix.Parse(server) is var own && (!prefix.Contains(own.Address) || own.Address == prefix.Address)
            ? ApiErrors.Field($"subnets[{at}].dhcp_config.server_address {server} must be in {prefix.Network}/{prefix.Length} and not the gateway's")
            : null;
    }
}
