using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Fabric.Packets.Addresses;

/// <summary>An IPv4 or IPv6 address in 128 bits; IPv4 stands as ::ffff:a.b.c.d (RFC 4291, section 2.5.5.2), so both compare alike.</summary>
public readonly record struct IpAddress(UInt128 Bits) : IComparable<IpAddress>
{
    private static readonly UInt128 MappedPrefix = (UInt128)0xFFFF << 32;

    public bool IsIpv4 => Bits >> 32 == 0xFFFF;

    /// <summary>The address of IPv4, first octet highest. Meaningless for IPv6.</summary>
    public uint Ipv4 => (uint)Bits;

    /// <summary>0.0.0.0 or ::.</summary>
    public bool IsUnspecified => Bits == 0 || Bits == MappedPrefix;

    /// <summary>224.0.0.0/4 or ff00::/8.</summary>
    public bool IsMulticast => IsIpv4 ? Ipv4 >> 28 == 0xE : Bits >> 120 == 0xFF;

    /// <summary>169.254.0.0/16 or fe80::/10.</summary>
    public bool IsLinkLocal => IsIpv4 ? Ipv4 >> 16 == 0xA9FE : Bits >> 118 == 0x3FA;

    /// <summary>Bytes on the wire: 4 or 16.</summary>
    public int Length => IsIpv4 ? 4 : 16;

    public static IpAddress FromIpv4(uint address) => new(MappedPrefix | address);

    /// <summary>Reads 4 octets; the caller has checked that they are there.</summary>
    public static IpAddress ReadIpv4(ReadOnlySpan<byte> bytes) => FromIpv4(BinaryPrimitives.ReadUInt32BigEndian(bytes));

    /// <summary>Reads 16 octets; the caller has checked that they are there.</summary>
    public static IpAddress ReadIpv6(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    /// <summary>Reads an address of 4 or 16 octets.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out IpAddress address)
    {
        address = bytes.Length switch { 4 => ReadIpv4(bytes), 16 => ReadIpv6(bytes), _ => default };
        return bytes.Length is 4 or 16;
    }

    /// <summary>Writes 4 or 16 octets, by family.</summary>
    public void Write(Span<byte> bytes)
    {
        if (IsIpv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, Ipv4);
        }
        else
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);
        }
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Write(bytes);
        return bytes;
    }

    /// <summary>A dotted quad of four numbers, or IPv6 text without a zone.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out IpAddress address)
    {
        address = default;
        if (text is null || text.Contains('%', StringComparison.Ordinal) || text.StartsWith('[') || !IPAddress.TryParse(text, out var parsed))
        {
            return false;
        }

        if (parsed.AddressFamily == AddressFamily.InterNetwork && text.AsSpan().Count('.') != 3)
        {
            return false; // 10.1 and 167772161 are addresses to the framework, not to people
        }

        return TryRead(parsed.GetAddressBytes(), out address);
    }

    /// <exception cref="FormatException">The text is not an IP address.</exception>
    public static IpAddress Parse(string text)
        => TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is no IP address");

    public IPAddress ToIPAddress() => new(ToBytes());

    public int CompareTo(IpAddress other) => Bits.CompareTo(other.Bits);

    public static bool operator <(IpAddress left, IpAddress right) => left.Bits < right.Bits;

    public static bool operator >(IpAddress left, IpAddress right) => left.Bits > right.Bits;

    public static bool operator <=(IpAddress left, IpAddress right) => left.Bits <= right.Bits;

    public static bool operator >=(IpAddress left, IpAddress right) => left.Bits >= right.Bits;

    public override string ToString() => ToIPAddress().ToString();
}
