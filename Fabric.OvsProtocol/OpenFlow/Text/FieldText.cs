using System.Globalization;
using System.Net;
using Fabric.OvsProtocol.OpenFlow.Fields;

namespace Fabric.OvsProtocol.OpenFlow.Text;

/// <summary>Values of fields as ovs-ofctl writes and reads them (ovs-fields(7)).</summary>
public static class FieldText
{
    private static readonly (string Name, uint Bit)[] CtStates =
    [
        ("new", 0x01), ("est", 0x02), ("rel", 0x04), ("rpl", 0x08), ("inv", 0x10), ("trk", 0x20), ("snat", 0x40), ("dnat", 0x80),
    ];

    private static readonly (string Name, uint Bit)[] TcpFlagNames =
    [
        ("fin", 0x001), ("syn", 0x002), ("rst", 0x004), ("psh", 0x008), ("ack", 0x010), ("urg", 0x020), ("ece", 0x040), ("cwr", 0x080), ("ns", 0x100),
    ];

    /// <summary>A value, with its mask unless that is all ones.</summary>
    public static string Format(FieldMatch match)
    {
        if (match.Id is FieldId.CtState or FieldId.TcpFlags)
        {
            return Flags(match);
        }

        string value = Value(match.Field, match.Value);
        return match.IsExact ? value : match.Field.Format switch
        {
            FieldFormat.Ipv4 when PrefixLength(match.Mask, 32) is { } length => $"{value}/{length}",
            FieldFormat.Ipv6 when PrefixLength(match.Mask, 128) is { } length => $"{value}/{length}",
            FieldFormat.Decimal => $"0x{match.Value:x}/0x{match.Mask:x}",
            _ => $"{value}/{Value(match.Field, match.Mask)}",
        };
    }

    public static string Value(Field field, UInt128 value)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Format switch
        {
            FieldFormat.Mac => string.Join(':', Enumerable.Range(0, 6).Select(i => ((byte)(value >> (40 - (8 * i)))).ToString("x2", CultureInfo.InvariantCulture))),
            FieldFormat.Ipv4 => new IPAddress([(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]).ToString(),
            FieldFormat.Ipv6 => new IPAddress(Bytes(value)).ToString(),
            FieldFormat.Port => OfPort.Describe((uint)value),
            FieldFormat.Decimal => value.ToString(CultureInfo.InvariantCulture),
            _ => value == 0 ? "0" : $"0x{value:x}",
        };
    }

    /// <summary>Reads <c>value</c> or <c>value/mask</c>.</summary>
    /// <exception cref="FormatException">It is neither; the message says what would be.</exception>
    public static FieldMatch Parse(Field field, string text)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(text);
        if (text == "*")
        {
            return new FieldMatch(field.Id, 0, 0);
        }

        if ((field.Id is FieldId.CtState or FieldId.TcpFlags) && text.Length > 0 && (text[0] is '+' or '-' || char.IsAsciiLetter(text[0])))
        {
            return ParseFlags(field, text);
        }

        int slash = text.IndexOf('/', StringComparison.Ordinal);
        var value = ParseValue(field, slash < 0 ? text : text[..slash]);
        var mask = slash < 0 ? field.AllOnes : ParseMask(field, text[(slash + 1)..]);
        if (value > field.AllOnes || mask > field.AllOnes)
        {
            throw new FormatException($"{field.Name}: {text} has more than {field.Bits} bits");
        }

