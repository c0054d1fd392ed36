namespace Fabric.Packets.Links;

/// <summary>Frames a link lost, by reason. Written by the link's thread only.</summary>
public sealed class LinkDrops
{
    /// <summary>Received frames longer than a buffer of the pool.</summary>
    public long ReceiveTooLong { get; internal set; }

    /// <summary>Received super-frames or partial checksums that make no sense.</summary>
    public long ReceiveUnusable { get; internal set; }

    /// <summary>Receives that the system refused.</summary>
    public long ReceiveErrors { get; internal set; }

    /// <summary>Frames to send that exceed the MTU.</summary>
    public long SendTooLong { get; internal set; }

    /// <summary>Frames to send that found no room.</summary>
    public long SendNoRoom { get; internal set; }

    /// <summary>Frames to send that the system refused.</summary>
    public long SendErrors { get; internal set; }
}
