using Fabric.HostSwitch.Tables;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Ethernet;

namespace Fabric.HostSwitch.Pipeline;

/// <summary>
/// A frame on its way through the switch: its bytes, where it came from, what the stages found out, and where it will go.
/// Lives on the packet thread's stack; a copy of it stands for a copy of the frame.
/// </summary>
internal ref struct Frame
{
    /// <summary>The bytes. After classification they are the untagged frame of the logical port (a guest's own tag stays).</summary>
    public FrameBuffer Buffer;

    /// <summary>Where everything stands in the bytes. Sound from the first stage on; who moves or rewrites headers keeps it so.</summary>
    public FrameLayout Layout;

    /// <summary>The logical port whose checks are running: the source on the way out, the destination on the way in.</summary>
    public LogicalPort? Port;

    /// <summary>The logical port it came from; null: from a tunnel, or made by this host.</summary>
    public LogicalPort? Ingress;

    /// <summary>The logical switch it is on. A router moves it to another.</summary>
    public Segment? Segment;

    /// <summary>Out at the source port, In at the destination port.</summary>
    public Direction Direction;

    /// <summary>The tag it wore when the vnic gave it to us; -1: none. A binding with a VLAN is compared with this.</summary>
    public int VlanAtEntry;

    /// <summary>Milliseconds of the packet thread's clock, read once per batch.</summary>
    public long Now;

    /// <summary>Records each stage's verdict; null, as for all ordinary traffic, costs one branch.</summary>
    public FrameTrace? Trace;

    /// <summary>An explanation: the stages decide as ever, and change no connection, counter, table or queue.</summary>
    public readonly bool IsDryRun => Trace is { IsDryRun: true };

    public readonly ReadOnlySpan<byte> Bytes => Buffer.Bytes;

    public readonly MacAddress Destination => MacAddress.Read(Buffer.Bytes);

    public readonly MacAddress Source => MacAddress.Read(Buffer.Bytes[6..]);
}
