using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Ports;
using Fabric.HostSwitch.Tables;
using Fabric.HostSwitch.Tunnels;
using Fabric.Packets.Links;

namespace Fabric.HostSwitch.Flows;

/// <summary>
/// What the whole pipeline decided for the first frame of a flow, for all that follow: which connections to move on, how to rewrite,
/// where to send. Void as soon as the epoch moves on.
/// </summary>
internal sealed class FlowAction
{
    public uint Epoch;

    /// <summary>Where it entered; null: through a tunnel.</summary>
    public LogicalPort? Ingress;

    /// <summary>The logical switch it leaves on.</summary>
    public Segment Segment = null!;

    public ConnectionRef OutConnection;

    /// <summary>The router interface it left by; null: not routed.</summary>
    public RouterInterface? RoutedBy;

    /// <summary>The interface whose name the router's errors bear.</summary>
    public RouterInterface? Gateway;

    /// <summary>Taken off the time to live.</summary>
    public byte Hops;

    /// <summary>The MACs it leaves with, as they stand in the frame.</summary>
    public ulong Macs0;
    public uint Macs1;

    /// <summary>The longest frame behind the Ethernet header that passes; longer ones take the whole pipeline, to be refused by name.</summary>
    public int MaxNetworkLength;

    /// <summary>A port of this host...</summary>
    public LogicalPort? Egress;
    public ConnectionRef InConnection;

    /// <summary>... or a remote endpoint.</summary>
    public TunnelPort? Tunnel;
    public TunnelPath Path;
    public OuterHeader Outer;

    /// <summary>The source's entry behind a learning port: it stays fresh.</summary>
    public LearnedMac? SourceMac;
}
