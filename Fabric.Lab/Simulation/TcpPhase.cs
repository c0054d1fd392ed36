namespace Fabric.Lab.Simulation;

/// <summary>Where a connection is in its life (RFC 9293, section 3.3.2), without LISTEN, which is a port's and no connection's.</summary>
internal enum TcpPhase
{
    SynSent,
    SynReceived,
    Established,
    FinWait1,
    FinWait2,
    Closing,
    TimeWait,
    CloseWait,
    LastAck,
    Closed,
}
