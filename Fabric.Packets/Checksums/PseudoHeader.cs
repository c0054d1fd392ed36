using Fabric.Packets.Addresses;

namespace Fabric.Packets.Checksums;

/// <summary>The sum of what TCP, UDP and ICMPv6 borrow from IP for their checksums (RFC 9293, section 3.1; RFC 8200, section 8.1).</summary>
public static class PseudoHeader
{
    public static ulong Sum(IpAddress source, IpAddress destination, IpProtocol protocol, int length)
    {
        Span<byte> addresses = stackalloc byte[32];
        source.Write(addresses);
        destination.Write(addresses[source.Length..]);
        return Sum(addresses[..(source.Length + destination.Length)], protocol, length);
    }

    /// <summary>From the two addresses as they stand next to each other in either IP header: 8 or 32 bytes.</summary>
    public static ulong Sum(ReadOnlySpan<byte> addresses, IpProtocol protocol, int length)
    {
        ulong sum = InternetChecksum.Add(0, addresses);
        sum = InternetChecksum.Add(sum, (ushort)protocol);
        sum = InternetChecksum.Add(sum, (ushort)(length >> 16));
        return InternetChecksum.Add(sum, (ushort)length);
    }
}
