using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Links;
using Fabric.Packets.Transport;

namespace Fabric.Lab.Simulation;

/// <summary>A pod's IP: sends packets to the right neighbor with their checksums filled in, and lets in only what is whole and for it.</summary>
internal sealed class PodNetwork
{
    private readonly SimulatedPodSettings _settings;
    private readonly ILink _link;
    private readonly PodNeighbors _neighbors;
    private readonly FrameBuffer[] _outgoing = [new FrameBuffer(capacity: 9216)];
    private ushort _identification;

    public PodNetwork(SimulatedPodSettings settings, ILink link, PodTimers timers)
    {
        _settings = settings;
        _link = link;
        _neighbors = new PodNeighbors(settings, timers, Transmit);
    }

    /// <summary>Frames that were not for this pod, or not whole.</summary>
    public long Ignored { get; private set; }

    /// <summary>Frames whose IP or transport checksum did not add up. A fabric that delivers one is broken.</summary>
    public long BadChecksums { get; private set; }

    public SimulatedPodSettings Settings => _settings;

    public int Mtu => _link.Mtu;

    /// <summary>Sends a transport packet whose checksum is still to be filled in. False if there is no way there.</summary>
    public bool Send(IpAddress source, IpAddress destination, IpProtocol protocol, ReadOnlySpan<byte> transport, bool mayFragment = false)
    {
        if (_settings.NextHopFor(destination) is not { } nextHop)
        {
            return false;
        }

        byte[] packet = BuildPacket(source, destination, protocol, transport, mayFragment, hopLimit: Ipv4Header.DefaultTimeToLive);
        return packet.Length <= Mtu && _neighbors.Send(nextHop, source, packet);
    }

    /// <summary>Sends bytes as they are, as a program with a raw socket would.</summary>
    public void SendRaw(ReadOnlySpan<byte> frame)
    {
        _outgoing[0].Set(frame);
        _link.Send(_outgoing);
    }

    /// <summary>True if the frame is an IP packet for this pod, which its caller now reads; all else is dealt with here.</summary>
    public bool TryAccept(ReadOnlySpan<byte> frame, out FrameLayout layout)
    {
        if (FrameLayout.Parse(frame, out layout) != FrameMalformation.None || layout.IsTagged || !IsForMe(MacAddress.Read(frame)))
        {
            Ignored++;
            return false;
        }

        if (layout.IsArp)
        {
            _neighbors.ReceiveArp(layout.Network(frame));
            return false;
        }

        if (!layout.IsIp || layout.IsFragment)
        {
            Ignored++;
            return false;
        }

        if (!AddsUp(frame, layout))
        {
            BadChecksums++;
            return false;
        }

        if (_neighbors.ReceiveDiscovery(frame, layout))
        {
            return false;
        }

        bool mine = _settings.Owns(layout.Destination(frame));
        Ignored += mine ? 0 : 1;
        return mine;
    }

    private bool IsForMe(MacAddress destination) => destination == _settings.Mac || destination.IsGroup;

    private static bool AddsUp(ReadOnlySpan<byte> frame, in FrameLayout layout)
        => (!layout.IsIpv4 || (Ipv4View.TryParse(layout.Network(frame), out var ipv4) && ipv4.HasValidChecksum))
            && TransportChecksum.IsValid(frame, layout);

    private byte[] BuildPacket(
        IpAddress source, IpAddress destination, IpProtocol protocol, ReadOnlySpan<byte> transport, bool mayFragment, byte hopLimit)
    {
        int headerLength = destination.IsIpv4 ? Ipv4View.MinimumHeaderLength : Ipv6View.HeaderLength;
        byte[] packet = new byte[headerLength + transport.Length];
        if (destination.IsIpv4)
        {
            new Ipv4Header(source, destination, protocol, transport.Length)
            {
                TimeToLive = hopLimit,
                DontFragment = !mayFragment,
                Identification = _identification++,
            }.Write(packet);
        }
        else
        {
            new Ipv6Header(source, destination, protocol, transport.Length) { HopLimit = hopLimit }.Write(packet);
        }

        transport.CopyTo(packet.AsSpan(headerLength));
        TransportChecksum.Fill(packet);
        return packet;
    }

    private void Transmit(MacAddress destination, EtherType type, ReadOnlySpan<byte> packet)
    {
        var frame = _outgoing[0];
        var room = frame.Reset();
        new EthernetHeader(destination, _settings.Mac, type).Write(room);
        packet.CopyTo(room[EthernetHeader.Length..]);
        frame.SetLength(EthernetHeader.Length + packet.Length);
        _link.Send(_outgoing);
    }
}
