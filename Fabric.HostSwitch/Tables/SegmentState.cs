using Fabric.HostSwitch.Routing;
using Fabric.HostSwitch.Tunnels;

namespace Fabric.HostSwitch.Tables;

/// <summary>What a logical switch remembers across generations. Belongs to the packet thread.</summary>
internal sealed class SegmentState(string id, uint number)
{
    public string Id { get; } = id;

    /// <summary>Small and never used twice: what cached flows know it by.</summary>
    public uint Number { get; } = number;

    /// <summary>MACs behind remote endpoints, learned from their frames.</summary>
    public RemoteMacTable RemoteMacs { get; } = new();

    /// <summary>Neighbors that answered the routers of this host, and packets that wait for others.</summary>
    public NeighborCache Neighbors { get; } = new();
}
