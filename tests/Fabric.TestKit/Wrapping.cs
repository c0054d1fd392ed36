using System.Buffers.Binary;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Tunnels;

namespace Fabric.TestKit;

/// <summary>What can be done to a whole frame: tagged, wrapped in a tunnel, cut into fragments, damaged.</summary>
public static class Wrapping
{
    /// <summary>The frame with one more tag, outermost.</summary>
    public static byte[] Tagged(this byte[] frame, ushort vlan, int priority = 0, EtherType type = EtherType.Vlan)
    {
        var tagged = new byte[frame.Length + VlanView.TagLength];
        frame.AsSpan(0, 12).CopyTo(tagged);
        BinaryPrimitives.WriteUInt16BigEndian(tagged.AsSpan(12), (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(tagged.AsSpan(14), new VlanTag(new VlanId(vlan), priority).Control);
        frame.AsSpan(12).CopyTo(tagged.AsSpan(16));
        return tagged;
    }

    /// <summary>The frame as Geneve's UDP payload.</summary>
    public static byte[] GenevePayload(this byte[] inner, uint vni, TepOption? tep = null, bool isControl = false)
    {
        var options = Array.Empty<byte>();
        if (tep is { } option)
        {
            options = new byte[TepOption.Length];
            option.Write(options);
        }

        var header = new GeneveHeader(new Vni(vni)) { Options = options, IsControl = isControl };
        var bytes = new byte[header.Length + inner.Length];
        header.Write(bytes);
        inner.CopyTo(bytes, header.Length);
        return bytes;
    }

    /// <summary>The frame in Geneve between two tunnel endpoints.</summary>
    public static byte[] Geneve(
        this byte[] inner, string from, string to, uint vni, TepOption? tep = null, bool isControl = false, ushort fromPort = 50000)
        => Frames.Udp(from, to, fromPort, GeneveView.UdpPort, inner.GenevePayload(vni, tep, isControl));

    /// <summary>The frame as VXLAN's UDP payload.</summary>
    public static byte[] VxlanPayload(this byte[] inner, uint vni, byte extraFlags = 0)
    {
        var bytes = new byte[VxlanHeader.Length + inner.Length];
        new VxlanHeader(new Vni(vni)) { ExtraFlags = extraFlags }.Write(bytes);
        inner.CopyTo(bytes, VxlanHeader.Length);
        return bytes;
    }

    /// <summary>The frame in VXLAN between two tunnel endpoints.</summary>
    public static byte[] Vxlan(this byte[] inner, string from, string to, uint vni, ushort fromPort = 50000)
        => Frames.Udp(from, to, fromPort, VxlanView.UdpPort, inner.VxlanPayload(vni));

    /// <summary>An IPv4 or IPv6 frame in parts whose IP packets are no longer than the MTU.</summary>
    public static IReadOnlyList<byte[]> Fragments(this byte[] frame, int mtu, uint identification = 0x4242)
    {
        _ = FrameLayout.Parse(frame, out var layout);
        int overhead = layout.IsIpv4 ? Ipv4View.MinimumHeaderLength : Ipv6View.HeaderLength + Ipv6Fragment.Length;
        int step = (mtu - overhead) / 8 * 8;
        byte[] data = layout.Transport(frame).ToArray();
        var parts = new List<byte[]>();
        for (int offset = 0; offset < data.Length; offset += step)
        {
            int length = Math.Min(step, data.Length - offset);
            bool hasMore = offset + length < data.Length;
            var part = new byte[layout.NetworkOffset + overhead + length];
            frame.AsSpan(0, layout.NetworkOffset).CopyTo(part);
            var packet = part.AsSpan(layout.NetworkOffset);
            if (layout.IsIpv4)
            {
                new Ipv4Header(layout.Source(frame), layout.Destination(frame), layout.Protocol, length)
                {
                    Identification = (ushort)identification,
                    FragmentOffset = offset,
                    MoreFragments = hasMore,
                }.Write(packet);
            }
            else
            {
                new Ipv6Header(layout.Source(frame), layout.Destination(frame), IpProtocol.Ipv6Fragment, Ipv6Fragment.Length + length).Write(packet);
                new Ipv6Fragment(layout.Protocol, offset, hasMore, identification).Write(packet[Ipv6View.HeaderLength..]);
            }

            data.AsSpan(offset, length).CopyTo(packet[overhead..]);
            parts.Add(part);
        }

        return parts;
    }

    /// <summary>The frame with one bit turned over.</summary>
    public static byte[] WithBitFlipped(this byte[] frame, int bit)
    {
        byte[] damaged = [.. frame];
        damaged[bit / 8 % damaged.Length] ^= (byte)(1 << (bit % 8));
        return damaged;
    }

    /// <summary>A BFD control packet between two tunnel endpoints, as the innermost frame.</summary>
    public static byte[] BfdFrame(string from, string to, BfdHeader header, ushort fromPort = 49152)
    {
        var payload = new byte[BfdHeader.Length];
        header.Write(payload);
        return Frames.Udp(from, to, fromPort, BfdView.UdpPort, payload, ttl: 255);
    }
}
