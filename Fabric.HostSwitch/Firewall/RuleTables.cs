using Fabric.Contracts.V1;
using Fabric.HostSwitch.Tables;

namespace Fabric.HostSwitch.Firewall;

/// <summary>
/// The firewall of one generation: a filter for each port. An address set that changes is replaced beside the compiled rules, which
/// name sets by number (reference: nsx-dataplane.md, 4.4).
/// </summary>
internal sealed class RuleTables
{
    private readonly Dictionary<string, PortFilter> _filters;
    private readonly Dictionary<string, int> _setNumbers;
    private readonly Dictionary<uint, RuleCounters> _counters;
    private readonly Dictionary<string, int> _portNumbers;
    private readonly HostAddressSet?[] _saidSets;
    private readonly AddressIndex _addresses;
    private readonly RuleCatalog _catalog;

    private RuleTables(HostIntent intent, RuleTables? previous)
    {
        // The two registries only ever grow, and only the thread that builds tables reads them.
        _setNumbers = previous?._setNumbers ?? [];
        _portNumbers = previous?._portNumbers ?? [];
        var known = previous?._counters ?? [];
        var used = new Dictionary<uint, RuleCounters>(known);
        _catalog = RuleCatalog.Build(
            intent.RuleSections, previous?._catalog, NumberOfSet, id => used.TryGetValue(id, out var own) ? own : used[id] = new RuleCounters(id));
        var ids = _catalog.Rules.Select(rule => rule.Id).ToHashSet();
        _counters = used.Where(pair => ids.Contains(pair.Key)).ToDictionary();
        (_saidSets, var sets) = BuildSets(intent, previous);
        bool areSetsSame = previous is not null && sets.AsSpan().SequenceEqual(previous._addresses.Sets);
        _addresses = areSetsSame ? previous!._addresses : new AddressIndex(sets);

        bool isSame = areSetsSame && ReferenceEquals(previous!._catalog, _catalog);
        Generation = isSame ? previous!.Generation : (previous?.Generation ?? 0) + 1;
        _filters = intent.Ports.ToDictionary(port => port.Key, port => Filter(port.Key, port.Value, intent.Settings.FirewallEnabled));
    }

    /// <summary>Changes with the rules or the sets, not with the ports.</summary>
    public uint Generation { get; }

    public IReadOnlyCollection<RuleCounters> Counters => _counters.Values;

    /// <summary>Compiles what the intent holds; what did not change since <paramref name="previous"/> is taken over.</summary>
    public static RuleTables Build(HostIntent intent, RuleTables? previous) => new(intent, previous);

    /// <summary>The filter of a port of this generation.</summary>
    public PortFilter Of(string portId) => _filters[portId];

    private PortFilter Filter(string portId, HostPort port, bool isEnabled)
    {
        if (!_portNumbers.TryGetValue(portId, out int number))
        {
            number = _portNumbers.Count;
            _portNumbers.Add(portId, number);
        }

        var (layer2, layer3) = _catalog.ListsOf(portId);
        return new PortFilter
        {
            PortId = portId,
            Number = number,
            IsExcluded = port.FirewallExcluded || !isEnabled,
            Layer2 = layer2,
            Layer3 = layer3,
            Addresses = _addresses,
            Generation = Generation,
        };
    }

    private int NumberOfSet(string name)
    {
        if (!_setNumbers.TryGetValue(name, out int number))
        {
            number = _setNumbers.Count;
            _setNumbers.Add(name, number);
        }

        return number;
    }

    private (HostAddressSet?[] Said, AddressSet[] Sets) BuildSets(HostIntent intent, RuleTables? previous)
    {
        var said = new HostAddressSet?[_setNumbers.Count];
        var sets = new AddressSet[_setNumbers.Count];
        foreach (var (name, number) in _setNumbers)
        {
            said[number] = intent.AddressSets.GetValueOrDefault(name);
            bool isKnown = previous is not null && number < previous._addresses.Sets.Length && ReferenceEquals(previous._saidSets[number], said[number]);
            sets[number] = isKnown ? previous!._addresses.Sets[number] : Create(said[number]);
        }

        return (said, sets);
    }

    private static AddressSet Create(HostAddressSet? said)
        => said is not null && AddressSet.TryCreate(said, out var set, out _) ? set : AddressSet.Empty;
}
