namespace Fabric.HostSwitch.Pipeline;

/// <summary>Which way a frame passes a port, in the firewall's words: seen from the VM (reference: nsx-dataplane.md, 0).</summary>
internal enum Direction : byte
{
    /// <summary>Leaves the VM; the port receives it (rx).</summary>
    Out,

    /// <summary>Enters the VM; the port transmits it (tx).</summary>
    In,
}
