using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;
using Fabric.Packets.Tunnels;

namespace Fabric.Packets.Tests;

/// <summary>Tries every view on the same bytes and reads every property of those that open. Sums what it read, so that nothing is skipped.</summary>
internal static class Everything
{
    public static ulong Read(ReadOnlySpan<byte> bytes)
        => Ethernets(bytes) + Internets(bytes) + Icmps(bytes) + Transports(bytes) + Tunnels(bytes) + Layouts(bytes);

    private static ulong Ethernets(ReadOnlySpan<byte> bytes)
    {
        ulong sum = 0;
        if (EthernetView.TryParse(bytes, out var ethernet))
        {
            sum += ethernet.Destination.Value + ethernet.Source.Value + (ulong)ethernet.EtherType + (ulong)ethernet.Payload.Length;
        }

        if (VlanView.TryParse(bytes, out var vlan))
        {
            sum += vlan.Tag.Id.Value + (ulong)vlan.Tag.Priority + (ulong)vlan.EtherType + (ulong)vlan.Payload.Length;
        }

        if (ArpView.TryParse(bytes, out var arp))
        {
            sum += (ulong)arp.Operation + arp.SenderMac.Value + arp.TargetMac.Value + (ulong)arp.SenderAddress.Bits
                + (ulong)arp.TargetAddress.Bits + (arp.IsProbe ? 1UL : 0) + (arp.IsGratuitous ? 1UL : 0);
        }

        return sum;
    }

    private static ulong Internets(ReadOnlySpan<byte> bytes)
    {
        ulong sum = 0;
        if (Ipv4View.TryParse(bytes, out var ipv4))
        {
            sum += (ulong)(ipv4.HeaderLength + ipv4.Dscp + ipv4.Ecn + ipv4.TotalLength + ipv4.Identification + ipv4.FragmentOffset)
                + (ipv4.DontFragment ? 1UL : 0) + (ipv4.MoreFragments ? 1UL : 0) + (ipv4.IsFragment ? 1UL : 0) + ipv4.TimeToLive
                + (ulong)ipv4.Protocol + ipv4.Checksum + (ipv4.HasValidChecksum ? 1UL : 0) + (ulong)ipv4.Source.Bits
                + (ulong)ipv4.Destination.Bits + (ulong)ipv4.Options.Length + (ulong)ipv4.Payload.Length;
        }

        if (Ipv6View.TryParse(bytes, out var ipv6))
        {
            sum += (ulong)(ipv6.Dscp + ipv6.Ecn + ipv6.PayloadLength) + ipv6.FlowLabel + (ulong)ipv6.NextHeader + ipv6.HopLimit
                + (ulong)ipv6.Source.Bits + (ulong)ipv6.Destination.Bits;
            if (Ipv6Extensions.TryWalk(ipv6.NextHeader, ipv6.Payload, out var extensions))
            {
                sum += (ulong)ipv6.Payload[extensions.Length..].Length + extensions.Fragment.Identification;
            }
        }

        return sum;
    }

    private static ulong Icmps(ReadOnlySpan<byte> bytes)
    {
        ulong sum = 0;
        if (IcmpView.TryParse(bytes, out var icmp))
        {
            sum += (ulong)icmp.Type + icmp.Code + icmp.Checksum + icmp.Rest + icmp.Identifier + icmp.Sequence
                + (icmp.IsError ? 1UL : 0) + (icmp.IsErrorV6 ? 1UL : 0) + (ulong)icmp.Payload.Length;
        }

        if (IcmpQuoteView.TryParse(bytes, out var quote))
        {
            sum += (ulong)quote.Protocol + (ulong)quote.Source.Bits + (ulong)quote.Destination.Bits + quote.SourcePort
                + quote.DestinationPort + (ulong)quote.Transport.Length;
        }

        if (NeighborDiscoveryView.TryParse(bytes, out var nd))
        {
            sum += (ulong)nd.Type + (ulong)nd.Target.Bits + (nd.IsRouter ? 1UL : 0) + (nd.IsSolicited ? 1UL : 0)
                + (nd.IsOverride ? 1UL : 0) + nd.RouterLifetime + (nd.TryGetLinkAddress(out var mac) ? mac.Value : 0);
            foreach (var option in nd.Options)
            {
                sum += (ulong)option.Type + (ulong)option.Value.Length + option.LinkAddress.Value + option.Mtu;
            }
        }

        return sum;
    }

