namespace Fabric.Packets.Flows;

/// <summary>How far one side of a connection has got, as a middle box sees it. The order matters: a side only moves up.</summary>
public enum TcpPeerState : byte
{
    Closed = 0,
    SynSent = 1,
    Established = 2,

    /// <summary>Sent its FIN.</summary>
    Closing = 3,

    /// <summary>Its FIN was acknowledged.</summary>
    FinWait = 4,

    /// <summary>Ended by a RST.</summary>
    Reset = 5,
}
