using System.Diagnostics.CodeAnalysis;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Tunnels;

/// <summary>
/// MACs of one logical switch that were learned from tunnelled frames, with the endpoint they came from; aged after ten minutes
/// without a frame (reference: nsx-dataplane.md, 3.3, 5.6 and 6.7). Belongs to the packet thread.
/// </summary>
internal sealed class RemoteMacTable
{
    /// <summary>remote_overlay_mac_limit of NSX.</summary>
    public const int Limit = 2048;

    public const long AgeMs = 600_000;

    private readonly Dictionary<MacAddress, RemoteMac> _entries = [];

    public int Count => _entries.Count;

    public IEnumerable<RemoteMac> Entries => _entries.Values;

    public bool TryFind(MacAddress mac, [NotNullWhen(true)] out RemoteMac? entry) => _entries.TryGetValue(mac, out entry);

    /// <summary>Notes where a frame came from. True: something is known now that was not, so cached flows must be thought over.</summary>
    public LearnOutcome Learn(MacAddress mac, IpAddress tep, long now)
    {
        if (_entries.TryGetValue(mac, out var entry))
        {
            entry.SeenAt = now;
            if (entry.Tep == tep)
            {
                return LearnOutcome.Known;
            }

            entry.Tep = tep;
            return LearnOutcome.Changed;
        }

        if (_entries.Count >= Limit)
        {
            return LearnOutcome.Full;
        }

        _entries.Add(mac, new RemoteMac(mac) { Tep = tep, SeenAt = now });
        return LearnOutcome.Changed;
    }

    /// <summary>Forgets what was silent too long. True: something went.</summary>
    public bool Age(long now)
    {
        int before = _entries.Count;
        foreach (var (mac, entry) in _entries)
        {
            if (now - entry.SeenAt >= AgeMs)
            {
                _entries.Remove(mac);
            }
        }

        return _entries.Count != before;
    }
}

/// <summary>One learned address behind a remote endpoint.</summary>
internal sealed class RemoteMac(MacAddress mac)
{
    public MacAddress Mac { get; } = mac;

    public IpAddress Tep { get; set; }

    public long SeenAt { get; set; }
}

/// <summary>What came of an attempt to learn.</summary>
internal enum LearnOutcome
{
    Known,
    Changed,
    Full,
}