    private static ulong Transports(ReadOnlySpan<byte> bytes)
    {
        ulong sum = 0;
        if (TcpView.TryParse(bytes, out var tcp))
        {
            sum += (ulong)tcp.SourcePort + tcp.DestinationPort + tcp.Sequence + tcp.Acknowledgment + (ulong)tcp.HeaderLength
                + (ulong)tcp.Flags + tcp.Window + tcp.Checksum + tcp.UrgentPointer + (ulong)tcp.SequenceLength
                + (ulong)TcpOptions.WindowScaleOf(tcp) + (ulong)TcpOptions.MaximumSegmentSizeOf(tcp);
            foreach (var option in tcp.Options)
            {
                sum += (ulong)option.Kind + (ulong)option.Value.Length;
            }
        }

        if (UdpView.TryParse(bytes, out var udp))
        {
            sum += (ulong)udp.SourcePort + udp.DestinationPort + (ulong)udp.Length + udp.Checksum + (ulong)udp.Payload.Length;
        }

        if (SctpView.TryParse(bytes, out var sctp))
        {
            sum += (ulong)sctp.SourcePort + sctp.DestinationPort + sctp.VerificationTag + sctp.Checksum + sctp.FirstChunkType + (ulong)sctp.Payload.Length;
        }

        if (DhcpView.TryParse(bytes, out var dhcp))
        {
            sum += (dhcp.IsRequest ? 1UL : 0) + dhcp.TransactionId + (ulong)dhcp.ClientAddress.Bits + (ulong)dhcp.YourAddress.Bits
                + dhcp.ClientMac.Value + (ulong)dhcp.MessageType + dhcp.LeaseTime + (ulong)dhcp.OptionBytes.Length;
        }

        return sum;
    }

    private static ulong Tunnels(ReadOnlySpan<byte> bytes)
    {
        ulong sum = 0;
        if (GeneveView.TryParse(bytes, out var geneve))
        {
            sum += geneve.Vni.Value + (ulong)geneve.ProtocolType + (geneve.IsControl ? 1UL : 0) + (geneve.HasCriticalOptions ? 1UL : 0)
                + (ulong)geneve.Payload.Length + (TepOption.TryFind(geneve, out var tep) ? tep.Label : 0);
            foreach (var option in geneve.Options)
            {
                sum += (ulong)option.Class + option.Type + (option.IsCritical ? 1UL : 0) + (ulong)option.Value.Length;
            }
        }

        if (VxlanView.TryParse(bytes, out var vxlan))
        {
            sum += vxlan.Flags + vxlan.Vni.Value + (ulong)vxlan.Payload.Length;
        }

        if (BfdView.TryParse(bytes, out var bfd))
        {
            sum += (ulong)bfd.Diagnostic + (ulong)bfd.State + (bfd.IsPoll ? 1UL : 0) + (bfd.IsFinal ? 1UL : 0) + (bfd.IsDemand ? 1UL : 0)
                + (bfd.HasAuthentication ? 1UL : 0) + bfd.DetectMultiplier + bfd.MyDiscriminator + bfd.YourDiscriminator
                + bfd.DesiredMinTxInterval + bfd.RequiredMinRxInterval + bfd.RequiredMinEchoRxInterval;
        }

        return sum;
    }

    private static ulong Layouts(ReadOnlySpan<byte> bytes)
    {
        ulong sum = 0;
        if (FrameLayout.Parse(bytes, out var layout) == FrameMalformation.None)
        {
            sum += (ulong)layout.Network(bytes).Length + (ulong)layout.Transport(bytes).Length + (ulong)layout.Payload(bytes).Length
                + (TransportChecksum.IsValid(bytes, layout) ? 1UL : 0);
            if (layout.IsIp)
            {
                sum += (ulong)layout.Source(bytes).Bits + (ulong)layout.Destination(bytes).Bits + layout.TimeToLive(bytes);
            }

            if (layout.HasPorts)
            {
                sum += (ulong)layout.SourcePort(bytes) + layout.DestinationPort(bytes);
            }

            if (layout.IsFragment)
            {
                sum += layout.FragmentId(bytes);
            }
        }

        return sum + (FrameLayout.ParsePacket(bytes, out var packet) == FrameMalformation.None ? packet.PayloadOffset : 0UL);
    }
}
