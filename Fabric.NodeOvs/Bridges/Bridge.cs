using Fabric.NodeOvs.Datapath.Tables;
using Fabric.OvsProtocol.OpenFlow;
using Fabric.OvsProtocol.OpenFlow.Messages;

namespace Fabric.NodeOvs.Bridges;

/// <summary>
/// A bridge: its ports, flow tables and groups. Whatever changes them counts, and packets are decided anew. Belongs to the packet thread.
/// </summary>
/// <param name="name">Its name in the database.</param>
/// <param name="changes">The switch's count.</param>
internal sealed class Bridge(string name, ChangeCount changes)
{
    private readonly Dictionary<uint, BridgePort> _ports = [];
    private readonly Dictionary<uint, GroupEntry> _groups = [];

    public string Name => name;

    public ulong DatapathId { get; set; }

    /// <summary>Nothing is forwarded without a flow; otherwise the bridge forwards by itself while it has none from elsewhere.</summary>
    public bool IsSecure { get; set; }

    public uint Versions { get; set; } = Hello.Bit(OpenFlowVersion.V10) | Hello.Bit(OpenFlowVersion.V13) | Hello.Bit(OpenFlowVersion.V14);

    public FlowTables Flows { get; } = new(changes);

    public MacTable Macs { get; } = new(changes);

    public IReadOnlyDictionary<uint, BridgePort> Ports => _ports;

    public IReadOnlyDictionary<uint, GroupEntry> Groups => _groups;

    public void Changed() => changes.Add();

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
