using Fabric.Contracts.V1;
using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tests.Rig;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.TestKit;

namespace Fabric.HostSwitch.Tests.Stages;

/// <summary>ARP and neighbor discovery answered for their target (reference: nsx-dataplane.md, 5.5).</summary>
internal sealed class NeighborSuppressionTests
{
    private TestFabric _fabric = null!;
    private TestPort _a = null!;
    private TestPort _b = null!;

    [SetUp]
    public void SetUp()
    {
        _fabric = new TestFabric();
        var (one, two) = (_fabric.Host("one"), _fabric.Host("two"));
        string web = _fabric.Switch("web", 71680);
        _a = one.Vm(web, "10.1.0.5");
        _b = two.Vm(web, "10.1.0.6");
        _fabric.Publish();
    }

    [TearDown]
    public void TearDown() => _fabric.Dispose();

    [Test]
    public void A_request_for_a_known_address_is_answered_with_its_owners_MAC_and_not_flooded()
    {
        _a.Send(Frames.ArpRequest("10.1.0.5", "10.1.0.6"));

        var reply = _a.ReceivedOne();
        Assert.That(reply[..42], IsFrame.EqualTo(Frames.ArpReply("10.1.0.6", "10.1.0.5")));
        Assert.That(_b.Received(), Is.Empty);
        Assert.That(_a.Host[HostEvent.ArpProxyRequestSuppressed], Is.EqualTo(1));
    }

    [Test]
    public void A_request_for_an_unknown_address_is_flooded_even_with_the_controller_gone()
    {
        _fabric.TellsNeighbors = false;
        _fabric.Publish();

        _a.Send(Frames.ArpRequest("10.1.0.5", "10.1.0.6"));
        Assert.That(_b.ReceivedOne(), IsFrame.EqualTo(Frames.ArpRequest("10.1.0.5", "10.1.0.6")));

        _b.Send(Frames.ArpReply("10.1.0.6", "10.1.0.5"));
        Assert.That(_a.Received(), Has.Count.EqualTo(1));
    }

    [Test]
    public void Probes_and_announcements_go_to_everyone()
    {
        _a.Send(
            Frames.Arp(ArpOperation.Request, "0.0.0.0", "10.1.0.6", _a.Mac, default, MacAddress.Broadcast),
            Frames.Arp(ArpOperation.Request, "10.1.0.5", "10.1.0.5", _a.Mac, default, MacAddress.Broadcast));

        Assert.That(_a.Received(), Is.Empty);
        Assert.That(_b.Received(), Has.Count.EqualTo(2));
    }

    [Test]
    public void A_solicitation_for_a_known_address_is_answered()
    {
        _a.Host.Adjust = intent => intent with
        {
            Neighbors = new Dictionary<string, HostNeighbor>
            {
                ["web/2001:db8::6"] = new()
                {
                    SwitchId = "web",
                    Ip = TestFabric.Bytes(IpAddress.Parse("2001:db8::6")),
                    Mac = TestFabric.Bytes(_b.Mac),
                },
            },
        };
        _fabric.Publish();

        _a.Send(Frames.NeighborSolicitation("2001:db8::5", "2001:db8::6", _a.Mac));

        Assert.That(_a.ReceivedOne(), IsFrame.EqualTo(Frames.NeighborAdvertisement("2001:db8::6", "2001:db8::5", _b.Mac, _a.Mac)));
        Assert.That(_b.Received(), Is.Empty);
    }
}
