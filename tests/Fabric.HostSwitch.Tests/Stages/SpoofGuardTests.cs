using Fabric.Contracts.V1;
using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tests.Rig;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Transport;
using Fabric.TestKit;

namespace Fabric.HostSwitch.Tests.Stages;

/// <summary>Only bound addresses may speak (reference: nsx-dataplane.md, 3.1).</summary>
internal sealed class SpoofGuardTests
{
    private static readonly MacAddress OwnMac = Frames.MacOf("10.1.0.5");

    private static IEnumerable<TestCaseData> Sent()
    {
        yield return Case("an own address", Frames.Udp("10.1.0.5", "10.1.0.6"), DropReason.None);
        yield return Case("another's address", Frames.Udp("10.1.0.9", "10.1.0.6", fromMac: OwnMac), DropReason.SpoofGuardIpv4);
        yield return Case("a DHCP client", Frames.Dhcp(new DhcpHeader(DhcpMessageType.Discover, 7, OwnMac)), DropReason.None);
        yield return Case("an unspecified source", Frames.Udp("0.0.0.0", "10.1.0.6", fromMac: OwnMac), DropReason.SpoofGuardIpv4);
        yield return Case("an ARP request", Frames.ArpRequest("10.1.0.5", "10.1.0.99"), DropReason.None);
        yield return Case("an ARP probe", Frames.Arp(ArpOperation.Request, "0.0.0.0", "10.1.0.99", OwnMac, default, MacAddress.Broadcast), DropReason.None);
        yield return Case("another's ARP", Frames.ArpRequest("10.1.0.9", "10.1.0.99", OwnMac), DropReason.SpoofGuardArp);
        yield return Case(
            "ARP that names another MAC inside",
            Frames.Arp(ArpOperation.Reply, "10.1.0.5", "10.1.0.6", Frames.MacOf("10.1.0.9"), default, MacAddress.Broadcast)
                .From(OwnMac),
            DropReason.SpoofGuardArp);
        yield return Case("an own IPv6 address", Frames.Udp("2001:db8::5", "2001:db8::6", fromMac: OwnMac), DropReason.None);
        yield return Case("another's IPv6 address", Frames.Udp("2001:db8::9", "2001:db8::6", fromMac: OwnMac), DropReason.SpoofGuardIpv6);
        yield return Case("its link-local address", Frames.Udp("fe80::aff:fe01:5", "fe80::1", fromMac: OwnMac), DropReason.None);
        yield return Case("a duplicate address probe", Frames.NeighborSolicitation("::", "2001:db8::5", OwnMac), DropReason.None);
        yield return Case("an own advertisement", Frames.NeighborAdvertisement("2001:db8::5", "ff02::1", OwnMac), DropReason.None);
        yield return Case("another's advertisement", Frames.NeighborAdvertisement("2001:db8::9", "ff02::1", OwnMac), DropReason.SpoofGuardNd);
        yield return Case("another protocol", Frames.Udp("10.1.0.5", "10.1.0.6").OfType(0x88B5), DropReason.None);
    }

    [TestCaseSource(nameof(Sent))]
    public void What_a_bound_port_may_send(byte[] frame, int expected)
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string web = fabric.Switch("web", 71680);
        var a = host.Vm(web, "10.1.0.5", port =>
        {
            port.SpoofGuard = new SpoofGuardProfile { PortBindings = true };
            port.ManualBindings.Add(TestFabric.Binding("10.1.0.5", OwnMac));
            port.ManualBindings.Add(TestFabric.Binding("2001:db8::5", OwnMac));
        });
        host.Vm(web, "10.1.0.6", port => port.MacManagement = new() { Learning = true, UnicastFlooding = true });
        fabric.Publish();

        a.Send(frame);

        var reason = (DropReason)Math.Max(0, Array.FindIndex(a.Counters.Drops, count => count > 0));
        Assert.That(reason, Is.EqualTo((DropReason)expected));
    }

    [Test]
    public void Without_any_binding_only_DHCP_and_probes_pass()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string web = fabric.Switch("web", 71680);
        var a = host.Vm(web, "10.1.0.5", port => port.SpoofGuard = new SpoofGuardProfile { PortBindings = true });
        fabric.Publish();

        a.Send(
            Frames.Udp("10.1.0.5", "10.1.0.6"),
            Frames.Dhcp(new DhcpHeader(DhcpMessageType.Discover, 7, OwnMac)),
            Frames.Arp(ArpOperation.Request, "0.0.0.0", "10.1.0.99", OwnMac, default, MacAddress.Broadcast));

        Assert.That((a.Counters.RxDropped, a[DropReason.SpoofGuardIpv4]), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public void The_switch_level_asks_whether_an_address_belongs_to_the_network()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string web = fabric.Switch(
            "web", 71680, also: segment => segment.AddressBindings.Add(new AddressBinding { Ip = TestFabric.Bytes(IpAddress.Parse("10.1.0.0")), PrefixLength = 24, Vlan = -1 }));
        var a = host.Vm(web, "10.1.0.5", port => port.SpoofGuard = new SpoofGuardProfile { SwitchBindings = true });
        var b = host.Vm(web, "10.1.0.6");
        fabric.Publish();

        a.Send(Frames.Udp("10.1.0.77", "10.1.0.6", fromMac: OwnMac), Frames.Udp("10.2.0.5", "10.1.0.6", fromMac: OwnMac));

        Assert.That(b.Received(), Has.Count.EqualTo(1));
        Assert.That(a[DropReason.SpoofGuardIpv4], Is.EqualTo(1));
    }

    [Test]
    public void A_second_address_is_not_realized_by_default_and_so_may_not_speak()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string web = fabric.Switch("web", 71680);
        var a = host.Vm(web, "10.1.0.5", port =>
        {
            port.SpoofGuard = new SpoofGuardProfile { PortBindings = true };
            port.IpDiscovery = new IpDiscoveryProfile { ArpSnooping = true, ArpBindingsLimit = 1, TrustOnFirstUse = true };
        });
        var b = host.Vm(web, "10.1.0.6");
        fabric.Publish();

        a.Send(Frames.ArpRequest("10.1.0.5", "10.1.0.6"), Frames.ArpRequest("10.1.0.55", "10.1.0.6", OwnMac));
        b.Received();
        a.Send(Frames.Udp("10.1.0.5", "10.1.0.6"), Frames.Udp("10.1.0.55", "10.1.0.6", fromMac: OwnMac));

        Assert.That(b.Received(), Has.Count.EqualTo(1));
        Assert.That((a[DropReason.SpoofGuardArp], a[DropReason.SpoofGuardIpv4]), Is.EqualTo((1L, 1L)));
    }

    private static TestCaseData Case(string name, byte[] frame, DropReason reason) => new TestCaseData(frame, (int)reason).SetArgDisplayNames(name);
}
