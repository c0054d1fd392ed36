using System.Buffers.Binary;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Ip;

/// <summary>Kinds of neighbor discovery options (RFC 4861, section 4.6).</summary>
public enum NdOptionType : byte
{
    SourceLinkAddress = 1,
    TargetLinkAddress = 2,
    PrefixInformation = 3,
    RedirectedHeader = 4,
    Mtu = 5,
}

/// <summary>One neighbor discovery option, read in place.</summary>
public readonly ref struct NdOption(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public NdOptionType Type => (NdOptionType)_bytes[0];

    /// <summary>What stands behind type and length.</summary>
    public ReadOnlySpan<byte> Value => _bytes[2..];

    /// <summary>Of a link address option for Ethernet.</summary>
    public MacAddress LinkAddress => MacAddress.Read(_bytes[2..]);

    /// <summary>Of the MTU option.</summary>
    public uint Mtu => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);
}

/// <summary>The options of a neighbor discovery message, one after another; ends early at one that is cut short or of length zero.</summary>
public ref struct NdOptions(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public NdOption Current { get; private set; }

    public readonly NdOptions GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.Length < 8 || _rest[1] == 0 || _rest[1] * 8 > _rest.Length)
        {
            return false;
        }

        Current = new NdOption(_rest[..(_rest[1] * 8)]);
        _rest = _rest[(_rest[1] * 8)..];
        return true;
    }

    /// <summary>True if options fill the bytes exactly, as RFC 4861, section 6.1 and 7.1, demands.</summary>
    internal static bool AreWhole(ReadOnlySpan<byte> bytes)
    {
        var options = new NdOptions(bytes);
        while (options.MoveNext())
        {
        }

        return options._rest.IsEmpty;
    }

    /// <summary>The first Ethernet address among options of this type.</summary>
    public static bool TryFindLinkAddress(ReadOnlySpan<byte> bytes, NdOptionType type, out MacAddress mac)
    {
        foreach (var option in new NdOptions(bytes))
        {
            if (option.Type == type)
            {
                mac = option.LinkAddress;
                return true;
            }
        }

        mac = default;
        return false;
    }
}
