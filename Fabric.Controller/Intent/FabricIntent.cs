using Fabric.Contracts.V1;
using Fabric.Controller.Derivation;

namespace Fabric.Controller.Intent;

/// <summary>What users asked for, as the manager's feed says it: every object by id and by the references that matter.</summary>
internal sealed class FabricIntent
{
    private readonly Dictionary<ConfigKind, Action<ConfigObject>> _upserts = [];
    private readonly Dictionary<ConfigKind, Action<string>> _deletes = [];
    private readonly Dictionary<(ConfigKind Kind, string Id), long> _revisions = [];

    public FabricIntent(DerivationGraph graph)
    {
        Zones = Register(new Table<TransportZoneConfig>(graph, ConfigKind.TransportZone, item => item.TransportZone));
        Nodes = Register(new Table<TransportNodeConfig>(graph, ConfigKind.TransportNode, item => item.TransportNode));
        Switches = Register(new Table<LogicalSwitchConfig>(graph, ConfigKind.LogicalSwitch, item => item.LogicalSwitch));
        Ports = Register(new Table<LogicalPortConfig>(graph, ConfigKind.LogicalPort, item => item.LogicalPort));
        Profiles = Register(new Table<SwitchingProfileConfig>(graph, ConfigKind.SwitchingProfile, item => item.SwitchingProfile));
        Routers = Register(new Table<LogicalRouterConfig>(graph, ConfigKind.LogicalRouter, item => item.LogicalRouter));
        RouterPorts = Register(new Table<LogicalRouterPortConfig>(graph, ConfigKind.LogicalRouterPort, item => item.LogicalRouterPort));
        Groups = Register(new Table<GroupConfig>(graph, ConfigKind.Group, item => item.Group));
        IpSets = Register(new Table<IpSetConfig>(graph, ConfigKind.IpSet, item => item.IpSet));
        MacSets = Register(new Table<MacSetConfig>(graph, ConfigKind.MacSet, item => item.MacSet));
        Services = Register(new Table<ServiceConfig>(graph, ConfigKind.Service, item => item.Service));
        Sections = Register(new Table<FirewallSectionConfig>(graph, ConfigKind.FirewallSection, item => item.FirewallSection));
        ExcludeLists = Register(new Table<ExcludeListConfig>(graph, ConfigKind.ExcludeList, item => item.ExcludeList));
        Settings = Register(new Table<FabricSettingsConfig>(graph, ConfigKind.FabricSettings, item => item.FabricSettings));

        ExternalNodesOfZone = Nodes.IndexBy(node => node.External ? node.TransportZoneIds : []);
        PortsOfSwitch = Ports.IndexBy<string>(port => [port.LogicalSwitchId]);
        PortsOfVif = Ports.IndexBy<string>(port => IsVif(port) && port.VifType != VifType.Child ? [port.AttachmentId] : []);
        ChildrenOfVif = Ports.IndexBy<string>(port => IsVif(port) && port.VifType == VifType.Child ? [port.ParentVifId] : []);
        PortsByTag = Ports.IndexBy(port => TagKey.AnsweredBy(port.Tags));
        SwitchesByTag = Switches.IndexBy(item => TagKey.AnsweredBy(item.Tags));
        IpSetsByTag = IpSets.IndexBy(item => TagKey.AnsweredBy(item.Tags));
        DefaultProfiles = Profiles.IndexBy<ProfileKind>(profile => profile.IsDefault ? [profile.KindOf()] : []);
        PortsOfRouter = RouterPorts.IndexBy<string>(port => [port.LogicalRouterId]);
        RouterPortsByPeer = RouterPorts.IndexBy<string>(port => port.LinkedRouterPortId.Length > 0 ? [port.LinkedRouterPortId] : []);
    }

    public Table<TransportZoneConfig> Zones { get; }

    public Table<TransportNodeConfig> Nodes { get; }

    public Table<LogicalSwitchConfig> Switches { get; }

    public Table<LogicalPortConfig> Ports { get; }

    public Table<SwitchingProfileConfig> Profiles { get; }

    public Table<LogicalRouterConfig> Routers { get; }

    public Table<LogicalRouterPortConfig> RouterPorts { get; }

    public Table<GroupConfig> Groups { get; }

    public Table<IpSetConfig> IpSets { get; }

    public Table<MacSetConfig> MacSets { get; }

    public Table<ServiceConfig> Services { get; }

    public Table<FirewallSectionConfig> Sections { get; }

    public Table<ExcludeListConfig> ExcludeLists { get; }

    public Table<FabricSettingsConfig> Settings { get; }

    public IdIndex<string> ExternalNodesOfZone { get; }

    public IdIndex<string> PortsOfSwitch { get; }

    /// <summary>By the vnic that a port is attached to; children are attached to their parent's.</summary>
    public IdIndex<string> PortsOfVif { get; }

    public IdIndex<string> ChildrenOfVif { get; }

    public IdIndex<TagKey> PortsByTag { get; }

    public IdIndex<TagKey> SwitchesByTag { get; }

    public IdIndex<TagKey> IpSetsByTag { get; }

    public IdIndex<ProfileKind> DefaultProfiles { get; }

    public IdIndex<string> PortsOfRouter { get; }

    public IdIndex<string> RouterPortsByPeer { get; }

    /// <summary>Sequence of the last transaction, and the database that it belongs to; empty before the first snapshot.</summary>
    public string Epoch { get; private set; } = "";

    public ulong Sequence { get; private set; }

    /// <summary>A whole snapshot has arrived, so what is not here does not exist.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>The revision of an object; -1 when there is none.</summary>
    public long RevisionOf(ConfigKind kind, string id) => _revisions.GetValueOrDefault((kind, id), -1);

    /// <summary>Applies a transaction and answers whose revision changed, deletions included.</summary>
    public IReadOnlyList<(ConfigKind Kind, string Id)> Apply(IntentChange change)
    {
        var touched = new List<(ConfigKind, string)>();
        HashSet<(ConfigKind, string)>? stale = change.IsSnapshot ? [.. _revisions.Keys] : null;
        foreach (var item in change.Upserts)
        {
            var key = (item.KindOf(), item.Id);
            if (!_upserts.TryGetValue(key.Item1, out var upsert))
            {
                continue;
            }

            stale?.Remove(key);
            upsert(item);
            if (!_revisions.TryGetValue(key, out long revision) || revision != item.Revision)
            {
                _revisions[key] = item.Revision;
                touched.Add(key);
            }
        }

        var deletes = change.Deletes.Select(key => (key.Kind, key.Id));
        foreach (var key in stale is null ? deletes : deletes.Concat(stale))
        {
            if (_revisions.Remove(key))
            {
                _deletes[key.Item1](key.Item2);
                touched.Add(key);
            }
        }

        Epoch = change.Epoch;
        Sequence = change.Sequence;
        IsWhole |= change.IsSnapshot;
        return touched;
    }

    private static bool IsVif(LogicalPortConfig port) => port.AttachmentType == "VIF" && port.AttachmentId.Length > 0;

    private Table<T> Register<T>(Table<T> table)
        where T : class
    {
        _upserts.Add(table.Kind, table.Upsert);
        _deletes.Add(table.Kind, table.Delete);
        return table;
    }
}
