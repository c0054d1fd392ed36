using System.Collections.Immutable;
using Fabric.Contracts.V1;
using Fabric.HostSwitch.Tables;
using Google.Protobuf;

namespace Fabric.HostSwitch.Agent;

/// <summary>
/// The controller's objects in force, by kind. A change is applied as a whole; a snapshot replaces, by mark and sweep. An object
/// said again as it was stays the same one, so that what is compiled from it is kept.
/// </summary>
internal sealed class IntentStore
{
    private HostSettings _settings = new();
    private string _settingsId = "";
    private ImmutableDictionary<string, HostSwitchSegment> _switches = ImmutableDictionary<string, HostSwitchSegment>.Empty;
    private ImmutableDictionary<string, HostPort> _ports = ImmutableDictionary<string, HostPort>.Empty;
    private ImmutableDictionary<string, HostRouter> _routers = ImmutableDictionary<string, HostRouter>.Empty;
    private ImmutableDictionary<string, HostTepList> _tepLists = ImmutableDictionary<string, HostTepList>.Empty;
    private ImmutableDictionary<string, HostRemoteMac> _remoteMacs = ImmutableDictionary<string, HostRemoteMac>.Empty;
    private ImmutableDictionary<string, HostNeighbor> _neighbors = ImmutableDictionary<string, HostNeighbor>.Empty;
    private ImmutableDictionary<string, HostAddressSet> _addressSets = ImmutableDictionary<string, HostAddressSet>.Empty;
    private ImmutableDictionary<string, HostRuleSection> _ruleSections = ImmutableDictionary<string, HostRuleSection>.Empty;

    /// <summary>The last change that is in force.</summary>
    public ulong Generation { get; private set; }

    /// <summary>Applies the change and gives back what of it could not be; of a refused object the last good state stays.</summary>
    public IReadOnlyList<Refusal> Apply(IntentChange change)
    {
        var refusals = new List<Refusal>();
        var named = new HashSet<(HostKind, string)>();
        foreach (var update in change.Updates)
        {
            if (update.UpdateCase == HostUpdate.UpdateOneofCase.Delete)
            {
                Remove(update.Delete.Kind, update.Delete.Id);
                named.Remove((update.Delete.Kind, update.Delete.Id));
                continue;
            }

            var kind = KindOf(update.Upsert);
            named.Add((kind, update.Upsert.Id));
            if (ObjectChecks.FindFault(update.Upsert) is { } fault)
            {
                refusals.Add(new Refusal { Kind = kind.ToString(), Id = update.Upsert.Id, Reason = fault });
            }
            else
            {
                Set(update.Upsert);
            }
        }

        if (change.IsSnapshot)
        {
            Sweep(named);
        }

        Generation = change.Generation;
        return refusals;
    }

    /// <summary>What tables are made from, with the vnics and discoveries that the agent knows besides.</summary>
    public HostIntent ToIntent(IReadOnlyDictionary<string, Vnic> vnics, IReadOnlyDictionary<string, PortDiscovery> discoveries) => new()
    {
        Settings = _settings,
        Switches = _switches,
        Ports = _ports,
        Routers = _routers,
        TepLists = _tepLists,
        RemoteMacs = _remoteMacs,
        Neighbors = _neighbors,
        AddressSets = _addressSets,
        RuleSections = _ruleSections,
        Vnics = vnics,
        Discoveries = discoveries,
    };

    /// <summary>Everything in force, as the controller would say it.</summary>
    public IEnumerable<HostObject> Objects()
    {
        if (_settingsId.Length > 0)
        {
            yield return new HostObject { Id = _settingsId, Settings = _settings };
        }

        var rest = _switches.Select(entry => new HostObject { Id = entry.Key, Switch = entry.Value })
            .Concat(_ports.Select(entry => new HostObject { Id = entry.Key, Port = entry.Value }))
            .Concat(_routers.Select(entry => new HostObject { Id = entry.Key, Router = entry.Value }))
            .Concat(_tepLists.Select(entry => new HostObject { Id = entry.Key, TepList = entry.Value }))
            .Concat(_remoteMacs.Select(entry => new HostObject { Id = entry.Key, RemoteMac = entry.Value }))
            .Concat(_neighbors.Select(entry => new HostObject { Id = entry.Key, Neighbor = entry.Value }))
            .Concat(_addressSets.Select(entry => new HostObject { Id = entry.Key, AddressSet = entry.Value }))
            .Concat(_ruleSections.Select(entry => new HostObject { Id = entry.Key, RuleSection = entry.Value }));
        foreach (var said in rest)
        {
            yield return said;
        }
    }