        return new FieldMatch(field.Id, value & mask, mask);
    }

    /// <exception cref="FormatException">It is no number.</exception>
    public static UInt128 Number(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool hexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return (hexadecimal
            ? UInt128.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            : UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number))
            ? number
            : throw new FormatException($"\"{text}\" is no number");
    }

    private static UInt128 ParseValue(Field field, string text)
    {
        switch (field.Format)
        {
            case FieldFormat.Mac when text.Contains(':', StringComparison.Ordinal):
                string[] parts = text.Split(':');
                return parts.Length == 6 && parts.All(part => byte.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _))
                    ? parts.Aggregate((UInt128)0, (sum, part) => (sum << 8) | byte.Parse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))
                    : throw new FormatException($"{field.Name}: \"{text}\" is no Ethernet address");
            case FieldFormat.Ipv4 when text.Contains('.', StringComparison.Ordinal):
            case FieldFormat.Ipv6 when text.Contains(':', StringComparison.Ordinal):
                return IPAddress.TryParse(text, out var address) && address.GetAddressBytes().Length == (field.Format == FieldFormat.Ipv4 ? 4 : 16)
                    ? address.GetAddressBytes().Aggregate((UInt128)0, (sum, octet) => (sum << 8) | octet)
                    : throw new FormatException($"{field.Name}: \"{text}\" is no {field.Format} address");
            case FieldFormat.Port:
                return OfPort.TryParse(text, out uint port) ? port : throw new FormatException($"{field.Name}: \"{text}\" is no port; expected a number or a name such as LOCAL");
            default:
                return Number(text);
        }
    }

    private static UInt128 ParseMask(Field field, string text)
    {
        if (field.Format is FieldFormat.Ipv4 or FieldFormat.Ipv6 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int length))
        {
            return length <= field.Bits ? length == 0 ? 0 : field.AllOnes & (field.AllOnes << (field.Bits - length)) : throw new FormatException($"{field.Name}: a prefix has at most {field.Bits} bits");
        }

        return ParseValue(field, text);
    }

    private static FieldMatch ParseFlags(Field field, string text)
    {
        var names = field.Id == FieldId.CtState ? CtStates : TcpFlagNames;
        uint value = 0;
        uint mask = 0;
        if (text[0] is not ('+' or '-'))
        {
            foreach (string name in text.Split('|'))
            {
                value |= Bit(names, name, field);
            }

            return new FieldMatch(field.Id, value, field.AllOnes);
        }

        int at = 0;
        while (at < text.Length)
        {
            int next = text.AsSpan(at + 1).IndexOfAny('+', '-');
            string name = next < 0 ? text[(at + 1)..] : text.Substring(at + 1, next);
            uint bit = Bit(names, name, field);
            mask |= bit;
            value |= text[at] == '+' ? bit : 0;
            at = next < 0 ? text.Length : at + 1 + next;
        }

        return new FieldMatch(field.Id, value, mask);
    }

    private static uint Bit((string Name, uint Bit)[] names, string name, Field field)
        => Array.Find(names, each => each.Name == name).Bit is not 0 and var bit ? bit
            : throw new FormatException($"{field.Name}: \"{name}\" is none of {string.Join(", ", names.Select(each => each.Name))}");

    private static string Flags(FieldMatch match)
    {
        var names = match.Id == FieldId.CtState ? CtStates : TcpFlagNames;
        if ((match.Mask & ~names.Aggregate((UInt128)0, (sum, each) => sum | each.Bit)) != 0)
        {
            return match.IsExact ? $"0x{match.Value:x}" : $"0x{match.Value:x}/0x{match.Mask:x}";
        }

        return string.Concat(names.Where(each => (match.Mask & each.Bit) != 0).Select(each => ((match.Value & each.Bit) != 0 ? "+" : "-") + each.Name));
    }

    private static int? PrefixLength(UInt128 mask, int bits)
    {
        int ones = (int)UInt128.PopCount(mask);
        var prefix = ones == 0 ? 0 : (bits == 128 ? UInt128.MaxValue : (UInt128.One << bits) - 1) & ((bits == 128 ? UInt128.MaxValue : (UInt128.One << bits) - 1) << (bits - ones));
        return mask == prefix ? ones : null;
    }

    private static byte[] Bytes(UInt128 value)
    {
        var bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return bytes;
    }
}
