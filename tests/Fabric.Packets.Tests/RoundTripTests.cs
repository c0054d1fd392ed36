using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;
using Fabric.Packets.Tunnels;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace Fabric.Packets.Tests;

/// <summary>What a header writes, its view reads.</summary>
[TestFixture]
public sealed class RoundTripTests
{
    [Property]
    public bool Geneve_with_our_option(uint vni, uint label, bool isTraced, bool mustReplicate, byte kind, bool version)
    {
        var option = new TepOption(label & TepOption.MaxLabel, isTraced, mustReplicate, (TepKind)(kind & 3)) { Version = version };
        var options = new byte[TepOption.Length];
        option.Write(options);
        var header = new GeneveHeader(new Vni(vni & Vni.Max)) { Options = options };
        var bytes = new byte[header.Length + 5];
        header.Write(bytes);
        return GeneveView.TryParse(bytes, out var view)
            && view.Vni == header.Vni
            && view.ProtocolType == EtherType.TransparentEthernetBridging
            && !view.IsControl
            && view.Payload.Length == 5
            && TepOption.TryFind(view, out var read)
            && read == option;
    }

    [Property]
    public bool Vxlan(uint vni, byte flags)
    {
        var header = new VxlanHeader(new Vni(vni & Vni.Max)) { ExtraFlags = (byte)(flags & 0x06) };
        var bytes = new byte[VxlanHeader.Length];
        header.Write(bytes);
        return VxlanView.TryParse(bytes, out var view) && view.Vni == header.Vni && view.Flags == (0x08 | (flags & 0x06));
    }

    [Property]
    public bool Bfd(byte state, byte diagnostic, uint mine, uint yours, byte multiplier, uint transmit, uint receive, bool isPoll)
    {
        var header = new BfdHeader((BfdState)(state & 3), mine | 1, yours)
        {
            Diagnostic = (BfdDiagnostic)(diagnostic & 0x1F),
            DetectMultiplier = Math.Max(multiplier, (byte)1),
            DesiredMinTxInterval = transmit,
            RequiredMinRxInterval = receive,
            IsPoll = isPoll,
            IsFinal = !isPoll,
        };
        var bytes = new byte[BfdHeader.Length];
        header.Write(bytes);
        return BfdView.TryParse(bytes, out var view)
            && (view.State, view.Diagnostic, view.MyDiscriminator, view.YourDiscriminator) == (header.State, header.Diagnostic, mine | 1, yours)
            && (view.DetectMultiplier, view.DesiredMinTxInterval, view.RequiredMinRxInterval) == (header.DetectMultiplier, transmit, receive)
            && view.IsPoll == isPoll
            && view.IsFinal != isPoll;
    }

    [Property]
    public bool Ipv4(uint source, uint destination, byte dscp, byte ecn, ushort id, bool df, bool mf, ushort offset, byte ttl, byte optionWords)
    {
        var options = new byte[optionWords % 11 * 4];
        var header = new Ipv4Header(IpAddress.FromIpv4(source), IpAddress.FromIpv4(destination), IpProtocol.Esp, 8)
        {
            Dscp = dscp & 0x3F,
            Ecn = ecn & 3,
            Identification = id,
            DontFragment = df,
            MoreFragments = mf,
            FragmentOffset = offset & 0xFFF8,
            TimeToLive = ttl,
            Options = options,
        };
        var bytes = new byte[header.Length + 8];
        header.Write(bytes);
        return Ipv4View.TryParse(bytes, out var view)
            && view.HasValidChecksum
            && (view.Source, view.Destination, view.Protocol, view.TimeToLive) == (header.Source, header.Destination, header.Protocol, ttl)
            && (view.Dscp, view.Ecn, view.Identification, view.DontFragment, view.MoreFragments) == (header.Dscp, header.Ecn, id, df, mf)
            && (view.FragmentOffset, view.Options.Length, view.Payload.Length) == (header.FragmentOffset, options.Length, 8);
    }

