using System.Collections.Immutable;
using Fabric.Contracts.V1;
using Fabric.Controller.Derivation;
using Fabric.Controller.Intent;

namespace Fabric.Controller.Compute;

/// <summary>
/// Sections as each node needs them: only rules that apply to one of its ports, references turned into address sets, services
/// into what they match (reference: nsx-dataplane.md, 4.2, 4.3, 6.4).
/// </summary>
internal sealed class Firewall
{
    private const string EveryNode = "*";

    private readonly FabricIntent _intent;
    private readonly Placement _placement;
    private readonly Groups _groups;
    private readonly InverseIndex _sectionsOfNode;
    private readonly Derived<(string Type, string Id), ImmutableSortedSet<string>> _applied;
    private readonly Derived<(string Type, string Id), IReadOnlyList<ServiceEntry>> _services;
    private readonly Derived<string, ImmutableSortedSet<string>> _excluded;

    public Firewall(DerivationGraph graph, FabricIntent intent, Placement placement, Groups groups)
    {
        _intent = intent;
        _placement = placement;
        _groups = groups;
        _applied = new Derived<(string Type, string Id), ImmutableSortedSet<string>>(graph, FindApplied, Sets.Comparer);
        _services = new Derived<(string Type, string Id), IReadOnlyList<ServiceEntry>>(
            graph, FindEntries, SequenceComparer<ServiceEntry>.Instance);
        _excluded = new Derived<string, ImmutableSortedSet<string>>(
            graph, _ => Sets.Of(intent.ExcludeLists.Ids.SelectMany(id => intent.ExcludeLists[id]!.Members).SelectMany(PortsOf)), Sets.Comparer);
        _sectionsOfNode = new InverseIndex(graph, FindNodes);
        intent.Sections.Drive(_sectionsOfNode);
    }

    /// <summary>Sections that may have a rule for a port of the node.</summary>
    public IEnumerable<string> SectionsFor(string node)
        => _placement.PortsOf(node).IsEmpty ? [] : _sectionsOfNode[node].Union(_sectionsOfNode[EveryNode]);

    public bool IsExcluded(string port) => _excluded[""].Contains(port);

    /// <summary>A section with the rules that concern a node; null when none does.</summary>
    public HostRuleSection? Describe(string sectionId, string node)
    {
        if (_intent.Sections[sectionId] is not { } section)
        {
            return null;
        }

        var local = _placement.PortsOf(node);
        var result = new HostRuleSection
        {
            DisplayName = section.DisplayName,
            Layer2 = section.Layer2,
            Position = section.Position,
            Stateful = section.Stateful,
            TcpStrict = section.TcpStrict,
        };
        foreach (var rule in section.Rules)
        {
            if (!rule.Disabled && !local.IsEmpty && Reduce(rule, ScopeOf(section, rule), local) is { } reduced)
            {
                result.Rules.Add(reduced);
            }
        }

        return result.Rules.Count > 0 ? result : null;
    }

    private HostRule? Reduce(FirewallRuleConfig rule, IReadOnlyCollection<ResourceReference> scope, ImmutableSortedSet<string> local)
    {
        var ports = scope.Count == 0 ? Sets.Empty : Sets.Of(scope.SelectMany(PortsOf).Where(local.Contains));
        if (scope.Count > 0 && ports.IsEmpty)
        {
            return null;
        }

        var result = new HostRule
        {
            Id = rule.Id,
            Action = rule.Action,
            Direction = rule.Direction,
            IpProtocol = rule.IpProtocol,
            Logged = rule.Logged,
            Tag = rule.Tag,
            AnySource = rule.Sources.Count == 0,
            SourcesExcluded = rule.SourcesExcluded,
            AnyDestination = rule.Destinations.Count == 0,
            DestinationsExcluded = rule.DestinationsExcluded,
            AllPorts = scope.Count == 0,
        };
        result.SourceSets.AddRange(SetsOf(rule.Sources));
        result.DestinationSets.AddRange(SetsOf(rule.Destinations));
        result.AppliedToPortIds.AddRange(ports);
        result.Services.AddRange(rule.ServiceEntries);
        result.Services.AddRange(rule.Services.SelectMany(service => _services[(service.TargetType, service.TargetId)]));
        result.NoService = result.Services.Count == 0 && rule.Services.Count > 0;
        return result;
    }

    private ImmutableSortedSet<string> FindNodes(string sectionId)
    {
        if (_intent.Sections[sectionId] is not { } section)
        {
            return Sets.Empty;
        }

        var scopes = section.Rules.Where(rule => !rule.Disabled).Select(rule => ScopeOf(section, rule)).ToArray();
        return scopes.Any(scope => scope.Count == 0)
            ? Sets.Empty.Add(EveryNode)
            : Sets.Of(scopes.SelectMany(scope => scope).Distinct().SelectMany(PortsOf).Select(_placement.NodeOf)
                .Where(node => node != Placement.Nowhere));
    }

    /// <summary>A section's Applied-To wins over its rules' (4.3).</summary>
    private static IReadOnlyCollection<ResourceReference> ScopeOf(FirewallSectionConfig section, FirewallRuleConfig rule)
        => section.AppliedTos.Count > 0 ? [.. section.AppliedTos] : [.. rule.AppliedTos];

    private ImmutableSortedSet<string> PortsOf(ResourceReference reference) => _applied[(reference.TargetType, reference.TargetId)];

    /// <summary>A group that has only sets of addresses selects no port.</summary>
    private ImmutableSortedSet<string> FindApplied((string Type, string Id) target) => target.Type switch
    {
        "NSGroup" => _groups[target.Id].Ports,
        "LogicalSwitch" => _intent.PortsOfSwitch[target.Id],
        "LogicalPort" when _intent.Ports[target.Id] is not null => Sets.Empty.Add(target.Id),
        _ => Sets.Empty,
    };

    private static IEnumerable<string> SetsOf(IEnumerable<ResourceReference> references)
        => references.Select(reference => AddressSetId.Of(reference).ToString()).Distinct();

    private List<ServiceEntry> FindEntries((string Type, string Id) target)
    {
        var entries = new List<ServiceEntry>();
        var seen = new HashSet<string> { target.Id };
        var open = new Queue<string>([target.Id]);
        while (open.TryDequeue(out string? id))
        {
            if (_intent.Services[id] is { } service)
            {
                entries.AddRange(service.Entries);
                foreach (string member in service.MemberIds.Where(seen.Add))
                {
                    open.Enqueue(member);
                }
            }
        }

        return entries;
    }
}
