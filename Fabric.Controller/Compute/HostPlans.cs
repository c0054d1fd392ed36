using Fabric.Contracts.V1;
using Fabric.Controller.Derivation;
using Fabric.Controller.Intent;

namespace Fabric.Controller.Compute;

/// <summary>Which bundles each host needs, and no more (reference: nsx-dataplane.md, 6.4).</summary>
internal sealed class HostPlans
{
    private readonly FabricIntent _intent;
    private readonly Placement _placement;
    private readonly Spans _spans;
    private readonly Routing _routing;
    private readonly Firewall _firewall;
    private readonly Derived<(string Section, string Node), IReadOnlyList<string>> _setsOfSection;

    public HostPlans(
        DerivationGraph graph, FabricIntent intent, Placement placement, Spans spans, Routing routing, Firewall firewall, Func<BundleKey, Bundle> bundle)
    {
        _intent = intent;
        _placement = placement;
        _spans = spans;
        _routing = routing;
        _firewall = firewall;
        _setsOfSection = new Derived<(string Section, string Node), IReadOnlyList<string>>(
            graph,
            key => SetsIn(bundle(new BundleKey(HostKind.RuleSection, key.Section, key.Node))),
            SequenceComparer<string>.Instance);
        ByNode = new Derived<string, IReadOnlySet<BundleKey>>(graph, Plan, new SameKeys());
    }

    public Derived<string, IReadOnlySet<BundleKey>> ByNode { get; }

    private HashSet<BundleKey> Plan(string node)
    {
        var plan = new HashSet<BundleKey>();
        if (_intent.Nodes[node] is not { External: false })
        {
            return plan; // not a transport node, or no longer: nothing of ours belongs there
        }

        plan.Add(new BundleKey(HostKind.Settings, node));
        foreach (string id in _spans.SwitchesOf(node))
        {
            plan.Add(new BundleKey(HostKind.Switch, id));
            if (!_spans.NodesOf(id).Contains(node))
            {
                continue;
            }

            plan.Add(new BundleKey(HostKind.Neighbor, id));
            if (_intent.Switches[id] is { Vni: > 0 })
            {
                plan.Add(new BundleKey(HostKind.TepList, id, node));
                plan.Add(new BundleKey(HostKind.RemoteMac, id));
            }
        }

        plan.UnionWith(_placement.PortsOf(node).Select(port => new BundleKey(HostKind.Port, port)));
        plan.UnionWith(_spans.RootsOf(node).SelectMany(_routing.RoutersUnder).Select(router => new BundleKey(HostKind.Router, router)));
        foreach (string section in _firewall.SectionsFor(node))
        {
            plan.Add(new BundleKey(HostKind.RuleSection, section, node));
            plan.UnionWith(_setsOfSection[(section, node)].Select(set => new BundleKey(HostKind.AddressSet, set)));
        }

        return plan;
    }

    private static IReadOnlyList<string> SetsIn(Bundle section)
        => [.. section.Entries.SelectMany(entry => entry.Object.RuleSection.Rules)
            .SelectMany(rule => rule.SourceSets.Concat(rule.DestinationSets))
            .Distinct().Order(StringComparer.Ordinal)];

    private sealed class SameKeys : IEqualityComparer<IReadOnlySet<BundleKey>>
    {
        public bool Equals(IReadOnlySet<BundleKey>? x, IReadOnlySet<BundleKey>? y)
            => ReferenceEquals(x, y) || (x is not null && y is not null && x.SetEquals(y));

        public int GetHashCode(IReadOnlySet<BundleKey> obj) => obj.Count;
    }
}