    [Property]
    public bool Ipv6(ulong high, ulong low, byte dscp, byte ecn, uint label, byte hops)
    {
        var source = new IpAddress(new UInt128(high, low));
        var header = new Ipv6Header(source, new IpAddress(~source.Bits), IpProtocol.NoNextHeader, 3)
        {
            Dscp = dscp & 0x3F,
            Ecn = ecn & 3,
            FlowLabel = label & 0xF_FFFF,
            HopLimit = hops,
        };
        var bytes = new byte[Ipv6Header.Length + 3];
        header.Write(bytes);
        return Ipv6View.TryParse(bytes, out var view)
            && (view.Source, view.Destination, view.NextHeader, view.HopLimit) == (header.Source, header.Destination, header.NextHeader, hops)
            && (view.Dscp, view.Ecn, view.FlowLabel, view.PayloadLength) == (header.Dscp, header.Ecn, header.FlowLabel, 3);
    }

    [Property]
    public bool Tcp(ushort from, ushort to, uint sequence, uint acknowledgment, byte flags, ushort window, byte shift)
    {
        var header = new TcpHeader(from, to, sequence, acknowledgment, (TcpFlags)flags) { Window = window, Options = new byte[] { 1, 3, 3, shift } };
        var bytes = new byte[header.Length + 2];
        header.Write(bytes);
        return TcpView.TryParse(bytes, out var view)
            && (view.SourcePort, view.DestinationPort, view.Sequence, view.Acknowledgment) == (from, to, sequence, acknowledgment)
            && (view.Flags, view.Window, view.Payload.Length) == (header.Flags, window, 2)
            && TcpOptions.WindowScaleOf(view) == Math.Min((int)shift, 14)
            && TcpOptions.MaximumSegmentSizeOf(view) == 0;
    }

    [Property]
    public bool Dhcp(uint transaction, ulong mac, uint address, byte type)
    {
        var header = new DhcpHeader((DhcpMessageType)((type % 8) + 1), transaction, new MacAddress(mac & 0xFFFF_FFFF_FFFF))
        {
            YourAddress = IpAddress.FromIpv4(address),
            Options = new byte[] { 51, 4, 0, 0, 0, 77 },
        };
        var bytes = new byte[header.Length];
        header.Write(bytes);
        return DhcpView.TryParse(bytes, out var view)
            && (view.MessageType, view.TransactionId, view.ClientMac, view.YourAddress, view.LeaseTime)
                == (header.MessageType, transaction, header.ClientMac, header.YourAddress, 77u);
    }

    [Property]
    public bool Neighbor(ulong high, ulong low, ulong mac, bool isRouter, bool isSolicited, bool isOverride)
    {
        var header = NeighborHeader.Advertisement(new IpAddress(new UInt128(high, low)), new MacAddress(mac & 0xFFFF_FFFF_FFFF)) with
        {
            IsRouter = isRouter,
            IsSolicited = isSolicited,
            IsOverride = isOverride,
        };
        var bytes = new byte[header.Length];
        header.Write(bytes);
        return NeighborDiscoveryView.TryParse(bytes, out var view)
            && (view.Target, view.IsRouter, view.IsSolicited, view.IsOverride) == (header.Target, isRouter, isSolicited, isOverride)
            && view.TryGetLinkAddress(out var read)
            && read == header.LinkAddress;
    }

    [Property]
    public bool Arp(ulong senderMac, uint sender, ulong targetMac, uint target, bool isReply)
    {
        var header = new ArpHeader(
            isReply ? ArpOperation.Reply : ArpOperation.Request,
            new MacAddress(senderMac & 0xFFFF_FFFF_FFFF), IpAddress.FromIpv4(sender), new MacAddress(targetMac & 0xFFFF_FFFF_FFFF), IpAddress.FromIpv4(target));
        var bytes = new byte[ArpHeader.Length];
        header.Write(bytes);
        return ArpView.TryParse(bytes, out var view)
            && (view.Operation, view.SenderMac, view.SenderAddress, view.TargetMac, view.TargetAddress)
                == (header.Operation, header.SenderMac, header.SenderAddress, header.TargetMac, header.TargetAddress);
    }
}
