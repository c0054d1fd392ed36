using Fabric.NodeOvs.Bridges;
using Fabric.NodeOvs.Datapath.Fields;

namespace Fabric.NodeOvs.Datapath.Translation;

/// <summary>Where a lookup left off to have the packet's connection tracked: the table to go on in, and what no packet carries.</summary>
internal sealed class FrozenLookup : IEquatable<FrozenLookup>
{
    private const int First = PacketFields.KeyWords;
    private const int Length = 12; // metadata, tunnel, marks, registers

    private readonly ulong[] _words = new ulong[Length];
    private readonly ulong _inPort;

    public FrozenLookup(Bridge bridge, byte table, in PacketFields fields)
    {
        Bridge = bridge;
        Table = table;
        _inPort = fields[FieldSlot.InPort];
        for (int i = 0; i < Length; i++)
        {
            _words[i] = fields[First + i];
        }
    }

    public Bridge Bridge { get; }

    public byte Table { get; }

    public void Restore(ref PacketFields fields)
    {
        fields[FieldSlot.InPort] = _inPort;
        for (int i = 0; i < Length; i++)
        {
            fields[First + i] = _words[i];
        }
    }

    public bool Equals(FrozenLookup? other) => other is not null && Bridge == other.Bridge && Table == other.Table && _inPort == other._inPort && _words.AsSpan().SequenceEqual(other._words);

    public override bool Equals(object? obj) => Equals(obj as FrozenLookup);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Table);
        foreach (ulong word in _words)
        {
            hash.Add(word);
        }

        return hash.ToHashCode();
    }
}

/// <summary>The lookups that were left off, by the number that stands in the key of packets on their way back.</summary>
internal sealed class FrozenLookups
{
    private readonly Dictionary<FrozenLookup, uint> _numbers = [];
    private readonly List<FrozenLookup> _lookups = [];

    /// <summary>Numbers begin at 1: 0 is a packet that came in.</summary>
    public FrozenLookup? this[uint number] => number >= 1 && number <= _lookups.Count ? _lookups[(int)number - 1] : null;

    public uint NumberOf(FrozenLookup lookup)
    {
        if (!_numbers.TryGetValue(lookup, out uint number))
        {
            _lookups.Add(lookup);
            number = (uint)_lookups.Count;
            _numbers.Add(lookup, number);
        }

        return number;
    }
}
