using Fabric.Contracts.V1;
using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tests.Rig;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;
using Fabric.TestKit;

namespace Fabric.HostSwitch.Tests.Pipeline;

/// <summary>The firewall where the frame meets it: at both ports, and with its answers finding the way back.</summary>
internal sealed class FirewallJourneyTests
{
    [Test]
    public void Traffic_on_one_host_meets_two_filters_and_counts_twice()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string web = fabric.Switch("web", 71680);
        var (a, b) = (host.Vm(web, "10.1.0.5"), host.Vm(web, "10.1.0.6"));
        fabric.RuleSections["rules"] = Section(Rule(2, RuleAction.Allow));
        fabric.Publish();

        a.Send(Frames.Udp("10.1.0.5", "10.1.0.6"));

        Assert.That(b.Received(), Has.Count.EqualTo(1));
        var statistics = host.Datapath.Tables.Rules.Counters.Single().Read("one");
        Assert.That((statistics.Packets, statistics.Sessions), Is.EqualTo((2UL, 2UL)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_rejection_at_the_destination_finds_its_way_back_through_router_and_tunnel(bool isRouted)
    {
        using var fabric = new TestFabric();
        var (one, two) = (fabric.Host("one"), fabric.Host("two"));
        string web = fabric.Switch("web", 71680);
        string data = fabric.Switch("data", 71681);
        fabric.Router("t1", (web, "10.1.0.1/24"), (data, "10.2.0.1/24"));
        var a = one.Vm(web, "10.1.0.5");
        var b = two.Vm(isRouted ? data : web, isRouted ? "10.2.0.6" : "10.1.0.6");
        fabric.RuleSections["rules"] = Section(Rule(10, RuleAction.Reject, RuleDirection.In, b.Id), Rule(2, RuleAction.Allow));
        fabric.Publish();

        a.Send(
            Frames.Tcp(a.Ip, b.Ip, toMac: isRouted ? TestFabric.VdrMac : b.Mac),
            Frames.Udp(a.Ip, b.Ip, toMac: isRouted ? TestFabric.VdrMac : b.Mac));

        var answers = a.Received();
        Assert.That(answers, Has.Count.EqualTo(2));
        _ = FrameLayout.Parse(answers[0], out var layout);
        Assert.That(TcpView.TryParse(layout.Transport(answers[0]), out var tcp));
        Assert.That((layout.Source(answers[0]).ToString(), tcp.Flags, tcp.Acknowledgment), Is.EqualTo((b.Ip, TcpFlags.Rst | TcpFlags.Ack, 1001u)));
        _ = FrameLayout.Parse(answers[1], out layout);
        Assert.That(IcmpView.TryParse(layout.Transport(answers[1]), out var icmp));
        Assert.That((icmp.Type, icmp.Code), Is.EqualTo((IcmpType.DestinationUnreachable, (byte)13)));
        Assert.That(b.Received(), Is.Empty);
        Assert.That(b[DropReason.FirewallRuleTx], Is.EqualTo(2));
    }

    [Test]
    public void A_reply_needs_no_rule_and_a_new_flow_the_other_way_does()
    {
        using var fabric = new TestFabric();
        var (one, two) = (fabric.Host("one"), fabric.Host("two"));
        string web = fabric.Switch("web", 71680);
        var (a, b) = (one.Vm(web, "10.1.0.5"), two.Vm(web, "10.1.0.6"));
        fabric.RuleSections["rules"] = Section(
            Rule(10, RuleAction.Allow, RuleDirection.Out, a.Id), Rule(11, RuleAction.Allow, RuleDirection.In, b.Id), Rule(2, RuleAction.Drop));
        fabric.Publish();

        b.Send(Frames.Udp("10.1.0.6", "10.1.0.5", 5001, 40000));
        Assert.That(a.Received(), Is.Empty);
        Assert.That(b[DropReason.FirewallRuleRx], Is.EqualTo(1));

        a.Send(Frames.Udp("10.1.0.5", "10.1.0.6", 40001, 5002));
        Assert.That(b.Received(), Has.Count.EqualTo(1));
        b.Send(Frames.Udp("10.1.0.6", "10.1.0.5", 5002, 40001));
        Assert.That(a.Received(), Has.Count.EqualTo(1));
    }

    [Test]
    public void With_the_firewall_switched_off_everything_passes()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        string web = fabric.Switch("web", 71680);
        var (a, b) = (host.Vm(web, "10.1.0.5"), host.Vm(web, "10.1.0.6"));
        fabric.RuleSections["rules"] = Section(Rule(2, RuleAction.Drop));
        fabric.Settings.FirewallEnabled = false;
        fabric.Publish();

        a.Send(Frames.Udp("10.1.0.5", "10.1.0.6"));

        Assert.That(b.Received(), Has.Count.EqualTo(1));
    }

    private static HostRuleSection Section(params HostRule[] rules)
    {
        var section = new HostRuleSection { Stateful = true };
        section.Rules.AddRange(rules);
        return section;
    }

    private static HostRule Rule(uint id, RuleAction action, RuleDirection direction = RuleDirection.InOut, string? port = null)
    {
        var rule = new HostRule { Id = id, Action = action, Direction = direction, AnySource = true, AnyDestination = true, AllPorts = port is null };
        if (port is not null)
        {
            rule.AppliedToPortIds.Add(port);
        }

        return rule;
    }
}
