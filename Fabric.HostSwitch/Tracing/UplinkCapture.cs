using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Links;
using Fabric.Packets.Transport;

namespace Fabric.HostSwitch.Tracing;

/// <summary>
/// Captures tunnelled datagrams as whole frames. The kernel writes and takes the outer headers, so they are written again here from
/// the socket's addresses; the Ethernet addresses, which a socket does not know, are made from the IP addresses.
/// </summary>
internal sealed class UplinkCapture(CaptureRing ring) : IUplinkTap
{
    private readonly byte[] _frame = new byte[65_536]; // whole, because the UDP checksum covers all of it

    public void Capture(IpAddress local, in TunnelPath path, ReadOnlySpan<byte> payload, bool output)
    {
        if (!ring.Wants(output))
        {
            return;
        }

        var (source, destination) = output ? (local, path.Remote) : (path.Remote, local);
        int ipLength = source.IsIpv4 ? Ipv4View.MinimumHeaderLength : Ipv6Header.Length;
        int udpLength = UdpView.HeaderLength + payload.Length;
        var frame = _frame.AsSpan(0, Math.Min(_frame.Length, EthernetView.HeaderLength + ipLength + udpLength));
        new EthernetHeader(MacOf(destination), MacOf(source), source.IsIpv4 ? EtherType.Ipv4 : EtherType.Ipv6).Write(frame);
        var ip = frame[EthernetView.HeaderLength..];
        if (source.IsIpv4)
        {
            new Ipv4Header(source, destination, IpProtocol.Udp, udpLength) { DontFragment = true, Dscp = path.Dscp }.Write(ip);
        }
        else
        {
            new Ipv6Header(source, destination, IpProtocol.Udp, udpLength) { Dscp = path.Dscp }.Write(ip);
        }

        var udp = ip[ipLength..];
        new UdpHeader(path.SourcePort, path.DestinationPort, payload.Length).Write(udp);
        payload.CopyTo(udp[UdpView.HeaderLength..]);
        if (FrameLayout.Parse(frame, out var layout) == FrameMalformation.None)
        {
            TransportChecksum.Fill(frame, layout);
        }

        ring.Capture(frame, output);
    }

    /// <summary>Locally administered, with the low 32 bits of the address.</summary>
    private static MacAddress MacOf(IpAddress address) => new(0x0200_0000_0000UL | (uint)address.Bits);
}
