using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tables;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;

namespace Fabric.HostSwitch.Stages;

/// <summary>
/// Only addresses bound to the port may speak from it, and only those of the network: Ethernet source, IP source, and what ARP and
/// neighbor discovery say inside must agree with one binding (reference: nsx-dataplane.md, 3.1).
/// </summary>
internal sealed class SpoofGuard : IStage
{
    public string Name => "spoofguard";

    public Verdict Run(ref Frame frame)
    {
        var profile = frame.Port!.SpoofGuard;
        if (!profile.PortBindings && !profile.SwitchBindings)
        {
            return Verdict.Continue;
        }

        bool passes = (!profile.PortBindings || IsAllowed(ref frame, isSwitchLevel: false))
            && (!profile.SwitchBindings || IsAllowed(ref frame, isSwitchLevel: true));
        return passes ? Verdict.Continue : Verdict.Drop(ReasonOf(ref frame));
    }

    private static DropReason ReasonOf(ref readonly Frame frame)
    {
        if (frame.Layout.IsArp)
        {
            return DropReason.SpoofGuardArp;
        }

        if (frame.Layout.IsIpv4)
        {
            return DropReason.SpoofGuardIpv4;
        }

        if (!frame.Layout.IsIpv6)
        {
            return DropReason.SpoofGuardNonIp;
        }

        return IsNeighborMessage(in frame) ? DropReason.SpoofGuardNd : DropReason.SpoofGuardIpv6;
    }

    private static bool IsAllowed(ref readonly Frame frame, bool isSwitchLevel)
    {
        var source = frame.Source;
        var layout = frame.Layout;
        var bytes = frame.Bytes;
        if (layout.IsArp)
        {
            _ = ArpView.TryParse(layout.Network(bytes), out var arp);
            if (arp.SenderMac != source)
            {
                return false;
            }

            return arp.SenderAddress.IsUnspecified
                ? MayAsk(in frame, source, isSwitchLevel)
                : Owns(in frame, source, arp.SenderAddress, isSwitchLevel);
        }

        if (!layout.IsIp)
        {
            return OwnsMac(in frame, source, isSwitchLevel);
        }

        var address = layout.Source(bytes);
        if (layout.IsIpv4)
        {
            bool isDhcpClient = address.IsUnspecified && layout.Protocol == IpProtocol.Udp && layout.HasPorts
                && layout.SourcePort(bytes) == DhcpView.ClientPort && layout.DestinationPort(bytes) == DhcpView.ServerPort;
            return isDhcpClient ? MayAsk(in frame, source, isSwitchLevel) : Owns(in frame, source, address, isSwitchLevel);
        }

        bool isOwnSource = address.IsUnspecified || address == LinkLocalOf(source)
            ? MayAsk(in frame, source, isSwitchLevel)
            : Owns(in frame, source, address, isSwitchLevel);
        return isOwnSource && (!IsNeighborMessage(in frame) || SaysTheTruth(in frame, source, isSwitchLevel));
    }

    // The link address inside is the sender's own; what an advertisement claims, or a probe asks for itself, is bound to it.
    private static bool SaysTheTruth(ref readonly Frame frame, MacAddress source, bool isSwitchLevel)
    {
        if (!NeighborDiscoveryView.TryParse(frame.Layout.Transport(frame.Bytes), out var message)
            || (message.TryGetLinkAddress(out var link) && link != source))
        {
            return false;
        }

        bool isClaim = message.Type == IcmpV6Type.NeighborAdvertisement;
        return !isClaim || message.Target == LinkLocalOf(source) || Owns(in frame, source, message.Target, isSwitchLevel);
    }

    private static bool IsNeighborMessage(ref readonly Frame frame)
        => frame.Layout is { IsIpv6: true, Protocol: IpProtocol.IcmpV6, IsLaterFragment: false }
            && (IcmpV6Type)frame.Bytes[frame.Layout.TransportOffset] is IcmpV6Type.NeighborSolicitation or IcmpV6Type.NeighborAdvertisement;

    private static bool Owns(ref readonly Frame frame, MacAddress mac, IpAddress ip, bool isSwitchLevel)
        => isSwitchLevel
            ? AnyAllows(frame.Segment!.Bindings, mac, ip, frame.VlanAtEntry)
            : frame.Port!.IsBound(mac, ip, frame.VlanAtEntry);

    private static bool OwnsMac(ref readonly Frame frame, MacAddress mac, bool isSwitchLevel)
    {
        if (isSwitchLevel)
        {
            return AnyAllows(frame.Segment!.Bindings, mac, frame.VlanAtEntry);
        }

        return frame.Port!.IsBound(mac, frame.VlanAtEntry);
    }

    // Who has no address yet may ask for one from its own MAC; a child's, until something is bound to it, is not known.
    private static bool MayAsk(ref readonly Frame frame, MacAddress mac, bool isSwitchLevel)
    {
        var port = frame.Port!;
        return OwnsMac(in frame, mac, isSwitchLevel) || (port.Tag < 0 ? port.Mac == mac : port.IsUnbound);
    }

    private static bool AnyAllows(BindingRule[] rules, MacAddress mac, IpAddress ip, int vlan)
    {
        foreach (var rule in rules)
        {
            if (rule.Allows(mac, ip, vlan))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AnyAllows(BindingRule[] rules, MacAddress mac, int vlan)
    {
        foreach (var rule in rules)
        {
            if (rule.Allows(mac, vlan))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>fe80:: and the modified EUI-64 of the MAC (RFC 4291, appendix A).</summary>
    internal static IpAddress LinkLocalOf(MacAddress mac)
    {
        ulong high = (mac.Value >> 24) ^ 0x02_0000;
        ulong identifier = (high << 40) | 0xFF_FE00_0000UL | (mac.Value & 0xFF_FFFF);
        return new IpAddress(new UInt128(0xFE80_0000_0000_0000, identifier));
    }
}
