using Fabric.Contracts.V1;

namespace Fabric.HostSwitch.Agent;

/// <summary>What a controller was told last, so that it is told only what changed since. A new stream starts with nothing told.</summary>
internal sealed class ReportCursor
{
    private readonly Dictionary<string, PortStatistics> _ports = [];
    private readonly Dictionary<uint, RuleStatistics> _rules = [];
    private readonly Dictionary<string, PortDiscovery> _discoveries = [];
    private readonly Dictionary<string, LearnedMacs> _macs = [];
    private Dictionary<string, ulong> _drops = [];
    private HostTunnels? _tunnels;

    /// <summary>The reports that bring the controller from what it knows to these readings; statistics only if they are asked for.</summary>
    public IEnumerable<HostReport> Advance(HostReadings readings, bool statistics)
    {
        foreach (var discovery in readings.Discoveries.Where(discovery => IsNew(_discoveries, discovery.PortId, discovery)))
        {
            yield return new HostReport { Discovery = discovery };
        }

        foreach (var learned in readings.Macs.Where(learned => IsNew(_macs, learned.PortId, learned)))
        {
            yield return new HostReport { Learned = learned };
        }

        var tunnels = new HostTunnels();
        tunnels.Tunnels.AddRange(readings.Tunnels);
        if (!IsSame(_tunnels, tunnels))
        {
            _tunnels = tunnels;
            yield return new HostReport { Tunnels = tunnels };
        }

        if (statistics && StatisticsOf(readings) is { } changed)
        {
            yield return new HostReport { Statistics = changed };
        }

        Forget(readings);
    }

    private HostStatistics? StatisticsOf(HostReadings readings)
    {
        var statistics = new HostStatistics();
        statistics.Ports.AddRange(readings.Ports.Where(IsNew));
        statistics.Rules.AddRange(readings.Rules.Where(rule => IsNew(_rules, rule.RuleId, rule)));
        var drops = readings.Drops.ToDictionary();
        if (drops.Count != _drops.Count || drops.Any(drop => _drops.GetValueOrDefault(drop.Key) != drop.Value))
        {
            _drops = drops;
            statistics.Drops.Add(drops);
        }

        return statistics.CalculateSize() == 0 ? null : statistics;
    }

    /// <summary>Time alone is no change.</summary>
    private bool IsNew(PortStatistics port)
    {
        var timeless = port.Clone();
        timeless.TimestampMs = 0;
        return IsNew(_ports, port.PortId, timeless);
    }

    private static bool IsNew<TKey, TValue>(Dictionary<TKey, TValue> told, TKey key, TValue value)
        where TKey : notnull
        where TValue : class
    {
        if (told.TryGetValue(key, out var known) && known.Equals(value))
        {
            return false;
        }

        told[key] = value;
        return true;
    }

    private static bool IsSame(HostTunnels? told, HostTunnels now)
        => told is not null && told.Equals(now);

    private void Forget(HostReadings readings)
    {
        var ports = readings.Ports.Select(port => port.PortId).ToHashSet();
        foreach (string gone in _discoveries.Keys.Where(port => !ports.Contains(port)).ToList())
        {
            _discoveries.Remove(gone);
            _macs.Remove(gone);
            _ports.Remove(gone);
        }
    }
}
