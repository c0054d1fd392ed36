using Fabric.Controller.Derivation;
using Fabric.Controller.Intent;
using Fabric.Controller.Realization;

namespace Fabric.Controller.Compute;

/// <summary>
/// Everything computed from intent and facts. New kind of derived state: a class in this folder, a line here. Callers change
/// <see cref="Intent"/> and <see cref="Facts"/>, call <see cref="Settle"/>, and hear of the plans and bundles that differ.
/// </summary>
internal sealed class FabricModel
{
    private readonly DerivationGraph _graph = new();

    public FabricModel()
    {
        Intent = new FabricIntent(_graph);
        Facts = new FabricFacts(_graph);
        Profiles = new PortProfiles(_graph, Intent);
        Placement = new Placement(_graph, Intent, Facts);
        Bindings = new Bindings(_graph, Intent, Facts, Placement, Profiles);
        Routing = new Routing(_graph, Intent);
        Spans = new Spans(_graph, Intent, Placement, Routing);
        Groups = new Groups(_graph, Intent, Facts);
        AddressSets = new AddressSets(Intent, Groups, Bindings);
        Firewall = new Firewall(_graph, Intent, Placement, Groups);
        Tables = new HostTables(Intent, Placement, Bindings, Spans);
        var objects = new HostObjects(Intent, Placement, Profiles, Bindings, Spans, Routing, Tables, AddressSets, Firewall);
        Bundles = new Derived<BundleKey, Bundle>(_graph, objects.Describe);
        Plans = new HostPlans(_graph, Intent, Placement, Spans, Routing, Firewall, key => Bundles[key]).ByNode;
        Views = new RuntimeViews(_graph, Intent, Facts, Placement, Bindings, Tables);
    }

    public FabricIntent Intent { get; }

    public FabricFacts Facts { get; }

    public PortProfiles Profiles { get; }

    public Placement Placement { get; }

    public Bindings Bindings { get; }

    public Routing Routing { get; }

    public Spans Spans { get; }

    public Groups Groups { get; }

    public AddressSets AddressSets { get; }

    public Firewall Firewall { get; }

    public HostTables Tables { get; }

    /// <summary>What each host needs.</summary>
    public Derived<string, IReadOnlySet<BundleKey>> Plans { get; }

    /// <summary>The objects it is told.</summary>
    public Derived<BundleKey, Bundle> Bundles { get; }

    /// <summary>What the manager is told.</summary>
    public RuntimeViews Views { get; }

    /// <summary>How many values were computed so far: what changes cost.</summary>
    public long Evaluations => _graph.Evaluations;

    public void Settle() => _graph.Settle();
}
