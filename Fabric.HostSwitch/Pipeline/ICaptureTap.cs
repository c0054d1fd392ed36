using Fabric.Packets.Addresses;
using Fabric.Packets.Links;

namespace Fabric.HostSwitch.Pipeline;

/// <summary>Someone watches a port or a vnic. Called on the packet thread: copies what it wants into a bounded ring, and never waits.</summary>
internal interface ICaptureTap
{
    /// <param name="frame">As it is at that point: at a vnic with its tag, at a port without the child's.</param>
    /// <param name="output">Towards the VM; else from it.</param>
    void Capture(ReadOnlySpan<byte> frame, bool output);
}

/// <summary>Someone watches the uplink. The kernel writes the outer headers, so they come as values beside the datagram.</summary>
internal interface IUplinkTap
{
    /// <param name="local">This host's endpoint.</param>
    /// <param name="path">The remote endpoint; the source port is the sender's, whoever that is.</param>
    /// <param name="payload">From the Geneve or VXLAN header on.</param>
    /// <param name="output">Leaves this host; else arrived.</param>
    void Capture(IpAddress local, in TunnelPath path, ReadOnlySpan<byte> payload, bool output);
}
