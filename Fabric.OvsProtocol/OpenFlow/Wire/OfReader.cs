using System.Buffers.Binary;

namespace Fabric.OvsProtocol.OpenFlow.Wire;

/// <summary>Bytes being read in network order. Reading past the end is the sender's error: BAD_LEN.</summary>
public ref struct OfReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public readonly int Left => _bytes.Length - Position;

    public readonly bool AtEnd => Left == 0;

    public byte Byte() => Take(1)[0];

    public ushort U16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint U32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public ulong U64() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    /// <summary>A number of up to 16 bytes.</summary>
    public UInt128 Number(int length)
    {
        Span<byte> whole = stackalloc byte[16];
        whole.Clear();
        if (length > 16)
        {
            throw OpenFlowException.BadLength("a field value");
        }

        Take(length).CopyTo(whole[(16 - length)..]);
        return BinaryPrimitives.ReadUInt128BigEndian(whole);
    }

    /// <summary>Text in a field of fixed size, up to its first zero.</summary>
    public string Text(int size)
    {
        var field = Take(size);
        int end = field.IndexOf((byte)0);
        return System.Text.Encoding.ASCII.GetString(end < 0 ? field : field[..end]);
    }

    public void Skip(int count) => Take(count);

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > Left)
        {
            throw OpenFlowException.BadLength($"{count} bytes are needed and {Left} are left");
        }

        var taken = _bytes.Slice(Position, count);
        Position += count;
        return taken;
    }

    /// <summary>The next property, padded to 8 bytes (struct ofp_prop_header of OpenFlow 1.5); false: none is left.</summary>
    public bool TryProperty(out int type, out ReadOnlySpan<byte> value)
    {
        if (Left < 4)
        {
            type = 0;
            value = default;
            return false;
        }

        type = U16();
        int length = U16();
        if (length < 4 || length - 4 > Left)
        {
            throw OpenFlowException.BadLength($"a property of {length} bytes");
        }

        value = Take(length - 4);
        Skip(Math.Min(((length + 7) / 8 * 8) - length, Left));
        return true;
    }

    public ReadOnlySpan<byte> Rest() => Take(Left);
}
