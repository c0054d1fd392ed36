namespace Fabric.HostSwitch.Pipeline;

/// <summary>What became of the frames that came in: each has exactly one end. Copies and frames of the host's own are not in it.</summary>
internal struct FrameTally
{
    /// <summary>Frames from vnics and from the uplink.</summary>
    public long Total;

    /// <summary>Left by a port or a tunnel, or were copied to all who wanted them.</summary>
    public long Forwarded;

    /// <summary>Ended here: answered, taken by a protocol of the host, or waiting for a neighbor.</summary>
    public long Consumed;

    /// <summary>Dropped, each under its name.</summary>
    public long Dropped;
}
