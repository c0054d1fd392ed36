using Fabric.Manager.Catalog.Policy.Addressing;
using Fabric.Manager.Errors;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>Who has which address of a VPC subnet: the gateway the first, a DHCP server the second, ports the rest.</summary>
internal static class VpcSubnetPlan
{
    public const string PoolId = "static-ipv4-default";

    public static string PoolPath(string subnet) => $"{subnet}/ip-pools/{PoolId}";

    /// <summary>Whether ports get their addresses from the manager: when the subnet says so, or runs no DHCP.</summary>
    public static bool Allocates(VpcSubnet subnet) => subnet.AdvancedConfig.StaticIpAllocation?.Enabled == true && subnet.IpAddresses is { Count: > 0 };

    public static Checked<VpcSubnet> Complete(VpcSubnet subnet)
    {
        var networks = (subnet.IpAddresses ?? []).Select(IpPrefix.Parse).ToList();
        var config = subnet.AdvancedConfig;
        foreach (string given in (config.GatewayAddresses ?? []).Concat(config.DhcpServerAddresses ?? []))
        {
            if (!IpPrefix.TryParse(given, out var prefix) || !networks.Any(network => network.Contains(prefix.Address)))
            {
                return NetworkErrors.VpcSubnet($"{given} is in no network of VPC subnet {subnet.Path}.");
            }
        }

        bool dhcp = subnet.SubnetDhcpConfig?.Mode == "DHCP_SERVER" || subnet.DhcpConfig?.EnableDhcp == true;
        return subnet with
        {
            AdvancedConfig = config with
            {
                StaticIpAllocation = config.StaticIpAllocation ?? new StaticIpAllocation { Enabled = !dhcp },
                GatewayAddresses = config.GatewayAddresses ?? (networks.Count > 0 ? [.. networks.Select(network => At(network, 1))] : null),
                DhcpServerAddresses = config.DhcpServerAddresses ?? (dhcp && networks.Count > 0 ? [.. networks.Select(network => At(network, 2))] : null),
            },
        };
    }

    public static IEnumerable<PolicyResource> Births(VpcSubnet subnet) => Allocates(subnet) ? [PoolOf(subnet)] : [];

    /// <summary>The pool of a subnet: the ranges that it states, else all that nothing else has.</summary>
    public static IpAddressPool PoolOf(VpcSubnet subnet)
    {
        var kept = (subnet.AdvancedConfig.GatewayAddresses ?? []).Concat(subnet.AdvancedConfig.DhcpServerAddresses ?? [])
            .Select(text => new AddressRange(IpPrefix.Parse(text).Address, IpPrefix.Parse(text).Address))
            .Concat((subnet.SubnetDhcpConfig?.DhcpServerAdditionalConfig?.ReservedIpRanges ?? []).Select(AddressRange.Parse)).OrderBy(range => range.First).ToList();
        var stated = subnet.AdvancedConfig.StaticIpAllocation?.PoolRanges;
        var whole = stated is { Count: > 0 } ? stated.Select(AddressRange.Parse) : (subnet.IpAddresses ?? []).Take(1).Select(IpPrefix.Parse).Select(Usable);
        return new IpAddressPool
        {
            Id = PoolId,
            DisplayName = PoolId,
            SystemOwned = true,
            OwnRanges = [.. whole.SelectMany(range => Without(range, kept)).Select(range => new IpPoolRange { Start = range.First.ToString(), End = range.Last.ToString() })],
        };
    }

    private static string At(IpPrefix network, uint offset) => $"{new IpAddress(network.Network.Bits + offset)}/{network.Length}";

    /// <summary>All but the network's own address and the broadcast address.</summary>
    private static AddressRange Usable(IpPrefix network)
        => network.Address.IsIpv4 && network.Length < 31 ? new AddressRange(new IpAddress(network.Network.Bits + 1), new IpAddress(network.Last.Bits - 1)) : AddressRange.Of(network);

    private static IEnumerable<AddressRange> Without(AddressRange range, List<AddressRange> kept)
    {
        var from = range.First;
        foreach (var part in kept.Where(range.Overlaps))
        {
            if (from < part.First)
            {
                yield return new AddressRange(from, new IpAddress(part.First.Bits - 1));
            }

            from = part.Last >= from ? new IpAddress(part.Last.Bits + 1) : from;
        }

        if (from <= range.Last)
        {
            yield return new AddressRange(from, range.Last);
        }
    }
}
