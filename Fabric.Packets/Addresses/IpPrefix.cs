using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Fabric.Packets.Addresses;

/// <summary>An address with a prefix length: a subnet, or an interface's address within it. Host bits are kept.</summary>
public readonly record struct IpPrefix(IpAddress Address, int Length)
{
    /// <summary>32 or 128.</summary>
    public int MaxLength => Address.IsIpv4 ? 32 : 128;

    /// <summary>The first address of the subnet.</summary>
    public IpAddress Network => new(Address.Bits & Mask);

    /// <summary>The last address of the subnet; of IPv4, its broadcast address.</summary>
    public IpAddress Last => new(Address.Bits | ~Mask);

    private UInt128 Mask
    {
        get
        {
            int hostBits = MaxLength - Length;
            return hostBits >= 128 ? UInt128.Zero : UInt128.MaxValue << hostBits;
        }
    }

    public bool Contains(IpAddress address)
        => address.IsIpv4 == Address.IsIpv4 && (address.Bits & Mask) == (Address.Bits & Mask);

    /// <summary>"10.0.0.0/24", "2001:db8::/64"; an address alone is a prefix of full length.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out IpPrefix prefix)
    {
        prefix = default;
        if (text is null)
        {
            return false;
        }

        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IpAddress.TryParse(slash < 0 ? text : text[..slash], out var address))
        {
            return false;
        }

        int max = address.IsIpv4 ? 32 : 128;
        int length = max;
        if (slash >= 0
            && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > max))
        {
            return false;
        }

        prefix = new IpPrefix(address, length);
        return true;
    }

    /// <exception cref="FormatException">The text is not a prefix.</exception>
    public static IpPrefix Parse(string text)
        => TryParse(text, out var prefix) ? prefix : throw new FormatException($"'{text}' is no IP prefix such as 10.0.0.0/24");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Length}");
}
