using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Tables;

/// <summary>A distributed router's interface: its addresses on a logical switch, or the near end of a link to another router.</summary>
internal sealed class RouterInterface
{
    public required string PortId { get; init; }

    public required LogicalRouter Router { get; init; }

    /// <summary>Null: a router link, which has no switch on this host.</summary>
    public required Segment? Segment { get; init; }

    /// <summary>The VDR MAC: the same on every host.</summary>
    public required MacAddress Mac { get; init; }

    public required IpPrefix[] Addresses { get; init; }

    /// <summary>A source must be behind the interface it comes from (reference: nsx-dataplane.md, 5.4).</summary>
    public required bool IsUrpfStrict { get; init; }

    /// <summary>Of IP, in bytes.</summary>
    public required int Mtu { get; init; }

    public bool Owns(IpAddress address)
    {
        foreach (var own in Addresses)
        {
            if (own.Address == address)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Its address of one family: what its own packets come from.</summary>
    public bool TryGetAddress(bool ipv4, out IpAddress address)
    {
        foreach (var own in Addresses)
        {
            if (own.Address.IsIpv4 == ipv4)
            {
                address = own.Address;
                return true;
            }
        }

        address = default;
        return false;
    }
}
