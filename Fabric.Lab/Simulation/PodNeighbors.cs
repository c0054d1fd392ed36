using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;

namespace Fabric.Lab.Simulation;

/// <summary>Sends a packet in a frame of this type to this MAC.</summary>
internal delegate void FrameSender(MacAddress destination, EtherType type, ReadOnlySpan<byte> packet);

/// <summary>A pod's neighbors by ARP (RFC 826) and neighbor discovery (RFC 4861): asks, answers, and holds packets for whom it asks.</summary>
internal sealed class PodNeighbors(SimulatedPodSettings settings, PodTimers timers, FrameSender send)
{
    private const int MostHeld = 8;
    private const int MostQuestions = 3;
    private static readonly TimeSpan QuestionInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);
    private readonly Dictionary<IpAddress, Neighbor> _neighbors = [];

    /// <summary>Sends now, or once the neighbor has answered. False if too many packets wait for it already.</summary>
    public bool Send(IpAddress nextHop, IpAddress source, byte[] packet)
    {
        if (!_neighbors.TryGetValue(nextHop, out var neighbor))
        {
            neighbor = new Neighbor();
            _neighbors.Add(nextHop, neighbor);
            Ask(nextHop, source, neighbor);
        }

        if (neighbor.Mac is { } mac)
        {
            send(mac, TypeOf(nextHop), packet);
            return true;
        }

        if (neighbor.Held.Count >= MostHeld)
        {
            return false;
        }

        neighbor.Held.Enqueue(packet);
        return true;
    }

    public void ReceiveArp(ReadOnlySpan<byte> packet)
    {
        if (!ArpView.TryParse(packet, out var arp))
        {
            return;
        }

        bool isForMe = settings.Owns(arp.TargetAddress);
        if (!arp.IsProbe)
        {
            Learn(arp.SenderAddress, arp.SenderMac);
        }

        if (isForMe && arp.Operation == ArpOperation.Request && arp.SenderMac != settings.Mac)
        {
            Span<byte> reply = stackalloc byte[ArpHeader.Length];
            new ArpHeader(ArpOperation.Reply, settings.Mac, arp.TargetAddress, arp.SenderMac, arp.SenderAddress).Write(reply);
            send(arp.SenderMac, EtherType.Arp, reply);
        }
    }

    /// <summary>True if the frame was a neighbor discovery message, which then is dealt with.</summary>
    public bool ReceiveDiscovery(ReadOnlySpan<byte> frame, in FrameLayout layout)
    {
        if (!layout.IsIpv6
            || layout.Protocol != IpProtocol.IcmpV6
            || !NeighborDiscoveryView.TryParse(layout.Transport(frame), out var message))
        {
            return false;
        }

        if (layout.TimeToLive(frame) != NeighborHeader.HopLimit || !message.IsNeighborMessage)
        {
            return true; // crossed a router, or is about routers: none of a neighbor's business
        }

        bool hasMac = message.TryGetLinkAddress(out var mac);
        if (message.Type == IcmpV6Type.NeighborAdvertisement)
        {
            if (hasMac)
            {
                Learn(message.Target, mac);
            }

            return true;
        }

        var asker = layout.Source(frame);
        if (hasMac && !asker.IsUnspecified)
        {
            Learn(asker, mac);
        }

        if (settings.Owns(message.Target))
        {
            Advertise(message.Target, asker, hasMac ? mac : MacAddress.Read(frame[MacAddress.Length..]));
        }

        return true;
    }

    private void Learn(IpAddress address, MacAddress mac)
    {
        if (!_neighbors.TryGetValue(address, out var neighbor))
        {
            return; // nobody here has asked
        }

        neighbor.Mac = mac;
        neighbor.Question?.Cancel();
        neighbor.Question = timers.After(Lifetime, () => _neighbors.Remove(address));
        while (neighbor.Held.TryDequeue(out byte[]? packet))
        {
            send(mac, TypeOf(address), packet);
        }
    }

    private void Ask(IpAddress address, IpAddress source, Neighbor neighbor)
    {
        if (neighbor.Questions++ >= MostQuestions)
        {
            _neighbors.Remove(address);
            return;
        }

        if (address.IsIpv4)
        {
            Span<byte> request = stackalloc byte[ArpHeader.Length];
            new ArpHeader(ArpOperation.Request, settings.Mac, source, default, address).Write(request);
            send(MacAddress.Broadcast, EtherType.Arp, request);
        }
        else
        {
            var group = NeighborHeader.SolicitedNodeAddress(address);
            SendDiscovery(NeighborHeader.Solicitation(address, settings.Mac), source, group, NeighborHeader.MulticastMac(group));
        }

        neighbor.Question = timers.After(QuestionInterval, () => Ask(address, source, neighbor));
    }

    private void Advertise(IpAddress own, IpAddress asker, MacAddress mac)
    {
        bool isProbe = asker.IsUnspecified; // duplicate address detection: everyone is told (RFC 4862, section 5.4.3)
        var destination = isProbe ? new IpAddress(((UInt128)0xFF02 << 112) | 1) : asker;
        var advertisement = NeighborHeader.Advertisement(own, settings.Mac) with { IsSolicited = !isProbe, IsOverride = true };
        SendDiscovery(advertisement, own, destination, isProbe ? NeighborHeader.MulticastMac(destination) : mac);
    }

    private void SendDiscovery(NeighborHeader message, IpAddress source, IpAddress destination, MacAddress mac)
    {
        byte[] packet = new byte[Ipv6Header.Length + message.Length];
        new Ipv6Header(source, destination, IpProtocol.IcmpV6, message.Length) { HopLimit = NeighborHeader.HopLimit }.Write(packet);
        message.Write(packet.AsSpan(Ipv6Header.Length));
        TransportChecksum.Fill(packet);
        send(mac, EtherType.Ipv6, packet);
    }

    private static EtherType TypeOf(IpAddress address) => address.IsIpv4 ? EtherType.Ipv4 : EtherType.Ipv6;

    /// <summary>A neighbor that is known, or asked for.</summary>
    private sealed class Neighbor
    {
        public MacAddress? Mac { get; set; }

        public PodTimer? Question { get; set; }

        public int Questions { get; set; }

        public Queue<byte[]> Held { get; } = new();
    }
}
