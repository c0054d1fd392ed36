using System.Buffers.Binary;
using Fabric.NodeOvs.Datapath.Translation;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Checksums;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;

namespace Fabric.NodeOvs.Datapath.Execution;

/// <summary>The actions that change a packet, done in place with its checksums mended.</summary>
internal static class PacketEdits
{
    /// <summary>Does one; an action that does not fit the packet does nothing.</summary>
    public static void Do(PacketAction action, FrameBuffer frame, ref FrameLayout layout)
    {
        switch (action)
        {
            case PacketAction.SetEthernet set:
                EthernetEdits.ReplaceMacs(frame.Bytes, new MacAddress(set.Destination), new MacAddress(set.Source));
                break;
            case PacketAction.PushVlan push:
                EthernetEdits.PushVlan(frame, new VlanTag(push.Control));
                layout = layout.WithOuterTag(new VlanTag(push.Control));
                break;
            case PacketAction.PopVlan when layout.IsTagged:
                EthernetEdits.PopVlan(frame);
                layout = layout.WithoutOuterTag();
                break;
            case PacketAction.SetVlan set when layout.IsTagged:
                BinaryPrimitives.WriteUInt16BigEndian(frame.Bytes[14..], set.Control);
                break;
            case PacketAction.SetIpSource set when layout.IsIp:
                IpEdits.SetSource(frame.Bytes, layout, Address(layout, set.Address));
                break;
            case PacketAction.SetIpDestination set when layout.IsIp:
                IpEdits.SetDestination(frame.Bytes, layout, Address(layout, set.Address));
                break;
            case PacketAction.SetTos set when layout.IsIp:
                SetTos(frame.Bytes, layout, set.Tos);
                break;
            case PacketAction.SetTtl set when layout.IsIp:
                SetTtl(frame.Bytes, layout, set.Ttl);
                break;
            case PacketAction.SetSourcePort set when layout.HasPorts:
                TransportEdits.SetSourcePort(frame.Bytes, layout, set.Port);
                break;
            case PacketAction.SetDestinationPort set when layout.HasPorts:
                TransportEdits.SetDestinationPort(frame.Bytes, layout, set.Port);
                break;
            case PacketAction.SetArp set when layout.IsArp:
                SetArp(frame.Bytes[layout.NetworkOffset..], set);
                break;
            default:
                break;
        }
    }

    private static IpAddress Address(in FrameLayout layout, UInt128 bits) => layout.IsIpv4 ? IpAddress.FromIpv4((uint)bits) : new IpAddress(bits);

    private static void SetTos(Span<byte> frame, in FrameLayout layout, byte tos)
    {
        var ip = frame[layout.NetworkOffset..];
        ushort before = BinaryPrimitives.ReadUInt16BigEndian(ip);
        ushort after = layout.IsIpv4 ? (ushort)((before & 0xFF00) | tos) : (ushort)((before & 0xF00F) | (tos << 4));
        BinaryPrimitives.WriteUInt16BigEndian(ip, after);
        Mend(ip, layout, before, after);
    }

    private static void SetTtl(Span<byte> frame, in FrameLayout layout, byte ttl)
    {
        var ip = frame[layout.NetworkOffset..];
        if (!layout.IsIpv4)
        {
            ip[7] = ttl;
            return;
        }

        ushort before = BinaryPrimitives.ReadUInt16BigEndian(ip[8..]);
        ip[8] = ttl;
        Mend(ip, layout, before, BinaryPrimitives.ReadUInt16BigEndian(ip[8..]));
    }

    private static void Mend(Span<byte> ip, in FrameLayout layout, ushort before, ushort after)
    {
        if (layout.IsIpv4)
        {
            ushort checksum = BinaryPrimitives.ReadUInt16BigEndian(ip[10..]);
            BinaryPrimitives.WriteUInt16BigEndian(ip[10..], IncrementalChecksum.Replace16(checksum, before, after));
        }
    }

    private static void SetArp(Span<byte> arp, PacketAction.SetArp set)
    {
        BinaryPrimitives.WriteUInt16BigEndian(arp[6..], set.Operation);
        new MacAddress(set.SenderMac).Write(arp[8..]);
        BinaryPrimitives.WriteUInt32BigEndian(arp[14..], set.SenderIp);
        new MacAddress(set.TargetMac).Write(arp[18..]);
        BinaryPrimitives.WriteUInt32BigEndian(arp[24..], set.TargetIp);
    }
}
