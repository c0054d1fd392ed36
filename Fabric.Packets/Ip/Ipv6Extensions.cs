using Fabric.Packets.Addresses;

namespace Fabric.Packets.Ip;

/// <summary>A walk along IPv6 extension headers to the upper-layer header (RFC 8200, section 4; RFC 4302 for AH).</summary>
public readonly record struct Ipv6Extensions
{
    /// <summary>More headers than this are nobody's traffic (RFC 8504, section 5.3, allows a limit).</summary>
    public const int MaxHeaders = 8;

    /// <summary>The first header that is no extension: a transport, ESP, or NoNextHeader.</summary>
    public IpProtocol Protocol { get; private init; }

    /// <summary>Length of all extension headers: where that first header starts in the payload.</summary>
    public int Length { get; private init; }

    public bool HasFragment { get; private init; }

    /// <summary>Where the fragment header starts in the payload, if there is one.</summary>
    public int FragmentHeaderOffset { get; private init; }

    /// <summary>The fragment header, if there is one.</summary>
    public Ipv6Fragment Fragment { get; private init; }

    /// <summary>True for a fragment other than the first: it has no upper-layer header.</summary>
    public bool IsLaterFragment => HasFragment && Fragment.Offset > 0;

    /// <summary>Walks a packet's payload. False if a header is cut short or there are too many.</summary>
    public static bool TryWalk(IpProtocol first, ReadOnlySpan<byte> payload, out Ipv6Extensions extensions)
    {
        extensions = default;
        var protocol = first;
        int offset = 0;
        bool hasFragment = false;
        int fragmentAt = 0;
        Ipv6Fragment fragment = default;

        for (int headers = 0; IsExtension(protocol); headers++)
        {
            if (headers == MaxHeaders || payload.Length - offset < 8)
            {
                return false;
            }

            var header = payload[offset..];
            int length = protocol switch
            {
                IpProtocol.Ipv6Fragment => Ipv6Fragment.Length,
                IpProtocol.AuthenticationHeader => (header[1] + 2) * 4,
                _ => (header[1] + 1) * 8,
            };
            if (length > header.Length)
            {
                return false;
            }

            bool isFragment = protocol == IpProtocol.Ipv6Fragment;
            if (isFragment)
            {
                if (hasFragment)
                {
                    return false; // one suffices; two are an evasion
                }

                hasFragment = true;
                fragmentAt = offset;
                _ = Ipv6Fragment.TryParse(header, out fragment);
            }

            protocol = (IpProtocol)header[0];
            offset += length;
            if (isFragment && fragment.Offset > 0)
            {
                break; // what follows is the middle of something
            }
        }

        extensions = new Ipv6Extensions
        {
            Protocol = protocol,
            Length = offset,
            HasFragment = hasFragment,
            FragmentHeaderOffset = fragmentAt,
            Fragment = fragment,
        };
        return true;
    }

    private static bool IsExtension(IpProtocol protocol) => protocol is IpProtocol.HopByHop or IpProtocol.Ipv6Route
        or IpProtocol.Ipv6Fragment or IpProtocol.AuthenticationHeader or IpProtocol.Ipv6DestinationOptions;
}
