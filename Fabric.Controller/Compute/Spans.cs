using System.Collections.Immutable;
using Fabric.Controller.Derivation;
using Fabric.Controller.Intent;

namespace Fabric.Controller.Compute;

/// <summary>
/// Which nodes need which switch: those with an active port on it, and those whose distributed router connects to it, within its
/// transport zone (reference: nsx-dataplane.md, 6.4).
/// </summary>
internal sealed class Spans
{
    private readonly FabricIntent _intent;
    private readonly Placement _placement;
    private readonly Routing _routing;
    private readonly Derived<string, ImmutableSortedSet<string>> _local;
    private readonly Derived<string, ImmutableSortedSet<string>> _routed;
    private readonly Derived<string, ImmutableSortedSet<string>> _joined;
    private readonly Derived<string, ImmutableSortedSet<string>> _switches;
    private readonly Derived<string, ImmutableSortedSet<string>> _roots;

    public Spans(DerivationGraph graph, FabricIntent intent, Placement placement, Routing routing)
    {
        _intent = intent;
        _placement = placement;
        _routing = routing;
        _local = new Derived<string, ImmutableSortedSet<string>>(graph, FindLocal, Sets.Comparer);
        _routed = new Derived<string, ImmutableSortedSet<string>>(
            graph, root => Sets.Of(routing.SwitchesUnder(root).SelectMany(id => _local![id])), Sets.Comparer);
        _joined = new Derived<string, ImmutableSortedSet<string>>(graph, FindJoined, Sets.Comparer);
        _roots = new Derived<string, ImmutableSortedSet<string>>(graph, FindRoots, Sets.Comparer);
        _switches = new Derived<string, ImmutableSortedSet<string>>(graph, FindSwitches, Sets.Comparer);
    }

    /// <summary>The nodes that have joined a switch, external ones apart.</summary>
    public ImmutableSortedSet<string> NodesOf(string switchId) => _joined[switchId];

    /// <summary>Nodes that run no host switch of ours: they take part in each overlay switch of their zone that any host has joined.</summary>
    public ImmutableSortedSet<string> ExternalNodesOf(string switchId)
        => _intent.Switches[switchId] is { Vni: > 0 } segment && NodesOf(switchId).Count > 0
            ? _intent.ExternalNodesOfZone[segment.TransportZoneId]
            : Sets.Empty;

    /// <summary>The switches a node must know: those it has joined, and those of ports that are there but administratively down.</summary>
    public ImmutableSortedSet<string> SwitchesOf(string node) => _switches[node];

    /// <summary>The trees of routers that run on a node.</summary>
    public ImmutableSortedSet<string> RootsOf(string node) => _roots[node];

    private ImmutableSortedSet<string> FindLocal(string switchId)
        => Sets.Of(_intent.PortsOfSwitch[switchId]
            .Where(_placement.IsActive)
            .Select(_placement.NodeOf)
            .Distinct()
            .Where(node => IsInZone(node, switchId)));

    private ImmutableSortedSet<string> FindJoined(string switchId)
        => _local[switchId].Union(_routing.RootsOn(switchId).SelectMany(root => _routed[root]).Where(node => IsInZone(node, switchId)));

    private ImmutableSortedSet<string> FindRoots(string node)
        => Sets.Of(_placement.PortsOf(node)
            .Where(_placement.IsActive)
            .Select(port => _intent.Ports[port]!.LogicalSwitchId)
            .Distinct()
            .Where(id => IsInZone(node, id))
            .SelectMany(_routing.RootsOn));

    private ImmutableSortedSet<string> FindSwitches(string node)
        => Sets.Of(_placement.PortsOf(node).Select(port => _intent.Ports[port]!.LogicalSwitchId)
            .Concat(RootsOf(node).SelectMany(_routing.SwitchesUnder))
            .Distinct()
            .Where(id => IsInZone(node, id)));

    private bool IsInZone(string node, string switchId)
        => _intent.Switches[switchId] is { } segment && _intent.Nodes[node] is { External: false } config
            && config.TransportZoneIds.Contains(segment.TransportZoneId);
}
