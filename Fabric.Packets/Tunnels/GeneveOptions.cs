using System.Buffers.Binary;

namespace Fabric.Packets.Tunnels;

/// <summary>One Geneve option, read in place (RFC 8926, section 3.5).</summary>
public readonly ref struct GeneveOption(ReadOnlySpan<byte> bytes)
{
    public const int HeaderLength = 4;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public ushort Class => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>The whole byte, critical bit included.</summary>
    public byte Type => _bytes[2];

    /// <summary>A receiver that does not know it must drop the packet.</summary>
    public bool IsCritical => (_bytes[2] & 0x80) != 0;

    public ReadOnlySpan<byte> Value => _bytes[HeaderLength..];
}

/// <summary>The options of a Geneve header, one after another.</summary>
public ref struct GeneveOptions(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public GeneveOption Current { get; private set; }

    public readonly GeneveOptions GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.Length < GeneveOption.HeaderLength || _rest.Length < LengthOf(_rest))
        {
            return false;
        }

        Current = new GeneveOption(_rest[..LengthOf(_rest)]);
        _rest = _rest[LengthOf(_rest)..];
        return true;
    }

    internal static bool AreWhole(ReadOnlySpan<byte> bytes)
    {
        var options = new GeneveOptions(bytes);
        while (options.MoveNext())
        {
        }

        return options._rest.IsEmpty;
    }

    private static int LengthOf(ReadOnlySpan<byte> bytes) => GeneveOption.HeaderLength + ((bytes[3] & 0x1F) * 4);
}
