namespace Fabric.NodeOvs.Bridges;

/// <summary>Where addresses were seen, per VLAN: what NORMAL forwards by (IEEE 802.1Q, section 8.7). Belongs to the packet thread.</summary>
internal sealed class MacTable(ChangeCount changes, int limit = 8192, int agingSeconds = 300)
{
    private readonly Dictionary<(ulong Mac, ushort Vlan), (uint Port, long SeenAt)> _entries = [];

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
        if (!known)
        {
            changes.Add();
        }

        return !known;
    }

    /// <summary>Forgets what was not seen for long.</summary>
    public void Age(long now) => Forget(entry => now - entry.SeenAt > agingSeconds * 1000L);

    public void ForgetPort(uint port) => Forget(entry => entry.Port == port);

    public void Flush()
    {
        _entries.Clear();
        changes.Add();
    }

    private void Forget(Func<(uint Port, long SeenAt), bool> isGone)
    {
        var gone = _entries.Where(entry => isGone(entry.Value)).Select(entry => entry.Key).ToList();
        gone.ForEach(key => _entries.Remove(key));
        if (gone.Count > 0)
        {
            changes.Add();
        }
    }
}