    private static HostKind KindOf(HostObject said) => said.ObjectCase switch
    {
        HostObject.ObjectOneofCase.Settings => HostKind.Settings,
        HostObject.ObjectOneofCase.Switch => HostKind.Switch,
        HostObject.ObjectOneofCase.Port => HostKind.Port,
        HostObject.ObjectOneofCase.Router => HostKind.Router,
        HostObject.ObjectOneofCase.TepList => HostKind.TepList,
        HostObject.ObjectOneofCase.RemoteMac => HostKind.RemoteMac,
        HostObject.ObjectOneofCase.Neighbor => HostKind.Neighbor,
        HostObject.ObjectOneofCase.AddressSet => HostKind.AddressSet,
        HostObject.ObjectOneofCase.RuleSection => HostKind.RuleSection,
        _ => HostKind.Unspecified,
    };

    private void Set(HostObject said)
    {
        switch (said.ObjectCase)
        {
            case HostObject.ObjectOneofCase.Settings:
                (_settingsId, _settings) = (said.Id, _settings.Equals(said.Settings) ? _settings : said.Settings);
                break;
            case HostObject.ObjectOneofCase.Switch:
                _switches = Set(_switches, said.Id, said.Switch);
                break;
            case HostObject.ObjectOneofCase.Port:
                _ports = Set(_ports, said.Id, said.Port);
                break;
            case HostObject.ObjectOneofCase.Router:
                _routers = Set(_routers, said.Id, said.Router);
                break;
            case HostObject.ObjectOneofCase.TepList:
                _tepLists = Set(_tepLists, said.Id, said.TepList);
                break;
            case HostObject.ObjectOneofCase.RemoteMac:
                _remoteMacs = Set(_remoteMacs, said.Id, said.RemoteMac);
                break;
            case HostObject.ObjectOneofCase.Neighbor:
                _neighbors = Set(_neighbors, said.Id, said.Neighbor);
                break;
            case HostObject.ObjectOneofCase.AddressSet:
                _addressSets = Set(_addressSets, said.Id, said.AddressSet);
                break;
            case HostObject.ObjectOneofCase.RuleSection:
                _ruleSections = Set(_ruleSections, said.Id, said.RuleSection);
                break;
        }
    }

    private void Remove(HostKind kind, string id)
    {
        switch (kind)
        {
            case HostKind.Settings:
                (_settingsId, _settings) = ("", new HostSettings());
                break;
            case HostKind.Switch:
                _switches = _switches.Remove(id);
                break;
            case HostKind.Port:
                _ports = _ports.Remove(id);
                break;
            case HostKind.Router:
                _routers = _routers.Remove(id);
                break;
            case HostKind.TepList:
                _tepLists = _tepLists.Remove(id);
                break;
            case HostKind.RemoteMac:
                _remoteMacs = _remoteMacs.Remove(id);
                break;
            case HostKind.Neighbor:
                _neighbors = _neighbors.Remove(id);
                break;
            case HostKind.AddressSet:
                _addressSets = _addressSets.Remove(id);
                break;
            case HostKind.RuleSection:
                _ruleSections = _ruleSections.Remove(id);
                break;
        }
    }

    private void Sweep(HashSet<(HostKind, string)> named)
    {
        foreach (var said in Objects().ToList())
        {
            if (!named.Contains((KindOf(said), said.Id)))
            {
                Remove(KindOf(said), said.Id);
            }
        }
    }

    private static ImmutableDictionary<string, T> Set<T>(ImmutableDictionary<string, T> objects, string id, T said)
        where T : IMessage<T>
        => objects.TryGetValue(id, out var known) && known.Equals(said) ? objects : objects.SetItem(id, said);
}
