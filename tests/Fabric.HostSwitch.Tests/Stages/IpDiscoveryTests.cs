using Fabric.Contracts.V1;
using Fabric.HostSwitch.Ports;
using Fabric.HostSwitch.Tests.Rig;
using Fabric.Packets.Addresses;
using Fabric.Packets.Transport;
using Fabric.TestKit;

namespace Fabric.HostSwitch.Tests.Stages;

/// <summary>Which addresses a port is seen to use, and which of them count (reference: nsx-dataplane.md, 3.2).</summary>
internal sealed class IpDiscoveryTests
{
    private static readonly MacAddress OwnMac = Frames.MacOf("10.1.0.5");

    private TestFabric _fabric = null!;
    private TestPort _port = null!;
    private TestPort _other = null!;

    [SetUp]
    public void SetUp()
    {
        _fabric = new TestFabric();
        var host = _fabric.Host("one");
        string web = _fabric.Switch("web", 71680);
        _port = host.Vm(web, "10.1.0.5", port => port.IpDiscovery = new IpDiscoveryProfile
        {
            ArpSnooping = true,
            ArpBindingsLimit = 1,
            DhcpSnooping = true,
            NdSnooping = true,
            NdBindingsLimit = 3,
            TrustOnFirstUse = true,
        });
        _other = host.Vm(web, "10.1.0.6");
        _fabric.Publish();
    }

    [TearDown]
    public void TearDown() => _fabric.Dispose();

    [Test]
    public void The_first_address_by_ARP_is_kept_for_good_and_the_second_only_noted()
    {
        _port.Send(Frames.ArpRequest("10.1.0.5", "10.1.0.6"), Frames.ArpRequest("10.1.0.55", "10.1.0.6", OwnMac));
        Assert.That(Discovered(), Is.EqualTo(new[] { "10.1.0.5", "10.1.0.55" }));
        Assert.That(Realized(), Is.EqualTo(new[] { "10.1.0.5" }));

        _fabric.Pass(TimeSpan.FromMinutes(30), stepMs: 10_000);
        Assert.That(Realized(), Is.EqualTo(new[] { "10.1.0.5" }));
        Assert.That(Discovered(), Is.EqualTo(new[] { "10.1.0.5" }), "what is not realized is forgotten after the timeout");
    }

    [Test]
    public void Without_trust_on_first_use_an_address_counts_while_it_is_fresh()
    {
        _port.Intent.IpDiscovery.TrustOnFirstUse = false;
        _fabric.Publish();
        _port.Send(Frames.ArpRequest("10.1.0.5", "10.1.0.6"));
        _fabric.Pass(TimeSpan.FromMinutes(9), stepMs: 10_000);
        Assert.That(Realized(), Is.EqualTo(new[] { "10.1.0.5" }));

        _fabric.Pass(TimeSpan.FromMinutes(2), stepMs: 10_000);
        Assert.That(Realized(), Is.Empty);
    }

    [Test]
    public void Neighbor_discovery_tells_up_to_its_own_limit()
    {
        foreach (string address in new[] { "2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8::4" })
        {
            _port.Send(Frames.NeighborAdvertisement(address, "ff02::1", OwnMac));
        }

        Assert.That(Realized(), Is.EqualTo(new[] { "2001:db8::1", "2001:db8::2", "2001:db8::3" }));
    }

    [Test]
    public void A_lease_counts_until_it_ends_or_is_released()
    {
        byte[] Ack(string address, byte seconds) => Frames.Dhcp(
            new DhcpHeader(DhcpMessageType.Ack, 7, OwnMac) { YourAddress = IpAddress.Parse(address), Options = new byte[] { 51, 4, 0, 0, 0, seconds } },
            "10.1.0.6",
            address).To(OwnMac);
        _other.Send(Ack("10.1.0.5", 60));
        Assert.That(Realized(), Is.EqualTo(new[] { "10.1.0.5" }));

        _fabric.Pass(TimeSpan.FromSeconds(62), stepMs: 1000);
        Assert.That(Realized(), Is.Empty);

        _other.Send(Ack("10.1.0.50", 200));
        Assert.That(Realized(), Is.EqualTo(new[] { "10.1.0.50" }));
        _port.Send(Frames.Dhcp(
            new DhcpHeader(DhcpMessageType.Release, 8, OwnMac) { ClientAddress = IpAddress.Parse("10.1.0.50") }, "10.1.0.50", "10.1.0.6"));
        Assert.That(Realized(), Is.Empty);
    }

    [Test]
    public void An_ignored_address_is_not_discovered_and_a_withheld_one_not_realized()
    {
        _port.Intent.IpDiscovery.ArpBindingsLimit = 5;
        _port.Intent.IgnoreBindings.Add(TestFabric.Binding("10.1.0.50", OwnMac));
        _port.Intent.Withheld.Add(new PortBinding { Mac = TestFabric.Bytes(OwnMac), Ip = TestFabric.Bytes(IpAddress.Parse("10.1.0.51")), Vlan = -1 });
        _fabric.Publish();

        _port.Send(
            Frames.ArpRequest("10.1.0.50", "10.1.0.6", OwnMac),
            Frames.ArpRequest("10.1.0.51", "10.1.0.6", OwnMac),
            Frames.ArpRequest("10.1.0.52", "10.1.0.6", OwnMac));

        Assert.That(Discovered(), Is.EqualTo(new[] { "10.1.0.51", "10.1.0.52" }));
        Assert.That(Realized(), Is.EqualTo(new[] { "10.1.0.52" }));
    }

    [Test]
    public void The_agent_hears_of_each_change_once()
    {
        while (_port.Host.Worker.Notices.TryRead(out _))
        {
        }

        _port.Send(Frames.ArpRequest("10.1.0.5", "10.1.0.6"));
        _port.Send(Frames.ArpRequest("10.1.0.5", "10.1.0.6"));

        Assert.That(_port.Host.Worker.Notices.TryRead(out var notice));
        var change = ((HostNotice.Discovered)notice!).Change;
        Assert.That((change.PortId, change.Realized.Single().Ip.ToString()), Is.EqualTo((_port.Id, "10.1.0.5")));
        Assert.That(_port.Host.Worker.Notices.TryRead(out _), Is.False);
    }

    private string[] Discovered() => [.. State.Seen.Select(entry => entry.Ip.ToString()).Order(StringComparer.Ordinal)];

    private string[] Realized() => [.. State.Realized.Select(entry => entry.Ip.ToString())];

    private DiscoveredAddresses State => _port.Host.LogicalPort(_port).State.Addresses;
}
