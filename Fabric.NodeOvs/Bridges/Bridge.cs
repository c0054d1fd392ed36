using Fabric.NodeOvs.Datapath.Tables;
using Fabric.OvsProtocol.OpenFlow;
using Fabric.OvsProtocol.OpenFlow.Messages;

namespace Fabric.NodeOvs.Bridges;

/// <summary>
/// A bridge: its ports, flow tables and groups. Whatever changes them moves <see cref="Generation"/>, and packets are decided anew. Belongs to
/// the packet thread.
/// </summary>
internal sealed class Bridge(string name)
{
    private readonly Dictionary<uint, BridgePort> _ports = [];
    private readonly Dictionary<uint, GroupEntry> _groups = [];

    public string Name => name;

    public ulong DatapathId { get; set; }

    /// <summary>Nothing is forwarded without a flow; otherwise the bridge forwards by itself while it has none from elsewhere.</summary>
    public bool IsSecure { get; set; }

    public uint Versions { get; set; } = Hello.Bit(OpenFlowVersion.V10) | Hello.Bit(OpenFlowVersion.V13) | Hello.Bit(OpenFlowVersion.V14);

    public FlowTables Flows { get; } = new();

    public MacTable Macs { get; } = new();

    public IReadOnlyDictionary<uint, BridgePort> Ports => _ports;

    public IReadOnlyDictionary<uint, GroupEntry> Groups => _groups;

    private long _changes;

    /// <summary>Another after every change that a decision may depend on.</summary>
    public long Generation => _changes + Flows.Changes + Macs.Generation;

    public void Changed() => _changes++;

    public void AddPort(BridgePort port)
    {
        _ports.Add(port.Number, port);
        Changed();
    }

    public void RemovePort(uint number)
    {
        _ports.Remove(number);
        Macs.ForgetPort(number);
        Changed();
    }

    /// <summary>The switch's number of a port's device: ports of several bridges share one space there.</summary>
    public uint DeviceOf(uint number) => _ports[number].Device;

    public bool IsUp(uint number) => _ports.TryGetValue(number, out var port) && port.IsUp;

    public BridgePort? PortNamed(string wanted) => _ports.Values.FirstOrDefault(port => port.Name == wanted);

    public void PutGroup(GroupEntry group)
    {
        _groups[group.Id] = group;
        Changed();
    }

    public void RestoreGroups(IEnumerable<GroupEntry> groups)
    {
        _groups.Clear();
        foreach (var group in groups)
        {
            _groups.Add(group.Id, group);
        }

        Changed();
    }

    public void RemoveGroup(uint id)
    {
        _groups.Remove(id);
        Changed();
    }
}
