using Fabric.Contracts.V1;
using Fabric.Manager.Catalog;
using Fabric.Packets.Addresses;
using Google.Protobuf;

namespace Fabric.Manager.Publishing;

/// <summary>Addresses as the API writes them, turned into the bytes of the contract.</summary>
internal static class WireAddresses
{
    private const int AnyVlan = -1;

    public static ByteString Ip(string? text)
        => IpAddress.TryParse(text, out var address) ? ByteString.CopyFrom(address.ToBytes()) : ByteString.Empty;

    public static ByteString Mac(string? text)
        => MacAddress.TryParse(text, out var mac) ? ByteString.CopyFrom(mac.ToBytes()) : ByteString.Empty;

    public static ByteString Bytes(this IpAddress address) => ByteString.CopyFrom(address.ToBytes());

    /// <summary>An address, a subnet, or "first-last".</summary>
    public static IpRange? Range(string text)
    {
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
        {
            return IpPrefix.TryParse(text, out var prefix)
                ? new IpRange { First = prefix.Network.Bytes(), Last = prefix.Last.Bytes() }
                : null;
        }

        return IpAddress.TryParse(text[..dash].Trim(), out var first) && IpAddress.TryParse(text[(dash + 1)..].Trim(), out var last)
            ? new IpRange { First = first.Bytes(), Last = last.Bytes() }
            : null;
    }

    /// <summary>One binding, or for a range of addresses the subnets that it consists of.</summary>
    public static IEnumerable<AddressBinding> Bindings(PacketAddressClassifier stated)
    {
        var mac = Mac(stated.MacAddress);
        int vlan = stated.Vlan ?? AnyVlan;
        if (stated.IpAddress is not { Length: > 0 } text)
        {
            return [new AddressBinding { Mac = mac, Vlan = vlan }];
        }

        return Prefixes(text).Select(prefix
            => new AddressBinding { Mac = mac, Ip = prefix.Address.Bytes(), PrefixLength = (uint)prefix.Length, Vlan = vlan });
    }

    private static IEnumerable<IpPrefix> Prefixes(string text)
    {
        if (IpPrefix.TryParse(text, out var whole))
        {
            yield return whole;
            yield break;
        }

        if (Range(text) is not { } range || !IpAddress.TryRead(range.First.Span, out var next) || !IpAddress.TryRead(range.Last.Span, out var last))
        {
            yield break;
        }

        while (next <= last)
        {
            // The largest subnet that begins here and ends within the range.
            int length = next.Length * 8;
            while (length > 0 && new IpPrefix(next, length - 1) is var larger && larger.Network == next && larger.Last <= last)
            {
                length--;
            }

            var prefix = new IpPrefix(next, length);
            yield return prefix;
            if (prefix.Last == last)
            {
                yield break;
            }

            next = new IpAddress(prefix.Last.Bits + 1);
        }
    }
}
