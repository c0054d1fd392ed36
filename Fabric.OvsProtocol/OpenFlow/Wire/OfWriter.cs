using System.Buffers.Binary;

namespace Fabric.OvsProtocol.OpenFlow.Wire;

/// <summary>Bytes being written in network order, with lengths filled in once they are known.</summary>
public sealed class OfWriter
{
    private byte[] _bytes = new byte[256];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Byte(int value) => Reserve(1)[0] = (byte)value;

    public void U16(int value) => BinaryPrimitives.WriteUInt16BigEndian(Reserve(2), (ushort)value);

    public void U32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(4), value);

    public void U64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Reserve(8), value);

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>The lowest <paramref name="length"/> bytes of a number.</summary>
    public void Number(UInt128 value, int length)
    {
        Span<byte> whole = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(whole, value);
        Bytes(whole[(16 - length)..]);
    }

    public void Zeros(int count) => Reserve(count).Clear();

    /// <summary>Text in a field of fixed size, cut or filled with zeros; the last byte is always zero.</summary>
    public void Text(string text, int size)
    {
        var room = Reserve(size);
        room.Clear();
        byte[] bytes = System.Text.Encoding.ASCII.GetBytes(text);
        bytes.AsSpan(0, Math.Min(bytes.Length, size - 1)).CopyTo(room);
    }

    /// <summary>Zeros until the distance from <paramref name="start"/> is a multiple of 8.</summary>
    public void Pad8(int start) => Zeros((8 - ((Length - start) % 8)) % 8);

    /// <summary>Room for a 16-bit number that <see cref="Patch16"/> fills in later; its place.</summary>
    public int Later16()
    {
        U16(0);
        return Length - 2;
    }

    public void Patch16(int place, int value) => BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(place), checked((ushort)value));

    public byte[] ToArray() => Written.ToArray();

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }

        var room = _bytes.AsSpan(Length, count);
        Length += count;
        return room;
    }
}
