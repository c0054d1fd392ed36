using System.Globalization;
using Fabric.Contracts.V1;

namespace Fabric.HostSwitch.Firewall;

/// <summary>
/// All compiled rules of the host in their order, and the lists that ports are given. Immutable but for the lists, which are made
/// when first asked for; only the thread that builds tables asks.
/// </summary>
internal sealed class RuleCatalog
{
    private readonly CompiledRule[] _layer2;
    private readonly CompiledRule[] _layer3;
    private readonly Dictionary<string, (RuleList Layer2, RuleList Layer3)> _lists = [];
    private readonly Dictionary<string, List<int>> _restricted = []; // by port id: places of the rules applied to it by name
    private readonly Dictionary<string, (HostRuleSection Said, CompiledRule[] Rules)> _sections;

    private RuleCatalog(Dictionary<string, (HostRuleSection Said, CompiledRule[] Rules)> sections)
    {
        _sections = sections;
        var inOrder = sections.OrderBy(section => section.Value.Said.Position).ThenBy(section => section.Key, StringComparer.Ordinal).ToList();
        _layer2 = [.. inOrder.Where(section => section.Value.Said.Layer2).SelectMany(section => section.Value.Rules)];
        _layer3 = [.. inOrder.Where(section => !section.Value.Said.Layer2).SelectMany(section => section.Value.Rules)];
        for (int place = 0; place < _layer2.Length + _layer3.Length; place++)
        {
            foreach (string portId in RuleAt(place).AppliedTo ?? Enumerable.Empty<string>())
            {
                _restricted.TryAdd(portId, []);
                _restricted[portId].Add(place);
            }
        }
    }

    public IEnumerable<CompiledRule> Rules => _layer2.Concat(_layer3);

    /// <summary>Compiles the sections that changed and takes the others over.</summary>
    public static RuleCatalog Build(
        IReadOnlyDictionary<string, HostRuleSection> sections, RuleCatalog? previous, Func<string, int> numberOf, Func<uint, RuleCounters> countersOf)
    {
        if (previous is not null && previous.IsMadeOf(sections))
        {
            return previous;
        }

        var compiled = new Dictionary<string, (HostRuleSection, CompiledRule[])>(sections.Count);
        foreach (var (id, said) in sections)
        {
            bool isKnown = previous is not null && previous._sections.TryGetValue(id, out var known) && ReferenceEquals(known.Said, said);
            if (isKnown)
            {
                compiled[id] = previous!._sections[id];
            }
            else if (RuleCompiler.FindFault(said) is null)
            {
                compiled[id] = (said, RuleCompiler.Compile(said, numberOf, countersOf));
            }
        }

        return new RuleCatalog(compiled);
    }

    /// <summary>The rules on one port's filter, after Applied-To. Ports with the same rules get the same lists.</summary>
    public (RuleList Layer2, RuleList Layer3) ListsOf(string portId)
    {
        var own = _restricted.GetValueOrDefault(portId) ?? [];
        string key = string.Join(',', own.Select(place => place.ToString(CultureInfo.InvariantCulture)));
        if (!_lists.TryGetValue(key, out var lists))
        {
            lists = (ListOf(_layer2, portId, layer2: true), ListOf(_layer3, portId, layer2: false));
            _lists.Add(key, lists);
        }

        return lists;
    }

    private static RuleList ListOf(CompiledRule[] rules, string portId, bool layer2)
        => new([.. rules.Where(rule => rule.AppliedTo is null || rule.AppliedTo.Contains(portId))], layer2);

    private CompiledRule RuleAt(int place) => place < _layer2.Length ? _layer2[place] : _layer3[place - _layer2.Length];

    private bool IsMadeOf(IReadOnlyDictionary<string, HostRuleSection> sections)
        => sections.Count == _sections.Count
            && sections.All(section => _sections.TryGetValue(section.Key, out var known) && ReferenceEquals(known.Said, section.Value));
}
