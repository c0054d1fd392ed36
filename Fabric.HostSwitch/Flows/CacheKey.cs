using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;

namespace Fabric.HostSwitch.Flows;

/// <summary>
/// What makes two frames equal to the pipeline: where they entered, and their headers up to the ports. 64 bytes, one cache line, compared
/// at once.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CacheKey
{
    private ulong _origin;
    private ulong _macs0;
    private uint _macs1;
    private uint _transport; // both ports, or an echo's type, code and identifier
    private ulong _sourceHigh;
    private ulong _sourceLow;
    private ulong _destinationHigh;
    private ulong _destinationLow;
    private ulong _protocol; // EtherType and IP protocol

    /// <summary>
    /// Makes the key of a frame whose kind the cache may hold: whole TCP, UDP, SCTP and echo packets, unicast, without IP options
    /// or extension headers; tags are the caller's to judge. DHCP goes the long way, for IP discovery reads it.
    /// </summary>
    public static bool TryMake(ReadOnlySpan<byte> frame, in FrameLayout layout, ulong origin, out CacheKey key)
    {
        Unsafe.SkipInit(out key);
        int network = layout.NetworkOffset;
        if (layout.IsFragment || (frame[0] & 1) != 0)
        {
            return false;
        }

        uint transport;
        switch (layout.Protocol)
        {
            case IpProtocol.Udp:
                transport = MemoryMarshal.Read<uint>(frame[layout.TransportOffset..]);
                if (IsDhcp(layout.SourcePort(frame)) || IsDhcp(layout.DestinationPort(frame)))
                {
                    return false;
                }

                break;
            case IpProtocol.Tcp or IpProtocol.Sctp:
                transport = MemoryMarshal.Read<uint>(frame[layout.TransportOffset..]);
                break;
            case IpProtocol.Icmp when (IcmpType)frame[layout.TransportOffset] is IcmpType.EchoRequest or IcmpType.EchoReply:
            case IpProtocol.IcmpV6 when (IcmpV6Type)frame[layout.TransportOffset] is IcmpV6Type.EchoRequest or IcmpV6Type.EchoReply:
                transport = ((uint)BinaryPrimitives.ReadUInt16BigEndian(frame[layout.TransportOffset..]) << 16)
                    | BinaryPrimitives.ReadUInt16BigEndian(frame[(layout.TransportOffset + 4)..]);
                break;
            default:
                return false;
        }

        key._origin = origin;
        key._macs0 = MemoryMarshal.Read<ulong>(frame);
        key._macs1 = MemoryMarshal.Read<uint>(frame[8..]);
        key._transport = transport;
        key._protocol = ((ulong)layout.EtherType << 8) | (byte)layout.Protocol;
        if (layout.IsIpv4 && layout.TransportOffset == network + Ipv4View.MinimumHeaderLength)
        {
            key._sourceHigh = 0;
            key._sourceLow = MemoryMarshal.Read<uint>(frame[(network + 12)..]);
            key._destinationHigh = 0;
            key._destinationLow = MemoryMarshal.Read<uint>(frame[(network + 16)..]);
            return true;
        }

        if (layout.IsIpv6 && layout.TransportOffset == network + Ipv6View.HeaderLength)
        {
            key._sourceHigh = MemoryMarshal.Read<ulong>(frame[(network + 8)..]);
            key._sourceLow = MemoryMarshal.Read<ulong>(frame[(network + 16)..]);
            key._destinationHigh = MemoryMarshal.Read<ulong>(frame[(network + 24)..]);
            key._destinationLow = MemoryMarshal.Read<ulong>(frame[(network + 32)..]);
            return true;
        }

        return false;
    }

    public readonly uint Hash()
    {
        uint hash = BitOperations.Crc32C(0x9E37_79B9u, _origin ^ (_protocol << 40));
        hash = BitOperations.Crc32C(hash, _sourceLow ^ BitOperations.RotateLeft(_sourceHigh, 29));
        hash = BitOperations.Crc32C(hash, _destinationLow ^ BitOperations.RotateLeft(_destinationHigh, 29));
        hash = BitOperations.Crc32C(hash, ((ulong)_macs1 << 32) | _transport);
        return BitOperations.Crc32C(hash, _macs0) * 0x9E37_79B1u;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(ref readonly CacheKey left, ref readonly CacheKey right)
    {
        ref byte a = ref Unsafe.As<CacheKey, byte>(ref Unsafe.AsRef(in left));
        ref byte b = ref Unsafe.As<CacheKey, byte>(ref Unsafe.AsRef(in right));
        return (Vector256.LoadUnsafe(ref a) == Vector256.LoadUnsafe(ref b)) & (Vector256.LoadUnsafe(ref a, 32) == Vector256.LoadUnsafe(ref b, 32));
    }

    private static bool IsDhcp(ushort port) => port is 67 or 68 or 546 or 547;
}
