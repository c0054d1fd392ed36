using Fabric.HostSwitch.Flows;
using Fabric.HostSwitch.Tables;
using Fabric.HostSwitch.Tunnels;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Links;

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

    /// <summary>The vnic it came from, as this generation reads its tags; null: it came from elsewhere.</summary>
    public VnicTable? Vnic;

    /// <summary>The tunnel datagram it came in.</summary>
    public TunnelOrigin Tunnel;

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

    /// <summary>Made by this host in answer to the port it goes to, and not to be filtered: the reply that REJECT owes.</summary>
    public bool IsUnfiltered;

    /// <summary>The router interface it left by; null: not routed.</summary>
    public RouterInterface? RoutedBy;

    /// <summary>The router interface it came in by, whose address the router's errors come from.</summary>
    public RouterInterface? Gateway;

    /// <summary>The MAC it was sent from, before a router wrote its own.</summary>
    public MacAddress SenderMac;

    /// <summary>Where the lookup sends it.</summary>
    public Egress Egress;

    /// <summary>A stage took the bytes for itself: they do not go back to the pool.</summary>
    public bool IsKept;

    /// <summary>What the flow cache will remember of this journey, while nothing on it forbids that.</summary>
    public FlowRecipe Recipe;

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

/// <summary>The outer side of a frame that came through a tunnel.</summary>
internal struct TunnelOrigin
{
    /// <summary>The endpoint of ours that it came to; null: it came through no tunnel.</summary>
    public TunnelPort? Port;

    public TunnelPath Path;

    /// <summary>The sender, if it is an endpoint we know.</summary>
    public RemoteTep? Tep;

    /// <summary>The sender asks us to copy it to our subnet's other endpoints.</summary>
    public bool MustReplicate;
}

/// <summary>Where a frame goes after the lookup: one port, one endpoint, or everyone on the logical switch.</summary>
internal struct Egress
{
    public LogicalPort? Port;

    public RemoteTep? Tep;

    /// <summary>Everyone but the sender; of unknown unicast only ports that learn.</summary>
    public bool IsFlood;

    /// <summary>Set on a copy for another subnet: its receiver passes it on there.</summary>
    public bool AsksToReplicate;
}
