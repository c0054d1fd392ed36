using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Ports;

namespace Fabric.HostSwitch.Flows;

/// <summary>What the stages note for the flow cache while the first frame of a flow passes them.</summary>
internal struct FlowRecipe
{
    /// <summary>Where the fast path keeps the key of the frame as it entered; meaningless unless <see cref="MayCache"/>.</summary>
    public int KeyPlace;

    /// <summary>Every stage so far would say the same of each frame with this key.</summary>
    public bool MayCache;

    /// <summary>The connection at the source port's firewall.</summary>
    public ConnectionRef OutConnection;

    /// <summary>The connection at the destination port's firewall.</summary>
    public ConnectionRef InConnection;

    /// <summary>Routers passed: so much is taken off the time to live.</summary>
    public byte Hops;

    /// <summary>The largest IP packet that passes as this one did, a tight egress being anywhere on the way.</summary>
    public int MaxNetworkLength;

    /// <summary>The source's entry behind a learning port: it stays fresh.</summary>
    public LearnedMac? SourceMac;
}
