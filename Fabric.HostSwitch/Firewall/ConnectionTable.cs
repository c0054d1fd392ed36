using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Flows;

namespace Fabric.HostSwitch.Firewall;

/// <summary>
/// The tracked flows of all filters of the host: an open-addressed index over places that never move. It grows by whole chunks up
/// to its limit and belongs to the packet thread; only <see cref="Count"/> may be read by others.
/// </summary>
internal sealed class ConnectionTable
{
    public const int DefaultLimit = 500_000;

    private const int ChunkBits = 10;
    private const int ChunkLength = 1 << ChunkBits;
    private const int NoPlace = -1;
    private const int SweepMilliseconds = 5_000; // one look at every place in this time
    private const int MostPerTick = 1_024;

    private readonly int _limit;
    private readonly List<Connection[]> _chunks = [];
    private int[] _index = new int[4 * ChunkLength]; // place + 1; 0: free
    private int _firstFree = NoPlace;
    private int _count;
    private uint _versions;
    private int _sweepAt;
    private long _sweptUntil;

    public ConnectionTable(int limit = DefaultLimit)
    {
        _limit = limit;
        AddChunk();
    }

    public int Count => Volatile.Read(ref _count);

    public bool IsFull => _count >= _limit;

    public ref Connection this[int place] => ref _chunks[place >> ChunkBits][place & (ChunkLength - 1)];

    /// <summary>Has a connection's memory on its way before it is needed.</summary>
    public unsafe void Prefetch(ConnectionRef reference)
    {
        if (Sse.IsSupported && !reference.IsNone && (uint)reference.Place < (uint)(_chunks.Count << ChunkBits))
        {
            byte* start = (byte*)Unsafe.AsPointer(ref this[reference.Place]);
            for (int line = 0; line < Unsafe.SizeOf<Connection>(); line += 64)
            {
                Sse.Prefetch0(start + line);
            }
        }
    }

    public ConnectionRef RefOf(int place) => new(place, this[place].Version);

    /// <summary>The place of the flow's connection at a filter, or -1; one that outlived its time counts as gone.</summary>
    public int Find(int filter, in FlowKey key, Direction direction, long now)
    {
        uint hash = HashOf(filter, key);
        int mask = _index.Length - 1;
        for (int at = (int)hash & mask; _index[at] != 0; at = (at + 1) & mask)
        {
            ref var connection = ref this[_index[at] - 1];
            if (connection.Hash == hash
                && connection.Filter == filter
                && (direction == connection.Direction ? connection.Key.Equals(key) : connection.Key.IsReverseOf(key)))
            {
                return now < connection.ExpiresAt ? _index[at] - 1 : NoPlace;
            }
        }

        return NoPlace;
    }

    /// <summary>Whether the named connection is still the one that was meant.</summary>
    public bool IsLive(ConnectionRef reference)
        => !reference.IsNone && (uint)reference.Place < (uint)(_chunks.Count << ChunkBits) && this[reference.Place].Version == reference.Version;

    /// <summary>Makes a connection and gives back its place; -1: the table is at its limit. The flow has none that is alive.</summary>
    public int Add(int filter, in FlowKey key, Direction direction, RuleCounters rule, uint generation)
    {
        RemoveDead(filter, key, direction);
        if (IsFull)
        {
            return NoPlace;
        }

        if (_firstFree == NoPlace)
        {
            AddChunk();
        }

        int place = _firstFree;
        ref var connection = ref this[place];
        _firstFree = connection.NextFree;
        _versions = _versions == uint.MaxValue ? 1 : _versions + 1;
        connection = new Connection
        {
            Key = key,
            Filter = filter,
            Hash = HashOf(filter, key),
            Version = _versions,
            Direction = direction,
            Rule = rule,
            Generation = generation,
        };
        Volatile.Write(ref _count, _count + 1);
        Insert(place, connection.Hash);
        return place;
    }

    public void Remove(int place)
    {
        ref var connection = ref this[place];
        int mask = _index.Length - 1;
        int hole = (int)connection.Hash & mask;
        while (_index[hole] != place + 1)
        {
            hole = (hole + 1) & mask;
        }

        // What follows moves up, so that no search stops short and no marks of the dead remain.
        for (int at = (hole + 1) & mask; _index[at] != 0; at = (at + 1) & mask)
        {
            int home = (int)this[_index[at] - 1].Hash & mask;
            if (((at - home) & mask) >= ((at - hole) & mask))
            {
                _index[hole] = _index[at];
                hole = at;
            }
        }

        _index[hole] = 0;
        connection = new Connection { NextFree = _firstFree };
        _firstFree = place;
        Volatile.Write(ref _count, _count - 1);
    }

    /// <summary>Forgets some of those whose time is over: as many places are looked at as the time since the last tick asks for.</summary>
    public void Tick(long now)
    {
        int places = _chunks.Count << ChunkBits;
        long due = Math.Clamp(now - _sweptUntil, 0, SweepMilliseconds) * places / SweepMilliseconds;
        if (due == 0)
        {
            return;
        }

        _sweptUntil = now;
        for (long left = Math.Min(due, MostPerTick); left > 0; left--)
        {
            _sweepAt = _sweepAt + 1 >= places ? 0 : _sweepAt + 1;
            ref var connection = ref this[_sweepAt];
            if (connection.Version != 0 && now >= connection.ExpiresAt)
            {
                Remove(_sweepAt);
            }
        }
    }

    [SuppressMessage("Performance", "CA1859", Justification = "The key's hash mixes both directions; the filter is mixed in here.")]
    private static uint HashOf(int filter, in FlowKey key) => key.SymmetricHash() ^ ((uint)filter * 0x9E37_79B1);

    private void RemoveDead(int filter, in FlowKey key, Direction direction)
    {
        int dead = Find(filter, key, direction, long.MinValue);
        if (dead != NoPlace)
        {
            Remove(dead);
        }
    }

    private void Insert(int place, uint hash)
    {
        if (_count * 2 > _index.Length)
        {
            Reindex(_index.Length * 2);
            return;
        }

        int mask = _index.Length - 1;
        int at = (int)hash & mask;
        while (_index[at] != 0)
        {
            at = (at + 1) & mask;
        }

        _index[at] = place + 1;
    }

    private void Reindex(int length)
    {
        _index = new int[length];
        int mask = length - 1;
        for (int place = 0; place < _chunks.Count << ChunkBits; place++)
        {
            ref var connection = ref this[place];
            if (connection.Version == 0)
            {
                continue;
            }

            int at = (int)connection.Hash & mask;
            while (_index[at] != 0)
            {
                at = (at + 1) & mask;
            }

            _index[at] = place + 1;
        }
    }

    private void AddChunk()
    {
        int first = _chunks.Count << ChunkBits;
        var chunk = new Connection[ChunkLength];
        for (int at = 0; at < ChunkLength; at++)
        {
            chunk[at].NextFree = at == ChunkLength - 1 ? NoPlace : first + at + 1;
        }

        _chunks.Add(chunk);
        _firstFree = first;
    }
}
