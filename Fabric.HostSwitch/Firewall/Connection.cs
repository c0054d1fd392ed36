using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Addresses;
using Fabric.Packets.Flows;

namespace Fabric.HostSwitch.Firewall;

/// <summary>One tracked flow at one port's filter. Lives in place in the connection table and belongs to the packet thread.</summary>
internal struct Connection
{
    /// <summary>Of the packets that go as the first one went.</summary>
    public FlowKey Key;

    /// <summary>The port's filter, by its number.</summary>
    public int Filter;

    public uint Hash;

    /// <summary>Tells this use of the place from earlier ones; 0 while the place is free.</summary>
    public uint Version;

    /// <summary>As the first packet passed the port.</summary>
    public Direction Direction;

    /// <summary>Of other protocols than TCP: something was seen of that side.</summary>
    public bool IsOriginalHeard;

    public bool IsReplyHeard;

    /// <summary>The original side spoke again after the reply side did.</summary>
    public bool IsConversation;

    public long ExpiresAt;

    /// <summary>Of the rules that last allowed it.</summary>
    public uint Generation;

    public TcpConnection Tcp;

    public RuleCounters Rule;

    /// <summary>The layer 2 rule that passes its frames, by flow direction; null: none was asked yet.</summary>
    public RuleCounters? Layer2Original;

    public RuleCounters? Layer2Reply;

    /// <summary>The next free place, while this one is free.</summary>
    public int NextFree;

    public readonly FlowDirection Flow(Direction direction) => direction == Direction ? FlowDirection.Original : FlowDirection.Reply;

    public readonly RuleCounters? Layer2(FlowDirection flow) => flow == FlowDirection.Original ? Layer2Original : Layer2Reply;

    /// <summary>What the rules were asked when it began; asked again when they change.</summary>
    public readonly RuleQuery Query => new(
        Direction,
        Key.Source.IsIpv4 ? EtherType.Ipv4 : EtherType.Ipv6,
        default,
        default,
        Key.Source,
        Key.Destination,
        Key.Protocol,
        IsIcmp ? Key.DestinationPort : Key.SourcePort,
        IsIcmp ? (ushort)0 : Key.DestinationPort);

    private readonly bool IsIcmp => Key.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6;

    /// <summary>A packet of another protocol than TCP went by: which idle time holds now.</summary>
    public FlowTimer Hear(FlowDirection flow)
    {
        if (flow == FlowDirection.Reply)
        {
            IsReplyHeard = true;
        }
        else
        {
            IsConversation |= IsReplyHeard;
            bool isFirst = !IsOriginalHeard;
            IsOriginalHeard = true;
            if (isFirst)
            {
                return IsIcmp ? FlowTimer.IcmpFirstPacket : Key.Protocol == IpProtocol.Udp ? FlowTimer.UdpFirstPacket : FlowTimer.OtherFirstPacket;
            }
        }

        return (Key.Protocol, IsConversation) switch
        {
            (IpProtocol.Icmp or IpProtocol.IcmpV6, _) => FlowTimer.IcmpErrorReply,
            (IpProtocol.Udp, true) => FlowTimer.UdpMultiple,
            (IpProtocol.Udp, false) => FlowTimer.UdpSingle,
            (_, true) => FlowTimer.OtherMultiple,
            _ => FlowTimer.OtherSingle,
        };
    }
}
