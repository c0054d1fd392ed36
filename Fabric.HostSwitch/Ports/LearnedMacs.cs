using System.Diagnostics.CodeAnalysis;
using Fabric.HostSwitch.Tunnels;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Ports;

/// <summary>MACs behind one learning port (reference: nsx-dataplane.md, 3.3). Belongs to the packet thread.</summary>
internal sealed class LearnedMacs
{
    private readonly Dictionary<MacAddress, LearnedMac> _entries = [];

    public int Count => _entries.Count;

    public IEnumerable<MacAddress> Addresses => _entries.Keys;

    public bool Contains(MacAddress mac) => _entries.ContainsKey(mac);

    public bool TryFind(MacAddress mac, [NotNullWhen(true)] out LearnedMac? entry) => _entries.TryGetValue(mac, out entry);

    public LearnOutcome Learn(MacAddress mac, uint limit, long now, out LearnedMac? entry)
    {
        if (_entries.TryGetValue(mac, out entry))
        {
            entry.SeenAt = now;
            return LearnOutcome.Known;
        }

        if (_entries.Count >= limit)
        {
            return LearnOutcome.Full;
        }

        entry = new LearnedMac { SeenAt = now };
        _entries.Add(mac, entry);
        return LearnOutcome.Changed;
    }

    /// <summary>The MAC speaks behind another port now.</summary>
    public bool Forget(MacAddress mac) => _entries.Remove(mac);

    /// <summary>True: something went.</summary>
    public bool Age(long now, long ageMs)
    {
        int before = _entries.Count;
        foreach (var (mac, entry) in _entries)
        {
            if (now - entry.SeenAt >= ageMs)
            {
                _entries.Remove(mac);
            }
        }

        return _entries.Count != before;
    }
}

/// <summary>One MAC behind a port, and when it last spoke.</summary>
internal sealed class LearnedMac
{
    public long SeenAt { get; set; }
}
