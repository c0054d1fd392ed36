using Fabric.Contracts.V1;
using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tests.Rig;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;
using Fabric.TestKit;

namespace Fabric.HostSwitch.Tests.Stages;

/// <summary>Switch security, rate limits and MAC management of a port (reference: nsx-dataplane.md, 3.3 and 3.4).</summary>
internal sealed class PortSecurityTests
{
    private static readonly MacAddress OwnMac = Frames.MacOf("10.1.0.5");
    private static readonly byte[] Advertisement = Frames.Icmp(
        "fe80::5", "ff02::1", new IcmpHeader(IcmpV6Type.RouterAdvertisement, 0, 0x4000_0708), new byte[8], OwnMac, ttl: 255);

    private static IEnumerable<TestCaseData> Blocked()
    {
        var bpdu = MacAddress.Parse("01:80:c2:00:00:00");
        var plain = Frames.Udp("10.1.0.5", "10.1.0.6");
        yield return Case("a BPDU", plain.To(bpdu).OfType(0x0026), new() { BpduFilter = true }, DropReason.BpduFilter);
        yield return Case(
            "a BPDU on the white list", plain.To(bpdu).OfType(0x0026), new() { BpduFilter = true, BpduWhiteList = { TestFabric.Bytes(bpdu) } }, DropReason.None);
        yield return Case("a DHCP client", Frames.Dhcp(new DhcpHeader(DhcpMessageType.Discover, 1, OwnMac)), new() { DhcpClientBlockV4 = true }, DropReason.DhcpClientBlockIpv4);
        yield return Case(
            "a DHCP server",
            Frames.Dhcp(new DhcpHeader(DhcpMessageType.Offer, 1, Frames.MacOf("10.1.0.6")), "10.1.0.5", "10.1.0.6"),
            new() { DhcpServerBlockV4 = true },
            DropReason.DhcpServerBlockIpv4);
        yield return Case("a DHCP relay", Frames.Udp("10.1.0.5", "10.1.0.6", 67, 67), new() { DhcpServerBlockV4 = true, DhcpClientBlockV4 = true }, DropReason.None);
        yield return Case("a DHCPv6 client", Frames.Udp("fe80::5", "ff02::1:2", 546, 547, fromMac: OwnMac), new() { DhcpClientBlockV6 = true }, DropReason.DhcpClientBlockIpv6);
        yield return Case("a DHCPv6 server", Frames.Udp("fe80::5", "fe80::6", 547, 546, fromMac: OwnMac), new() { DhcpServerBlockV6 = true }, DropReason.DhcpServerBlockIpv6);
        yield return Case("a router advertisement", Advertisement, new() { RaGuard = true }, DropReason.RaGuard);
        yield return Case("an unguarded router advertisement", Advertisement, new(), DropReason.None);
        yield return Case(
            "neighbor discovery from afar",
            Frames.Icmp("fe80::5", "ff02::1", new IcmpHeader(IcmpV6Type.NeighborAdvertisement), new byte[16], OwnMac, ttl: 64),
            new(),
            DropReason.NdParseError);
        yield return Case("another protocol", plain.OfType(0x88B5), new() { BlockNonIp = true }, DropReason.NonIpBlock);
        yield return Case("ARP where only IP may pass", Frames.ArpRequest("10.1.0.5", "10.1.0.99"), new() { BlockNonIp = true }, DropReason.None);
    }

    [TestCaseSource(nameof(Blocked))]
    public void What_switch_security_drops(byte[] frame, SwitchSecurityProfile profile, int expected)
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string web = fabric.Switch("web", 71680);
        var a = host.Vm(web, "10.1.0.5", port => port.SwitchSecurity = profile);
        var b = host.Vm(web, "10.1.0.6", port => port.MacManagement = new() { Learning = true, UnicastFlooding = true });
        fabric.Publish();

        a.Send(frame);

        var reason = (DropReason)Math.Max(0, Array.FindIndex(a.Counters.Drops, count => count > 0));
        Assert.That(reason, Is.EqualTo((DropReason)expected));
        Assert.That(b.Received(), Has.Count.EqualTo(expected == 0 ? 1 : 0));
    }

    [Test]
    public void Broadcasts_above_the_limit_are_dropped_and_a_second_later_pass_again()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string web = fabric.Switch("web", 71680);
        var a = host.Vm(web, "10.1.0.5", port => port.SwitchSecurity = new() { RxBroadcastLimit = 3 });
        var b = host.Vm(web, "10.1.0.6");
        fabric.Publish();

        var frame = Frames.Udp("10.1.0.5", "255.255.255.255");
        a.Send(frame, frame, frame, frame, frame);
        Assert.That(b.Received(), Has.Count.EqualTo(3));
        Assert.That(a[DropReason.RxRateLimitBroadcast], Is.EqualTo(2));

        fabric.Pass(TimeSpan.FromSeconds(1));
        a.Send(frame, frame, frame, frame);
        Assert.That(b.Received(), Has.Count.EqualTo(3));
    }

    [Test]
    public void A_forged_source_MAC_is_dropped_unless_change_is_allowed()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string web = fabric.Switch("web", 71680);
        var (a, b) = (host.Vm(web, "10.1.0.5"), host.Vm(web, "10.1.0.6"));
        fabric.Publish();

        var forged = Frames.Udp("10.1.0.5", "10.1.0.6", fromMac: Frames.MacOf("10.1.0.77"));
        a.Send(forged);
        Assert.That(b.Received(), Is.Empty);
        Assert.That(a[DropReason.ForgedTransmit], Is.EqualTo(1));

        a.Intent.MacManagement = new() { MacChangeAllowed = true };
        fabric.Publish();
        a.Send(forged);
        Assert.That(b.Received(), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_learning_port_gets_what_is_for_the_MACs_behind_it_up_to_its_limit()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string web = fabric.Switch("web", 71680);
        var a = host.Vm(web, "10.1.0.5", port => port.MacManagement = new() { Learning = true, LearningLimit = 1, DropOverLimit = true });
        var b = host.Vm(web, "10.1.0.6");
        fabric.Publish();

        a.Send(
            Frames.Udp("10.1.0.77", "10.1.0.6"),
            Frames.Udp("10.1.0.78", "10.1.0.6"));
        Assert.That(b.Received(), Has.Count.EqualTo(1));
        Assert.That((a.Counters.MacsLearned, a[DropReason.MacNotLearned]), Is.EqualTo((1L, 1L)));

        b.Send(Frames.Udp("10.1.0.6", "10.1.0.77"));
        Assert.That(a.Received(), Has.Count.EqualTo(1));

        fabric.Pass(TimeSpan.FromMinutes(11), stepMs: 1000);
        b.Send(Frames.Udp("10.1.0.6", "10.1.0.77"));
        Assert.That(b[DropReason.UnknownUnicast], Is.EqualTo(1), "forgotten after ten silent minutes");
    }

    private static TestCaseData Case(string name, byte[] frame, SwitchSecurityProfile profile, DropReason reason)
        => new TestCaseData(frame, profile, (int)reason).SetArgDisplayNames(name);
}
