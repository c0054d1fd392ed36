using Fabric.Packets.Addresses;
using Fabric.Packets.Captures;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Transport;
using Fabric.Packets.Tunnels;

namespace Fabric.Lab.Demo;

/// <summary>What a capture of the underlay shows: how many frames were encapsulated, under which VNIs, and whether any carried a VLAN tag.</summary>
internal sealed class WireTally
{
    private const ushort GenevePort = 6081;
    private const ushort VxlanPort = 4789;

    public int Geneve { get; private set; }

    public int Vxlan { get; private set; }

    public int InnerTagged { get; private set; }

    public SortedSet<uint> Vnis { get; } = [];

    /// <summary>The first encapsulated TCP segment, to be shown layer by layer; null if there was none.</summary>
    public byte[]? Example { get; private set; }

    public static WireTally Of(string pcap)
    {
        var tally = new WireTally();
        using var reader = PcapFileReader.Open(pcap);
        while (reader.TryRead(out var frame))
        {
            tally.Count(frame.Bytes.ToArray());
        }

        return tally;
    }

    private void Count(byte[] frame)
    {
        if (FrameLayout.Parse(frame, out var layout) != FrameMalformation.None || layout.Protocol != IpProtocol.Udp
            || !UdpView.TryParse(frame.AsSpan(layout.TransportOffset), out var udp))
        {
            return;
        }

        if (udp.DestinationPort == GenevePort && GeneveView.TryParse(udp.Payload, out var geneve))
        {
            Geneve++;
            Count(frame, geneve.Vni, geneve.Payload);
        }
        else if (udp.DestinationPort == VxlanPort && VxlanView.TryParse(udp.Payload, out var vxlan))
        {
            Vxlan++;
            Count(frame, vxlan.Vni, vxlan.Payload);
        }
    }

    private void Count(byte[] frame, Vni vni, ReadOnlySpan<byte> inner)
    {
        if (vni.Value == 0)
        {
            return; // the tunnels' own heartbeat (BFD)
        }

        Vnis.Add(vni.Value);
        if (FrameLayout.Parse(inner, out var layout) == FrameMalformation.None && layout.Protocol == IpProtocol.Tcp)
        {
            Example ??= frame;
        }

        if (EthernetView.TryParse(inner, out var ethernet) && ethernet.EtherType is EtherType.Vlan or EtherType.ServiceVlan)
        {
            InnerTagged++;
        }
    }
}
