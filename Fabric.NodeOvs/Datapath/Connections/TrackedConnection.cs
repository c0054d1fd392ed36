using Fabric.Packets.Flows;

namespace Fabric.NodeOvs.Datapath.Connections;

/// <summary>A committed connection of one zone: its packets' keys both ways, which differ where addresses are translated.</summary>
internal sealed class TrackedConnection(ushort zone, FlowKey original, FlowKey reply)
{
    public ushort Zone => zone;

    /// <summary>Of a packet in the original direction, as it comes.</summary>
    public FlowKey Original => original;

    /// <summary>Of a packet in the reply direction, as it comes: the original's reverse after translation.</summary>
    public FlowKey Reply => reply;

    public uint Mark { get; set; }

    public UInt128 Label { get; set; }

    public TcpConnection Tcp { get; set; }

    /// <summary>Packets other than the first have been seen in the original direction; a reply has.</summary>
    public bool IsMultiple { get; set; }

    public bool HasReply { get; set; }

    /// <summary>In milliseconds of the packet thread's clock.</summary>
    public long ExpiresAt { get; set; }

    public long OriginalPackets { get; set; }

    public long OriginalBytes { get; set; }

    public long ReplyPackets { get; set; }

    public long ReplyBytes { get; set; }
}
