using System.Collections.Immutable;
using Fabric.Contracts.V1;

namespace Fabric.Manager.Publishing;

/// <summary>
/// What controllers report of the fabric, in memory only: it is theirs to say again. Each controller replaces what it said before;
/// readers get the latest word on a subject, whoever said it.
/// </summary>
internal sealed class RuntimeState
{
    private readonly Lock _writing = new();
    private ImmutableDictionary<string, RuntimeView> _views = ImmutableDictionary<string, RuntimeView>.Empty;

    public FabricNodeStatus? Node(string id) => Find(view => view.Nodes.GetValueOrDefault(id));

    public IEnumerable<FabricNodeStatus> Nodes => _views.Values.SelectMany(view => view.Nodes.Values).DistinctBy(node => node.NodeId);

    public PortRuntime? Port(string id) => Find(view => view.Ports.GetValueOrDefault(id));

    public PortStatistics? Statistics(string port) => Find(view => view.Statistics.GetValueOrDefault(port));

    public SwitchTables? Switch(string id) => Find(view => view.Switches.GetValueOrDefault(id));

    /// <summary>False for a manager without a feed: no controller can come, so no host can, and what nobody has to do is done.</summary>
    public bool HasFeed { get; init; } = true;

    public ObjectRealization? Realization(ConfigKind kind, string id)
        => Find(view => view.Realizations.GetValueOrDefault((kind, id)))
            ?? (HasFeed ? null : new ObjectRealization { Key = new ConfigKey { Kind = kind, Id = id }, Revision = long.MaxValue });

    public IEnumerable<VifPresent> Vifs => _views.Values.SelectMany(view => view.Vifs.Values).DistinctBy(vif => vif.VifId);

    public VifPresent? Vif(string id) => Find(view => view.Vifs.GetValueOrDefault(id));

    public IEnumerable<RuleStatistics> Rule(uint id)
        => _views.Values.SelectMany(view => view.Rules.GetValueOrDefault(id)?.Values ?? []).DistinctBy(rule => rule.NodeId);

    /// <summary>Told which vnics came, changed or went, after they did.</summary>
    public event Action<IReadOnlyCollection<string>>? VifsChanged;

    /// <param name="controller">Whose word it is.</param>
    /// <param name="change">From what it said before to what it says now.</param>
    /// <param name="vif">The one vnic that this is about; null: perhaps all of them.</param>
    public void Change(string controller, Func<RuntimeView, RuntimeView> change, string? vif = null)
    {
        lock (_writing)
        {
            var before = _views.GetValueOrDefault(controller, RuntimeView.Empty);
            var after = change(before);
            _views = _views.SetItem(controller, after);
            if (!ReferenceEquals(before.Vifs, after.Vifs))
            {
                VifsChanged?.Invoke(vif is null ? [.. before.Vifs.Keys.Union(after.Vifs.Keys)] : [vif]);
            }
        }
    }

    private T? Find<T>(Func<RuntimeView, T?> find)
        where T : class
    {
        foreach (var view in Volatile.Read(ref _views).Values)
        {
            if (find(view) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
