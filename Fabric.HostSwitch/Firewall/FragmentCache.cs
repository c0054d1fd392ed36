using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Firewall;

/// <summary>
/// Which packets' first fragments were let through, so that the later ones follow. A fixed number of places: under a flood the
/// oldest are overwritten, and their fragments are dropped. Belongs to the packet thread.
/// </summary>
internal sealed class FragmentCache
{
    /// <summary>How long a receiver may wait for the rest (RFC 8200, section 4.5; pf waits as long).</summary>
    private const long KeepMilliseconds = 30_000;

    private readonly Entry[] _entries = new Entry[4_096];

    public void Remember(int filter, Direction direction, in FilterPacket packet, RuleCounters? rule, long now)
    {
        var key = KeyOf(filter, direction, packet);
        _entries[PlaceOf(key)] = new Entry(key, rule, now + KeepMilliseconds);
    }

    /// <summary>True: the first fragment passed, by this rule if one was asked.</summary>
    public bool TryFind(int filter, Direction direction, in FilterPacket packet, long now, out RuleCounters? rule)
    {
        var key = KeyOf(filter, direction, packet);
        ref var entry = ref _entries[PlaceOf(key)];
        bool isKnown = entry.ExpiresAt > now && entry.Key == key;
        rule = isKnown ? entry.Rule : null;
        return isKnown;
    }

    private static Key KeyOf(int filter, Direction direction, in FilterPacket packet)
        => new(packet.Source, packet.Destination, packet.FragmentId, packet.Protocol, direction, filter);

    private int PlaceOf(in Key key) => (int)((uint)key.GetHashCode() % (uint)_entries.Length);

    private readonly record struct Key(
        IpAddress Source, IpAddress Destination, uint Id, IpProtocol Protocol, Direction Direction, int Filter);

    private readonly record struct Entry(Key Key, RuleCounters? Rule, long ExpiresAt);
}
