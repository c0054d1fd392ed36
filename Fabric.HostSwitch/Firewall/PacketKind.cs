namespace Fabric.HostSwitch.Firewall;

/// <summary>What a packet is to connection tracking.</summary>
internal enum PacketKind : byte
{
    /// <summary>ARP and all else that layer 3 rules do not see.</summary>
    NotIp,

    Tcp,

    /// <summary>UDP, SCTP and protocols without ports: a flow is whoever talks to whom.</summary>
    Datagram,

    /// <summary>An ICMP query: it starts a flow.</summary>
    IcmpRequest,

    /// <summary>An ICMP answer: it belongs to a flow or is asked of the rules, and starts none.</summary>
    IcmpReply,

    /// <summary>An ICMP error: it belongs to the flow that it quotes.</summary>
    IcmpError,

    /// <summary>Neighbor discovery, multicast listeners, IGMP: asked of the rules each time.</summary>
    Announcement,

    /// <summary>A later fragment: it goes as the first of its packet went.</summary>
    LaterFragment,
}
