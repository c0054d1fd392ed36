namespace Fabric.Packets.Flows;

/// <summary>Why a segment does not belong to the connection it claims.</summary>
public enum TcpRefusal : byte
{
    /// <summary>It belongs.</summary>
    None = 0,

    /// <summary>Flags that no TCP sends.</summary>
    IllegalFlags,

    /// <summary>A SYN within an established connection, or data before the handshake.</summary>
    Handshake,

    /// <summary>A SYN answered by something that acknowledges another sequence number.</summary>
    HandshakeAcknowledgement,

    /// <summary>Data past the receiver's window.</summary>
    OutsideWindow,

    /// <summary>A retransmission more than a window old.</summary>
    OldRetransmission,

    /// <summary>Acknowledges what was never sent.</summary>
    AcknowledgesUnsent,

    /// <summary>Acknowledges what was acknowledged more than a window ago.</summary>
    OldAcknowledgement,

    /// <summary>A RST that is not exactly the next in sequence (RFC 5961, section 3.2).</summary>
    ResetOutOfSequence,
}
