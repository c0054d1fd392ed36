using Fabric.Contracts.V1;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;
using Fabric.Packets.Tunnels;

namespace Fabric.HostSwitch.Tunnels;

/// <summary>
/// BFD between endpoints, in the form seen on ESXi: VNI 0, Geneve's O bit, no options, and inside Ethernet, IP and UDP 3784
/// (reference: nsx-dataplane.md, 1.5). TTL 255, as RFC 5881, section 5, demands.
/// </summary>
internal static class BfdFrames
{
    private const ushort SourcePort = 49152; // RFC 5881, section 4

    private static readonly MacAddress Peer = new(0x0023_2000_0001); // whoever ends the tunnel takes it

    /// <summary>The outer source port: one for each pair of endpoints.</summary>
    public static ushort OuterPort(IpAddress local, IpAddress remote) => (ushort)(49152 + ((((uint)local.Bits * 31) + (uint)remote.Bits) % 16384));

    /// <summary>Writes the UDP payload of the tunnel datagram.</summary>
    public static void Write(FrameBuffer to, in BfdHeader message, IpAddress local, IpAddress remote, MacAddress hostMac, Encapsulation encapsulation)
    {
        var bytes = to.Reset();
        var type = local.IsIpv4 ? EtherType.Ipv4 : EtherType.Ipv6;
        new EthernetHeader(Peer, hostMac, type).Write(bytes);
        int length = UdpHeader.Length + BfdHeader.Length;
        int ip;
        if (local.IsIpv4)
        {
            new Ipv4Header(local, remote, IpProtocol.Udp, length) { TimeToLive = 255 }.Write(bytes[EthernetHeader.Length..]);
            ip = Ipv4View.MinimumHeaderLength;
        }
        else
        {
            new Ipv6Header(local, remote, IpProtocol.Udp, length) { HopLimit = 255 }.Write(bytes[EthernetHeader.Length..]);
            ip = Ipv6Header.Length;
        }

        int udp = EthernetHeader.Length + ip;
        new UdpHeader(SourcePort, BfdView.UdpPort, BfdHeader.Length).Write(bytes[udp..]);
        message.Write(bytes[(udp + UdpHeader.Length)..]);
        to.SetLength(udp + length);
        FrameLayout.Parse(to.Bytes, out var layout);
        TransportChecksum.Fill(to.Bytes, layout);
        if (encapsulation == Encapsulation.Geneve)
        {
            new GeneveHeader(default) { IsControl = true }.Write(to.Prepend(GeneveView.FixedLength));
        }
        else
        {
            new VxlanHeader(default).Write(to.Prepend(VxlanHeader.Length));
        }
    }
}
