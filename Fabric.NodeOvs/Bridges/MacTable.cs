namespace Fabric.NodeOvs.Bridges;

/// <summary>Where addresses were seen, per VLAN: what NORMAL forwards by (IEEE 802.1Q, section 8.7). Belongs to the packet thread.</summary>
internal sealed class MacTable(int limit = 8192, int agingSeconds = 300)
{
    private readonly Dictionary<(ulong Mac, ushort Vlan), (uint Port, long SeenAt)> _entries = [];

    /// <summary>Counts moves and new addresses: what was decided by the table before is decided anew.</summary>
    public long Generation { get; private set; }

    public IEnumerable<(ulong Mac, ushort Vlan, uint Port, long SeenAt)> All => _entries.Select(entry => (entry.Key.Mac, entry.Key.Vlan, entry.Value.Port, entry.Value.SeenAt));

    public uint? Find(ulong mac, ushort vlan) => _entries.TryGetValue((mac, vlan), out var entry) ? entry.Port : null;

    /// <summary>True: it was not known there before.</summary>
    public bool Learn(ulong mac, ushort vlan, uint port, long now)
    {
        bool known = _entries.TryGetValue((mac, vlan), out var entry) && entry.Port == port;
        if (!known && !_entries.ContainsKey((mac, vlan)) && _entries.Count >= limit)
        {
            return false;
        }

        _entries[(mac, vlan)] = (port, now);
        Generation += known ? 0 : 1;
        return !known;
    }

    /// <summary>Forgets what was not seen for long.</summary>
    public void Age(long now)
    {
        var old = _entries.Where(entry => now - entry.Value.SeenAt > agingSeconds * 1000L).Select(entry => entry.Key).ToList();
        old.ForEach(key => _entries.Remove(key));
        Generation += old.Count > 0 ? 1 : 0;
    }

    public void ForgetPort(uint port)
    {
        var gone = _entries.Where(entry => entry.Value.Port == port).Select(entry => entry.Key).ToList();
        gone.ForEach(key => _entries.Remove(key));
        Generation += gone.Count > 0 ? 1 : 0;
    }

    public void Flush()
    {
        _entries.Clear();
        Generation++;
    }
}
