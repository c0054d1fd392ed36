using Fabric.Contracts.V1;
using Fabric.HostSwitch.Firewall;
using Fabric.HostSwitch.Ports;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Tables;

/// <summary>A logical port of one generation: a vnic, or one tag of it, on a logical switch.</summary>
internal sealed class LogicalPort
{
    public required string Id { get; init; }

    public required string DisplayName { get; init; }

    /// <summary>Null: the switch has not been told to this host, and the port carries nothing.</summary>
    public required Segment? Segment { get; init; }

    public required string VifId { get; init; }

    /// <summary>The VIF whose vnic carries the frames: of a child the parent's, else its own.</summary>
    public required string CarrierVifId { get; init; }

    /// <summary>The vnic that carries its frames; it may have no device yet.</summary>
    public required VnicPort Vnic { get; init; }

    /// <summary>The vnic's own MAC; null until the vnic is plugged.</summary>
    public required MacAddress? Mac { get; init; }

    /// <summary>The child's tag on the vnic; -1: untagged.</summary>
    public required int Tag { get; init; }

    public required bool IsUp { get; init; }

    /// <summary>Another child of the parent has the same tag: no traffic for either (reference: nsx-dataplane.md, 2.1).</summary>
    public required bool IsTagAmbiguous { get; init; }

    /// <summary>Not empty: these are realized, and not what is discovered.</summary>
    public required BindingRule[] ManualBindings { get; init; }

    public required BindingRule[] IgnoredBindings { get; init; }

    /// <summary>Discovered here but held by another port of the switch: not realized.</summary>
    public required BindingRule[] WithheldBindings { get; init; }

    public required SpoofGuardProfile SpoofGuard { get; init; }

    public required IpDiscoveryProfile IpDiscovery { get; init; }

    public required MacManagementProfile MacManagement { get; init; }

    public required SecurityPolicy Security { get; init; }

    public required PortFilter Filter { get; init; }

    /// <summary>Counters, learned MACs, discovered addresses: what lives longer than a generation.</summary>
    public required PortState State { get; init; }

    /// <summary>What was discovered before a restart.</summary>
    public required DiscoveredAddress[] Restored { get; init; }

    /// <summary>The parent's port of a child, if it is on this host. Filled by the builder.</summary>
    public LogicalPort? Parent { get; set; }

    /// <summary>A child's own MACs, as its manual bindings state them; without any, whatever it says is its own.</summary>
    public required MacAddress[] BoundMacs { get; init; }

    /// <summary>No binding is realized, manual or discovered.</summary>
    public bool IsUnbound => ManualBindings.Length == 0 && State.Addresses.Realized.Length == 0;

    /// <summary>Whether its realized bindings, the manual ones if there are any, hold this pair.</summary>
    public bool IsBound(MacAddress mac, IpAddress ip, int vlan)
    {
        foreach (var rule in ManualBindings)
        {
            if (rule.Allows(mac, ip, vlan))
            {
                return true;
            }
        }

        if (ManualBindings.Length == 0)
        {
            foreach (var address in State.Addresses.Realized)
            {
                if (address.Mac == mac && address.Ip == ip && address.Vlan == vlan)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether any of its realized bindings has this MAC.</summary>
    public bool IsBound(MacAddress mac, int vlan)
    {
        foreach (var rule in ManualBindings)
        {
            if (rule.Allows(mac, vlan))
            {
                return true;
            }
        }

        if (ManualBindings.Length == 0)
        {
            foreach (var address in State.Addresses.Realized)
            {
                if (address.Mac == mac && address.Vlan == vlan)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The MAC of an address that is realized here; a manual binding of a whole subnet answers for none.</summary>
    public bool TryFindMac(IpAddress ip, out MacAddress mac)
    {
        foreach (var rule in ManualBindings)
        {
            if (rule.Mac is { } bound && rule.Ip is { } prefix && prefix.Length == prefix.MaxLength && prefix.Address == ip)
            {
                mac = bound;
                return true;
            }
        }

        if (ManualBindings.Length == 0)
        {
            foreach (var address in State.Addresses.Realized)
            {
                if (address.Ip == ip)
                {
                    mac = address.Mac;
                    return true;
                }
            }
        }

        mac = default;
        return false;
    }
}
