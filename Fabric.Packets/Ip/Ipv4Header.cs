using System.Buffers.Binary;
using Fabric.Packets.Addresses;
using Fabric.Packets.Checksums;

namespace Fabric.Packets.Ip;

/// <summary>An IPv4 header to send. Writes its own checksum.</summary>
public readonly record struct Ipv4Header(IpAddress Source, IpAddress Destination, IpProtocol Protocol, int PayloadLength)
{
    public const byte DefaultTimeToLive = 64;

    public byte TimeToLive { get; init; } = DefaultTimeToLive;

    public int Dscp { get; init; }

    public int Ecn { get; init; }

    public ushort Identification { get; init; }

    public bool DontFragment { get; init; }

    public bool MoreFragments { get; init; }

    /// <summary>In bytes, a multiple of eight.</summary>
    public int FragmentOffset { get; init; }

    /// <summary>Whole options, padded to a multiple of four bytes, 40 at most.</summary>
    public ReadOnlyMemory<byte> Options { get; init; }

    public int Length => Ipv4View.MinimumHeaderLength + Options.Length;

    public void Write(Span<byte> bytes)
    {
        bytes[0] = (byte)(0x40 | (Length / 4));
        bytes[1] = (byte)((Dscp << 2) | (Ecn & 3));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], (ushort)(Length + PayloadLength));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], Identification);
        BinaryPrimitives.WriteUInt16BigEndian(
            bytes[6..], (ushort)((DontFragment ? 0x4000 : 0) | (MoreFragments ? 0x2000 : 0) | (FragmentOffset / 8)));
        bytes[8] = TimeToLive;
        bytes[9] = (byte)Protocol;
        bytes[10] = 0;
        bytes[11] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], Source.Ipv4);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[16..], Destination.Ipv4);
        Options.Span.CopyTo(bytes[Ipv4View.MinimumHeaderLength..]);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[10..], InternetChecksum.Of(bytes[..Length]));
    }
}
