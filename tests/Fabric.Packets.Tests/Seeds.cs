using Fabric.Packets.Addresses;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;
using Fabric.Packets.Tunnels;
using Fabric.TestKit;

namespace Fabric.Packets.Tests;

/// <summary>One legal frame of every protocol the floor knows, by name: what oracles decode and fuzzing damages.</summary>
internal static class Seeds
{
    public static readonly TepOption Tep = new(0x1_2345, IsTraced: true, MustReplicate: false, TepKind.Edge);

    public static IReadOnlyDictionary<string, byte[]> All { get; } = new Dictionary<string, byte[]>
    {
        ["arp request"] = Frames.ArpRequest("10.0.0.1", "10.0.0.2"),
        ["arp reply"] = Frames.ArpReply("10.0.0.2", "10.0.0.1"),
        ["ping"] = Frames.Ping("10.0.0.1", "10.0.0.2", identifier: 7, sequence: 9),
        ["pong"] = Frames.Pong("10.0.0.2", "10.0.0.1"),
        ["ping v6"] = Frames.Ping("2001:db8::1", "2001:db8::2"),
        ["fragmentation needed"] = Frames.IcmpError("10.0.0.254", "10.0.0.1", IcmpHeader.FragmentationNeeded(1400), Frames.Udp("10.0.0.1", "10.0.9.2")),
        ["packet too big"] = Frames.IcmpError("2001:db8::fe", "2001:db8::1", IcmpHeader.PacketTooBig(1400), Frames.Udp("2001:db8::1", "2001:db8:9::2")),
        ["neighbor solicitation"] = Frames.NeighborSolicitation("fe80::1", "fe80::2"),
        ["neighbor advertisement"] = Frames.NeighborAdvertisement("fe80::2", "fe80::1", isRouter: true),
        ["duplicate address probe"] = Frames.NeighborSolicitation("::", "fe80::2", new MacAddress(0x02_00_00_00_00_09)),
        ["tcp syn"] = Frames.Tcp("10.0.0.1", "10.0.0.2", options: [2, 4, 5, 0xB4, 1, 3, 3, 7]),
        ["tcp data v6"] = Frames.Tcp("2001:db8::1", "2001:db8::2", flags: TcpFlags.Ack | TcpFlags.Psh, acknowledgment: 5, payload: Frames.Pattern(333)),
        ["udp"] = Frames.Udp("10.0.0.1", "10.0.0.2", toPort: 9, payload: Frames.Text("odd")),
        ["udp v6"] = Frames.Udp("2001:db8::1", "2001:db8::2"),
        ["sctp"] = Frames.Sctp("10.0.0.1", "10.0.0.2"),
        ["dhcp discover"] = Frames.Dhcp(new DhcpHeader(DhcpMessageType.Discover, 0xCAFE, new MacAddress(0x02_00_00_00_00_01))),
        ["dhcp ack"] = Frames.Dhcp(
            new DhcpHeader(DhcpMessageType.Ack, 0xCAFE, new MacAddress(0x02_00_00_00_00_01))
            {
                YourAddress = IpAddress.Parse("10.0.0.9"),
                Options = new byte[] { 51, 4, 0, 0, 14, 16, 1, 4, 255, 255, 255, 0, 54, 4, 10, 0, 0, 254 },
            },
            "10.0.0.254"),
        ["ipv4 first fragment"] = Frames.Udp("10.0.0.1", "10.0.0.2", payload: Frames.Pattern(2000)).Fragments(1500)[0],
        ["ipv4 last fragment"] = Frames.Udp("10.0.0.1", "10.0.0.2", payload: Frames.Pattern(2000)).Fragments(1500)[1],
        ["ipv6 first fragment"] = Frames.Udp("2001:db8::1", "2001:db8::2", payload: Frames.Pattern(2000)).Fragments(1500)[0],
        ["ipv6 last fragment"] = Frames.Udp("2001:db8::1", "2001:db8::2", payload: Frames.Pattern(2000)).Fragments(1500)[1],
        ["vlan"] = Frames.Tcp("10.0.0.1", "10.0.0.2").Tagged(100, priority: 3),
        ["qinq"] = Frames.Udp("2001:db8::1", "2001:db8::2").Tagged(100).Tagged(200, type: EtherType.ServiceVlan),
        ["geneve"] = Frames.Tcp("10.0.0.1", "10.0.0.2", payload: Frames.Pattern(100)).Geneve("192.0.2.1", "192.0.2.2", 5000, Tep),
        ["geneve over v6"] = Frames.Ping("10.0.0.1", "10.0.0.2").Geneve("2001:db8::1", "2001:db8::2", 5000, Tep),
        ["vxlan"] = Frames.Ping("2001:db8::1", "2001:db8::2").Vxlan("192.0.2.1", "192.0.2.2", 0xABCDEF),
        ["bfd in geneve"] = Wrapping.BfdFrame("192.0.2.1", "192.0.2.2", new BfdHeader(BfdState.Up, 0x11, 0x22) { IsPoll = true })
            .Geneve("192.0.2.1", "192.0.2.2", 0, isControl: true),
    };
}
