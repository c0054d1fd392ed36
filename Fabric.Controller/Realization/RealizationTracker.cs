using Fabric.Contracts.V1;
using Fabric.Controller.Compute;
using Fabric.Controller.Intent;
using Fabric.Controller.Streaming;

namespace Fabric.Controller.Realization;

/// <summary>Knows on which hosts each object of the API must stand, and reports how far it has got there.</summary>
internal sealed class RealizationTracker(FabricIntent intent, FabricReports reports)
{
    private readonly Dictionary<(ConfigKind Kind, string Id), Dictionary<HostFeed, BundleKey>> _hosts = [];
    private readonly HashSet<(ConfigKind Kind, string Id)> _changed = [];

    public void Add(HostFeed feed, BundleKey key)
    {
        if (Realizes(key) is { } item)
        {
            (_hosts.TryGetValue(item, out var hosts) ? hosts : _hosts[item] = [])[feed] = key;
            _changed.Add(item);
        }
    }

    public void Remove(HostFeed feed, BundleKey key)
    {
        if (Realizes(key) is { } item && _hosts.TryGetValue(item, out var hosts))
        {
            hosts.Remove(feed);
            if (hosts.Count == 0)
            {
                _hosts.Remove(item);
            }

            _changed.Add(item);
        }
    }

    public void Changed(BundleKey key)
    {
        if (Realizes(key) is { } item)
        {
            _changed.Add(item);
        }
    }

    /// <summary>The API's object itself was written, be it to no effect on any host.</summary>
    public void Changed((ConfigKind Kind, string Id) item)
    {
        if (item.Kind is ConfigKind.LogicalSwitch or ConfigKind.LogicalPort or ConfigKind.LogicalRouter
            or ConfigKind.FirewallSection or ConfigKind.TransportNode)
        {
            _changed.Add(item);
        }
    }

    public void Flush()
    {
        foreach (var item in _changed)
        {
            var nodes = _hosts.TryGetValue(item, out var hosts)
                ? hosts.Select(pair => pair.Key.StateOf(pair.Value)).OrderBy(state => state.NodeId, StringComparer.Ordinal)
                : Enumerable.Empty<NodeRealization>();
            reports.Realized(item.Kind, item.Id, intent.RevisionOf(item.Kind, item.Id), nodes);
        }

        _changed.Clear();
    }

    private static (ConfigKind Kind, string Id)? Realizes(BundleKey key) => key.Kind switch
    {
        HostKind.Settings => (ConfigKind.TransportNode, key.Id),
        HostKind.Switch => (ConfigKind.LogicalSwitch, key.Id),
        HostKind.Port => (ConfigKind.LogicalPort, key.Id),
        HostKind.Router => (ConfigKind.LogicalRouter, key.Id),
        HostKind.RuleSection => (ConfigKind.FirewallSection, key.Id),
        _ => null,
    };
}
