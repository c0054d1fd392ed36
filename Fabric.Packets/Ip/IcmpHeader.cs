using System.Buffers.Binary;

namespace Fabric.Packets.Ip;

/// <summary>An ICMP or ICMPv6 header to send. Its checksum is filled in once the payload stands: <c>TransportChecksum.Fill</c>.</summary>
public readonly record struct IcmpHeader(byte Type, byte Code, uint Rest)
{
    public const int Length = IcmpView.HeaderLength;

    public IcmpHeader(IcmpType type, byte code = 0, uint rest = 0)
        : this((byte)type, code, rest)
    {
    }

    public IcmpHeader(IcmpV6Type type, byte code = 0, uint rest = 0)
        : this((byte)type, code, rest)
    {
    }

    public static IcmpHeader Echo(IcmpType type, ushort identifier, ushort sequence)
        => new(type, 0, ((uint)identifier << 16) | sequence);

    public static IcmpHeader Echo(IcmpV6Type type, ushort identifier, ushort sequence)
        => new(type, 0, ((uint)identifier << 16) | sequence);

    /// <summary>Destination unreachable, fragmentation needed (RFC 1191, section 4).</summary>
    public static IcmpHeader FragmentationNeeded(int nextHopMtu) => new(IcmpType.DestinationUnreachable, 4, (ushort)nextHopMtu);

    /// <summary>Packet too big (RFC 4443, section 3.2).</summary>
    public static IcmpHeader PacketTooBig(int mtu) => new(IcmpV6Type.PacketTooBig, 0, (uint)mtu);

    public void Write(Span<byte> bytes)
    {
        bytes[0] = Type;
        bytes[1] = Code;
        bytes[2] = 0;
        bytes[3] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], Rest);
    }
}
