using System.Globalization;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog;

/// <summary>Reads the forms of text that fields may be limited to.</summary>
internal static class TextForms
{
    public static bool IsWritten(string text, TextForm form) => form switch
    {
        TextForm.Ip => IpAddress.TryParse(text, out _),
        TextForm.Cidr => text.Contains('/', StringComparison.Ordinal) && IpPrefix.TryParse(text, out _),
        TextForm.IpOrCidrOrRange => TryRange(text, out _, out _),
        TextForm.Mac => MacAddress.TryParse(text, out _),
        _ => TryPorts(text, out _, out _),
    };

    public static string Describe(TextForm form) => form switch
    {
        TextForm.Ip => "an IP address",
        TextForm.Cidr => "a CIDR block such as 10.0.0.0/24",
        TextForm.IpOrCidrOrRange => "an IP address, a CIDR block, or a range such as 10.0.0.1-10.0.0.9",
        TextForm.Mac => "a MAC address such as 02:50:56:56:44:52",
        _ => "a port or a range such as 8000-8010",
    };

    /// <summary>"10.0.0.1", "10.0.0.0/24" or "10.0.0.1-10.0.0.9" as its first and last address.</summary>
    public static bool TryRange(string text, out IpAddress first, out IpAddress last)
    {
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash >= 0)
        {
            last = default;
            return IpAddress.TryParse(text[..dash].Trim(), out first) && IpAddress.TryParse(text[(dash + 1)..].Trim(), out last)
                && first.IsIpv4 == last.IsIpv4 && first <= last;
        }

        bool read = IpPrefix.TryParse(text, out var prefix);
        first = read ? prefix.Network : default;
        last = read ? prefix.Last : default;
        return read;
    }

    /// <summary>"80" or "8000-8010".</summary>
    public static bool TryPorts(string text, out ushort first, out ushort last)
    {
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        last = 0;
        return ushort.TryParse(dash < 0 ? text : text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out first)
            && ushort.TryParse(dash < 0 ? text : text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out last)
            && first <= last;
    }

    /// <summary>255.255.255.0 as 24; false for a mask with holes.</summary>
    public static bool TryMask(string text, out int length)
    {
        length = 0;
        if (!IpAddress.TryParse(text, out var mask))
        {
            return false;
        }

        var bits = mask.IsIpv4 ? (UInt128)mask.Ipv4 << 96 : mask.Bits;
        length = (int)UInt128.LeadingZeroCount(~bits);
        return (bits << length) == 0 || length == 128;
    }
}
