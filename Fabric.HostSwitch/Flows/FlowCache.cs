using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Fabric.HostSwitch.Flows;

/// <summary>
/// Established flows: an exact-match table from key to action. Open addressing with a short probe; a full neighborhood loses its
/// oldest action, and that flow merely thinks again. Grows with use, never shrinks, allocates nothing on a hit. Belongs to the packet thread.
/// </summary>
internal sealed class FlowCache
{
    private const int Probes = 8;
    private const int MostSlots = 1 << 18;

    private CacheKey[] _keys;
    private FlowAction?[] _actions;
    private int _mask;
    private int _used;

    public FlowCache(int slots = 1 << 12)
    {
        _keys = NewKeys(slots);
        _actions = new FlowAction?[slots];
        _mask = slots - 1;
    }

    /// <summary>Slots in use, void actions included.</summary>
    public int Count => _used;

    /// <summary>Has the memory of a key's first slot on its way before it is needed: with many flows that is most of what a packet costs.</summary>
    public unsafe void Prefetch(uint hash)
    {
        if (Sse.IsSupported)
        {
            int slot = (int)hash & _mask;
            Sse.Prefetch0(Unsafe.AsPointer(ref _keys[slot]));
            Sse.Prefetch0(Unsafe.AsPointer(ref _actions[slot]));
        }
    }

    /// <summary>What stands in a key's first slot, with its memory on the way; likely the key's own, and nothing is said of that.</summary>
    public unsafe FlowAction? PrefetchAction(uint hash)
    {
        var action = _actions[(int)hash & _mask];
        if (Sse.IsSupported && action is not null)
        {
            byte* start = (byte*)Unsafe.AsPointer(ref action.Epoch);
            Sse.Prefetch0(start - 64);
            Sse.Prefetch0(start);
            Sse.Prefetch0(start + 64);
            Sse.Prefetch0(start + 128);
        }

        return action;
    }

    public bool TryFind(ref readonly CacheKey key, uint epoch, [NotNullWhen(true)] out FlowAction? action)
        => TryFind(in key, key.Hash(), epoch, out action);

    public bool TryFind(ref readonly CacheKey key, uint hash, uint epoch, [NotNullWhen(true)] out FlowAction? action)
    {
        for (int probe = 0; probe < Probes; probe++)
        {
            int slot = (int)(hash + (uint)probe) & _mask;
            action = _actions[slot];
            if (action is null)
            {
                return false;
            }

            if (CacheKey.AreEqual(in key, in _keys[slot]))
            {
                return action.Epoch == epoch;
            }
        }

        action = null;
        return false;
    }

    /// <summary>The action to fill in for a key: the key's own, a void one, a new one, or in the worst case another flow's.</summary>
    public FlowAction Claim(ref readonly CacheKey key, uint epoch)
    {
        if (_used > _actions.Length / 2 && _actions.Length < MostSlots)
        {
            Grow(epoch);
        }

        uint hash = key.Hash();
        int victim = -1;
        for (int probe = 0; probe < Probes; probe++)
        {
            int slot = (int)(hash + (uint)probe) & _mask;
            if (_actions[slot] is not { } taken)
            {
                victim = victim < 0 ? slot : victim;
                break;
            }

            if (CacheKey.AreEqual(in key, in _keys[slot]))
            {
                victim = slot;
                break;
            }

            if (victim < 0 && taken.Epoch != epoch)
            {
                victim = slot;
            }
        }

        victim = victim < 0 ? (int)(hash + (hash >> 29)) & _mask : victim;
        return Put(victim, in key);
    }

    private FlowAction Put(int slot, ref readonly CacheKey key)
    {
        _keys[slot] = key;
        if (_actions[slot] is { } reused)
        {
            return reused;
        }

        _used++;
        return _actions[slot] = new FlowAction();
    }

    private void Grow(uint epoch)
    {
        var (keys, actions) = (_keys, _actions);
        _keys = NewKeys(keys.Length * 2);
        _actions = new FlowAction?[_keys.Length];
        _mask = _keys.Length - 1;
        _used = 0;
        for (int old = 0; old < actions.Length; old++)
        {
            if (actions[old] is not { } action || action.Epoch != epoch)
            {
                continue;
            }

            uint hash = keys[old].Hash();
            for (int probe = 0; probe < Probes; probe++)
            {
                int slot = (int)(hash + (uint)probe) & _mask;
                if (_actions[slot] is null)
                {
                    _keys[slot] = keys[old];
                    _actions[slot] = action;
                    _used++;
                    break;
                }
            }
        }
    }

    private static CacheKey[] NewKeys(int slots) => GC.AllocateUninitializedArray<CacheKey>(slots, pinned: true);
}
