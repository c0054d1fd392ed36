using System.Buffers.Binary;
using System.Numerics;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;

namespace Fabric.HostSwitch.Tunnels;

/// <summary>
/// A number that is the same for all packets of a flow: TCP, UDP and SCTP by addresses, protocol and ports, other IP by addresses
/// and protocol, the rest by MACs and EtherType. Fragments of one packet hash alike (reference: nsx-dataplane.md, 1.5).
/// </summary>
internal static class FlowHash
{
    private const int FirstPort = 49152; // to 65535, as RFC 8926, section 3.3, advises

    public static int Of(ReadOnlySpan<byte> frame, in FrameLayout layout)
    {
        uint hash = 0x9E37_79B9;
        if (layout.IsIp)
        {
            var source = layout.Source(frame);
            var destination = layout.Destination(frame);
            hash = Add(Add(hash, source), destination);
            hash = BitOperations.Crc32C(hash, (byte)layout.Protocol);
            if (layout.HasPorts && !layout.IsFragment)
            {
                hash = BitOperations.Crc32C(hash, BinaryPrimitives.ReadUInt32BigEndian(frame[layout.TransportOffset..]));
            }
        }
        else
        {
            hash = BitOperations.Crc32C(hash, MacAddress.Read(frame).Value);
            hash = BitOperations.Crc32C(hash, MacAddress.Read(frame[6..]).Value);
            hash = BitOperations.Crc32C(hash, (ushort)layout.EtherType);
        }

        return (int)((hash ^ (hash >> 16)) & int.MaxValue);
    }

    public static ushort SourcePort(ReadOnlySpan<byte> frame, in FrameLayout layout) => (ushort)(FirstPort + (Of(frame, layout) & 0x3FFF));

    private static uint Add(uint hash, IpAddress address)
        => BitOperations.Crc32C(BitOperations.Crc32C(hash, (ulong)(address.Bits >> 64)), (ulong)address.Bits);
}
