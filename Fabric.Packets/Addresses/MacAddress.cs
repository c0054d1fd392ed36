using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Fabric.Packets.Addresses;

/// <summary>A 48-bit Ethernet address. <c>Value</c> holds it in the low 48 bits, first octet highest.</summary>
public readonly record struct MacAddress(ulong Value)
{
    public const int Length = 6;

    public static MacAddress Broadcast => new(0xFFFF_FFFF_FFFF);

    /// <summary>The group bit of the first octet: multicast or broadcast.</summary>
    public bool IsGroup => (Value & 0x0100_0000_0000) != 0;

    public bool IsBroadcast => Value == 0xFFFF_FFFF_FFFF;

    public bool IsZero => Value == 0;

    /// <summary>Reads the first six octets; the caller has checked that they are there.</summary>
    public static MacAddress Read(ReadOnlySpan<byte> bytes)
        => new(((ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]));

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(Value >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], (uint)Value);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Write(bytes);
        return bytes;
    }

    /// <summary>Six two-digit hexadecimal octets, separated by colons or hyphens.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MacAddress mac)
    {
        mac = default;
        if (text is not { Length: 17 })
        {
            return false;
        }

        ulong value = 0;
        for (int octet = 0; octet < Length; octet++)
        {
            if (octet > 0 && text[(octet * 3) - 1] is not (':' or '-'))
            {
                return false;
            }

            if (!byte.TryParse(text.AsSpan(octet * 3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte part))
            {
                return false;
            }

            value = (value << 8) | part;
        }

        mac = new MacAddress(value);
        return true;
    }

    /// <exception cref="FormatException">The text is not a MAC address.</exception>
    public static MacAddress Parse(string text)
        => TryParse(text, out var mac) ? mac : throw new FormatException($"'{text}' is no MAC address such as 02:50:56:56:44:52");

    public override string ToString()
        => string.Create(17, Value, static (text, value) =>
        {
            const string digits = "0123456789abcdef";
            for (int octet = 0; octet < Length; octet++)
            {
                int part = (int)(value >> (40 - (octet * 8))) & 0xFF;
                text[octet * 3] = digits[part >> 4];
                text[(octet * 3) + 1] = digits[part & 0xF];
                if (octet < Length - 1)
                {
                    text[(octet * 3) + 2] = ':';
                }
            }
        });
}
