using Fabric.OvsProtocol.OpenFlow.Actions;

namespace Fabric.NodeOvs.Datapath.Connections;

/// <summary>What a ct action asks of a packet, with everything that stood in fields read out.</summary>
/// <param name="Zone">The zone to look in.</param>
/// <param name="Commit">Remember the connection.</param>
/// <param name="Force">Start it anew if this packet goes against it.</param>
/// <param name="Nat">Translate; null: leave addresses alone.</param>
/// <param name="MarkValue">Bits to set in the mark on commit.</param>
/// <param name="MarkMask">Which.</param>
/// <param name="LabelValue">Bits to set in the label on commit.</param>
/// <param name="LabelMask">Which.</param>
internal sealed record CtRequest(
    ushort Zone, bool Commit, bool Force, NatAction? Nat, uint MarkValue, uint MarkMask, UInt128 LabelValue, UInt128 LabelMask);
