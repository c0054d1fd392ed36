using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;

namespace Fabric.Lab.Pods;

/// <summary>A UDP datagram in an Ethernet frame with whatever source its sender pleases: what SpoofGuard is there for.</summary>
internal static class SpoofedFrame
{
    /// <summary>The router's address on every hypervisor (reference: nsx-dataplane.md, 5.2).</summary>
    public static MacAddress Gateway => MacAddress.Parse("02:50:56:56:44:52");

    public static byte[] Udp(MacAddress sourceMac, MacAddress destinationMac, IpAddress source, IpAddress destination, string text)
    {
        byte[] payload = System.Text.Encoding.ASCII.GetBytes(text);
        byte[] frame = new byte[EthernetHeader.Length + Ipv4View.MinimumHeaderLength + UdpHeader.Length + payload.Length];
        new EthernetHeader(destinationMac, sourceMac, EtherType.Ipv4).Write(frame);
        var ip = new Ipv4Header(source, destination, IpProtocol.Udp, UdpHeader.Length + payload.Length);
        ip.Write(frame.AsSpan(EthernetHeader.Length));
        int udp = EthernetHeader.Length + ip.Length;
        new UdpHeader(40000, 9, payload.Length).Write(frame.AsSpan(udp));
        payload.CopyTo(frame.AsSpan(udp + UdpHeader.Length));
        if (FrameLayout.Parse(frame, out var layout) == FrameMalformation.None)
        {
            TransportChecksum.Fill(frame, layout);
        }

        return frame;
    }
}
