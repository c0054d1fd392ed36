using Fabric.NodeOvs.Bridges;
using Fabric.NodeOvs.Datapath.Execution;
using Fabric.NodeOvs.OpenFlow;
using Fabric.OvsProtocol.OpenFlow;

namespace Fabric.NodeOvs.Running;

/// <summary>An interface that the switch has, or could not have.</summary>
internal sealed class RunningInterface(PlannedInterface plan)
{
    public PlannedInterface Plan { get; set; } = plan;

    public BridgePort? Port { get; set; }

    public Device? Device { get; set; }

    /// <summary>Why it has no port; null: it has one.</summary>
    public string? Error { get; set; }
}

/// <summary>A bridge that the switch has: what moves its packets, who serves its flows, its interfaces by the database's rows.</summary>
internal sealed class RunningBridge(Bridge bridge, OpenFlowServer server)
{
    private const uint MostPorts = 65279; // above are numbers with a meaning

    public Bridge Bridge => bridge;

    public OpenFlowServer Server => server;

    public Dictionary<Guid, RunningInterface> Interfaces { get; } = [];

    /// <summary>The number that an interface gets: the bridge's own is LOCAL, else the one it asks for, else the first that is free.</summary>
    public uint NumberFor(PlannedInterface plan)
    {
        if (plan.Name == bridge.Name)
        {
            return OfPort.Local;
        }

        if (plan.WantedPort is { } wanted && !bridge.Ports.ContainsKey(wanted))
        {
            return wanted;
        }

        uint number = 1;
        while (bridge.Ports.ContainsKey(number) && number < MostPorts)
        {
            number++;
        }

        return number;
    }
}
