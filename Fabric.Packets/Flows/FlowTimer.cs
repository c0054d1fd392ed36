namespace Fabric.Packets.Flows;

/// <summary>Which of the idle times a tracked flow is under; named as in NSX's firewall session timer profile.</summary>
public enum FlowTimer : byte
{
    TcpFirstPacket,
    TcpOpening,
    TcpEstablished,
    TcpClosing,
    TcpFinWait,
    TcpClosed,
    UdpFirstPacket,
    UdpSingle,
    UdpMultiple,
    IcmpFirstPacket,
    IcmpErrorReply,
    OtherFirstPacket,
    OtherSingle,
    OtherMultiple,
}
