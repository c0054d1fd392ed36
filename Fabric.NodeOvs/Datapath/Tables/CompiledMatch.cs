using Fabric.NodeOvs.Datapath.Fields;
using Fabric.OvsProtocol.OpenFlow.Fields;

namespace Fabric.NodeOvs.Datapath.Tables;

/// <summary>Which bits of which words a match looks at: flows with the same mask stand in one hash table.</summary>
internal sealed class MatchMask : IEquatable<MatchMask>
{
    public MatchMask(byte[] words, ulong[] masks)
    {
        Words = words;
        Masks = masks;
    }

    public byte[] Words { get; }

    public ulong[] Masks { get; }

    public bool Equals(MatchMask? other) => other is not null && Words.AsSpan().SequenceEqual(other.Words) && Masks.AsSpan().SequenceEqual(other.Masks);

    public override bool Equals(object? obj) => Equals(obj as MatchMask);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Words);
        foreach (ulong mask in Masks)
        {
            hash.Add(mask);
        }

        return hash.ToHashCode();
    }
}

/// <summary>A match as masked words.</summary>
internal sealed class CompiledMatch
{
    private CompiledMatch(MatchMask mask, ulong[] values)
    {
        Mask = mask;
        Values = values;
        Hash = HashOf(values);
    }

    public MatchMask Mask { get; }

    public ulong[] Values { get; }

    public ulong Hash { get; }

    public static CompiledMatch Of(FlowMatch match)
    {
        var masks = new ulong[PacketFields.Count];
        var values = new ulong[PacketFields.Count];
        foreach (var (word, value, mask) in match.Fields.SelectMany(FieldSlot.Words))
        {
            masks[word] |= mask;
            values[word] |= value;
        }

        byte[] words = [.. Enumerable.Range(0, PacketFields.Count).Where(word => masks[word] != 0).Select(word => (byte)word)];
        return new CompiledMatch(new MatchMask(words, [.. words.Select(word => masks[word])]), [.. words.Select(word => values[word])]);
    }

    /// <summary>The hash of a packet's words under a mask: the same as that of a match which it meets.</summary>
    public static ulong HashOf(in PacketFields fields, MatchMask mask)
    {
        ulong hash = 0;
        for (int i = 0; i < mask.Words.Length; i++)
        {
            hash = Mix(hash, fields[mask.Words[i]] & mask.Masks[i]);
        }

        return hash;
    }

    public bool Holds(in PacketFields fields)
    {
        for (int i = 0; i < Values.Length; i++)
        {
            if ((fields[Mask.Words[i]] & Mask.Masks[i]) != Values[i])
            {
                return false;
            }
        }

        return true;
    }

    private static ulong HashOf(ulong[] values)
    {
        ulong hash = 0;
        foreach (ulong value in values)
        {
            hash = Mix(hash, value);
        }

        return hash;
    }

    private static ulong Mix(ulong hash, ulong word)
    {
        hash = (hash ^ word) * 0x9E37_79B9_7F4A_7C15;
        return hash ^ (hash >> 32);
    }
}
