namespace Fabric.Packets.Flows;

/// <summary>One side of a tracked connection: what it has sent, and how far it may send.</summary>
/// <param name="State">How far this side has got.</param>
/// <param name="Next">The sequence number after the highest it has sent.</param>
/// <param name="Limit">The sequence number up to which the other side's window lets it send.</param>
/// <param name="MaxWindow">The largest window it has offered, unscaled.</param>
/// <param name="Scale">The shift of its windows; -1 until its SYN was seen.</param>
/// <param name="IsHeard">Something was seen from this side.</param>
public readonly record struct TcpPeer(
    TcpPeerState State, uint Next, uint Limit, ushort MaxWindow, sbyte Scale, bool IsHeard);
