using System.Numerics;
using System.Runtime.CompilerServices;
using Fabric.NodeOvs.Datapath.Fields;
using Fabric.NodeOvs.Datapath.Translation;

namespace Fabric.NodeOvs.Datapath.Execution;

/// <summary>
/// What was decided for flows of packets, by their exact key: two places for each hash, the older of which gives way. A decision made before
/// the switch changed is not found.
/// </summary>
internal sealed class FlowCache
{
    private readonly Slot[] _slots;
    private readonly int _mask;

    /// <param name="flows">How many it holds; rounded up to a power of two.</param>
    public FlowCache(int flows = 1 << 15)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(flows, 2));
        _slots = new Slot[size];
        _mask = (size - 1) & ~1;
    }

    public long Hits { get; private set; }

    public long Misses { get; private set; }

    public IEnumerable<PacketProgram> Programs => _slots.Select(slot => slot.Program).OfType<PacketProgram>();

    public static uint HashOf(in PacketFields key)
    {
        uint hash = 0;
        for (int i = 0; i < PacketFields.KeyWords; i++)
        {
            hash = BitOperations.Crc32C(hash, key[i]);
        }

        return hash;
    }

    public PacketProgram? Find(in PacketFields key, uint hash, long generation)
    {
        int at = (int)hash & _mask;
        ref var first = ref _slots[at];
        if (first.Hash == hash && first.Program is { } program && first.Key.IsOf(key))
        {
            return Fresh(program, generation);
        }

        ref var second = ref _slots[at + 1];
        return second.Hash == hash && second.Program is { } other && second.Key.IsOf(key) ? Fresh(other, generation) : Miss();
    }

    public void Put(in PacketFields key, uint hash, PacketProgram program)
    {
        int at = (int)hash & _mask;
        ref var first = ref _slots[at];
        if (!(first.Hash == hash && first.Key.IsOf(key)))
        {
            ref var second = ref _slots[at + 1];
            second.Program?.Credit();
            second = first;
        }
        else
        {
            first.Program?.Credit();
        }

        first.Key.Take(key);
        first.Hash = hash;
        first.Program = program;
    }

    /// <summary>Hands on the counts of all.</summary>
    public void Credit()
    {
        foreach (ref var slot in _slots.AsSpan())
        {
            slot.Program?.Credit();
        }
    }

    private PacketProgram? Fresh(PacketProgram program, long generation)
    {
        if (program.Generation != generation)
        {
            return Miss();
        }

        Hits++;
        return program;
    }

    private PacketProgram? Miss()
    {
        Misses++;
        return null;
    }

    /// <summary>A key and what was decided for it.</summary>
    private struct Slot
    {
        public Key Key;
        public uint Hash;
        public PacketProgram? Program;
    }

    /// <summary>The words of a packet that are its key.</summary>
    [InlineArray(PacketFields.KeyWords)]
    private struct Key
    {
        private ulong _first;

        public readonly bool IsOf(in PacketFields fields)
        {
            ReadOnlySpan<ulong> mine = this;
            ReadOnlySpan<ulong> theirs = fields;
            return mine.SequenceEqual(theirs[..PacketFields.KeyWords]);
        }

        public void Take(in PacketFields fields)
        {
            ReadOnlySpan<ulong> words = fields;
            words[..PacketFields.KeyWords].CopyTo(this);
        }
    }
}
