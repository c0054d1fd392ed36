using System.Globalization;
using System.Text;
using Fabric.Contracts.V1;
using Fabric.HostSwitch.Firewall;
using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Tests.Firewall;

[TestFixture]
public sealed class RuleMatchingTests
{
    private static readonly string[] Stations = ["10.0.1.1", "10.0.1.2", "10.0.2.1", "10.0.3.1"];

    [Test]
    public void The_first_rule_that_matches_decides_in_the_order_of_sections()
        => AssertGrid(
            """
            .  y  y  y
            y  .  y  y
            -  -  .  -
            -  -  -  .
            """,
            rig => rig.WithSet("web", "10.0.1.0/24")
                .With("late", Rules.Section(20, Rules.Drop(2)))
                .With("early", Rules.Section(10, Rules.Allow(1001).From("web"))));

    [Test]
    public void A_negated_source_matches_whoever_is_outside_the_set()
        => AssertGrid(
            """
            .  y  y  y
            y  .  y  y
            -  -  .  -
            -  -  -  .
            """,
            rig => rig.WithSet("web", "10.0.1.0/24").With("s", Rules.Section(1, Rules.Drop(1001).NotFrom("web"), Rules.Allow(2))));

    [Test]
    public void A_set_that_is_empty_or_unknown_matches_nothing_and_its_negation_everything()
        => AssertGrid(
            """
            .  y  -  -
            y  .  -  -
            -  -  .  -
            -  -  -  .
            """,
            rig => rig.WithSet("web", "10.0.1.0/24")
                .WithSet("empty")
                .With("s", Rules.Section(1, Rules.Drop(1001).From("empty"), Rules.Drop(1002).From("nowhere"), Rules.Allow(1003).From("web").To("web"),
                    Rules.Drop(1004).NotFrom("empty"), Rules.Allow(2))));

    [Test]
    public void A_source_and_a_destination_must_both_match()
        => AssertGrid(
            """
            .  -  y  -
            -  .  y  -
            -  -  .  -
            -  -  -  .
            """,
            rig => rig.WithSet("web", "10.0.1.0/24").WithSet("db", "10.0.2.1/32")
                .With("s", Rules.Section(1, Rules.Allow(1001).From("web").To("db"), Rules.Drop(2))));

    [Test]
    public void Services_match_protocol_port_and_icmp_type()
    {
        var rig = new FirewallRig().With("s", Rules.Section(
            1, Rules.Allow(1001).Tcp(80, 443), Rules.Allow(1002).Udp(53), Rules.Allow(1003).Icmp(8), Rules.Drop(2)));

        Assert.That(rig.Out(Packets.Syn("10.0.0.1", "10.0.0.2", 443)).RuleId, Is.EqualTo(1001));
        Assert.That(rig.Out(Packets.Syn("10.0.0.1", "10.0.0.2", 22)).RuleId, Is.EqualTo(2));
        Assert.That(rig.Out(Packets.Udp("10.0.0.1", "10.0.0.2", toPort: 53)).RuleId, Is.EqualTo(1002));
        Assert.That(rig.Out(Packets.Udp("10.0.0.1", "10.0.0.2", toPort: 443)).RuleId, Is.EqualTo(2));
        Assert.That(rig.Out(Packets.Echo("10.0.0.1", "10.0.0.2")).RuleId, Is.EqualTo(1003));
        Assert.That(rig.Out(Packets.Echo("10.0.0.1", "10.0.0.2", identifier: 9, reply: true)).RuleId, Is.EqualTo(2), "an answer to nothing");
    }

    [Test]
    public void A_service_without_entries_that_remain_matches_nothing()
    {
        var none = Rules.Drop(1001);
        none.NoService = true;
        var rig = new FirewallRig().With("s", Rules.Section(1, none, Rules.Allow(2)));
        Assert.That(rig.Out(Packets.Syn("10.0.0.1", "10.0.0.2", 80)).RuleId, Is.EqualTo(2));
    }

    [Test]
    public void A_rule_holds_in_its_direction_and_family_only()
    {
        var rig = new FirewallRig().With("s", Rules.Section(
            1,
            Rules.Drop(1001).Way(RuleDirection.In).Family(RuleIpProtocol.Ipv4),
            Rules.Drop(1002).Way(RuleDirection.Out).Family(RuleIpProtocol.Ipv6),
            Rules.Allow(2)));

        Assert.That(rig.Out(Packets.Udp("10.0.0.1", "10.0.0.2")).RuleId, Is.EqualTo(2));
        Assert.That(rig.In(Packets.Udp("10.0.0.3", "10.0.0.1")).RuleId, Is.EqualTo(1001));
        Assert.That(rig.Out(Packets.Udp("fd00::1", "fd00::2")).RuleId, Is.EqualTo(1002));
        Assert.That(rig.In(Packets.Udp("fd00::3", "fd00::1")).RuleId, Is.EqualTo(2));
    }

    [Test]
    public void A_rule_applied_to_some_ports_is_on_their_filters_only()
    {
        var rig = new FirewallRig().With("s", Rules.Section(1, Rules.Drop(1001).On("a", "b"), Rules.Drop(1002).On("b").Tcp(80), Rules.Allow(2)));
        Assert.That(rig.Out(Packets.Udp("10.0.0.1", "10.0.0.2"), "a").RuleId, Is.EqualTo(1001));
        Assert.That(rig.Out(Packets.Udp("10.0.0.1", "10.0.0.2"), "c").RuleId, Is.EqualTo(2));
        Assert.That(rig.Tables.Of("a").Layer3.Rules, Has.Count.EqualTo(2));
        Assert.That(rig.Tables.Of("b").Layer3.Rules, Has.Count.EqualTo(3));
    }

    [Test]
    public void Layer_2_rules_come_first_and_see_macs_and_ether_types()
    {
        var rig = new FirewallRig().WithMacs("stations", Packets.SourceMac)
            .With("l3", Rules.Section(1, Rules.Allow(2)))
            .With("l2", Rules.Layer2(9, Rules.Drop(1001).From("stations").EtherType(0x86DD), Rules.Allow(1)));

        var dropped = rig.Out(Packets.Udp("fd00::1", "fd00::2"));
        Assert.That(dropped.Verdict, Is.EqualTo(Verdict.Drop(DropReason.FirewallL2Rx)));
        Assert.That(dropped.RuleId, Is.EqualTo(1001));
        Assert.That(rig.In(Packets.Udp("fd00::1", "fd00::2")).Verdict, Is.EqualTo(Verdict.Drop(DropReason.FirewallL2Tx)));
        Assert.That(rig.Out(Packets.Udp("10.0.0.1", "10.0.0.2")).RuleId, Is.EqualTo(2));
        Assert.That(rig.Statistics(1).Packets, Is.EqualTo(1));
    }

    [Test]
    public void An_excluded_port_and_a_firewall_that_is_off_pass_everything()
    {
        var rig = new FirewallRig().With("s", Rules.Section(1, Rules.Drop(2))).Excluding("a");
        Assert.That(rig.Out(Packets.Udp("10.0.0.1", "10.0.0.2"), "a"), Is.EqualTo(FirewallDecision.Unfiltered));
        Assert.That(rig.Out(Packets.Udp("10.0.0.1", "10.0.0.2"), "b").Verdict.IsDrop, Is.True);

        rig.IsEnabled = false;
        rig.Publish();
        Assert.That(rig.Out(Packets.Udp("10.0.0.1", "10.0.0.2"), "b"), Is.EqualTo(FirewallDecision.Unfiltered));
    }

    [Test]
    public void An_address_set_changes_beside_the_compiled_rules()
    {
        var rig = new FirewallRig().WithSet("web", "10.0.1.0/24").With("s", Rules.Section(1, Rules.Drop(1001).From("web"), Rules.Allow(2)));
        var before = rig.Tables.Of("a");
        rig.WithSet("web", "10.0.9.0/24");
        var after = rig.Tables.Of("a");

        Assert.That(after.Layer3, Is.SameAs(before.Layer3));
        Assert.That(after.Generation, Is.EqualTo(before.Generation + 1));
        Assert.That(rig.Out(Packets.Udp("10.0.1.1", "10.0.2.1")).RuleId, Is.EqualTo(2));
        Assert.That(rig.Out(Packets.Udp("10.0.9.1", "10.0.2.1")).RuleId, Is.EqualTo(1001));
    }

    [Test]
    public void What_did_not_change_keeps_its_generation()
    {
        var rig = new FirewallRig().WithSet("web", "10.0.1.0/24").With("s", Rules.Section(1, Rules.Allow(2)));
        uint before = rig.Tables.Generation;
        Assert.That(rig.Excluding("c").Tables.Generation, Is.EqualTo(before));
    }

    [Test]
    public void The_index_finds_what_a_walk_along_all_rules_finds([Range(1, 30)] int seed)
    {
        var chance = new Random(seed);
        string[] names = ["s0", "s1", "s2", "s3", "s4"];
        var rig = new FirewallRig();
        foreach (string name in names)
        {
            rig.WithSet(name, $"10.0.{chance.Next(4)}.{chance.Next(8) * 8}/29", $"10.0.{chance.Next(4)}.{chance.Next(256)}/32");
        }

        var rules = Enumerable.Range(0, 150).Select(number => RandomRule((uint)(1_000 + number), chance, names)).ToArray();
        rig.With("s", Rules.Section(1, rules));
        var filter = rig.Tables.Of("a");
        var scratch = new RuleScratch();
        for (int step = 0; step < 500; step++)
        {
            var query = RandomQuery(chance);
            var found = filter.Layer3.Match(query, filter.Addresses, scratch);
            var walked = filter.Layer3.Rules.FirstOrDefault(rule => Matches(rule, query, filter.Addresses.Sets));
            Assert.That(found?.Id, Is.EqualTo(walked?.Id), $"seed {seed}, {query}");
        }
    }

    [Test]
    public void A_section_with_a_fault_names_it()
    {
        var noPorts = Rules.Allow(7);
        noPorts.Services.Add(new ServiceEntry { Kind = ServiceEntry.Types.Kind.L4PortSet, Protocol = 1 });
        Assert.That(RuleCompiler.FindFault(Rules.Section(1, noPorts)), Is.EqualTo("rule 7: IP protocol 1 has no ports"));
        Assert.That(RuleCompiler.FindFault(Rules.Layer2(1, Rules.Reject(8))), Does.Contain("REJECT"));
        Assert.That(RuleCompiler.FindFault(Rules.Section(1, Rules.Allow(9).Tcp(80))), Is.Null);
    }

    private static void AssertGrid(string expected, Func<FirewallRig, FirewallRig> build)
    {
        var rig = build(new FirewallRig());
        var grid = new StringBuilder();
        foreach (string from in Stations)
        {
            grid.AppendJoin("  ", Stations.Select(to => from == to ? "." : rig.Out(Packets.Syn(from, to, 80)).Verdict.IsDrop ? "-" : "y")).Append('\n');
        }

        Assert.That(grid.ToString().TrimEnd(), Is.EqualTo(expected), "who (rows) reaches whom (columns): " + string.Join(' ', Stations));
    }

    private static HostRule RandomRule(uint id, Random chance, string[] names)
    {
        var rule = chance.Next(2) == 0 ? Rules.Allow(id) : Rules.Drop(id);
        rule = chance.Next(3) == 0 ? rule : chance.Next(4) == 0 ? rule.NotFrom(Pick()) : rule.From(Pick(), Pick());
        rule = chance.Next(3) == 0 ? rule : rule.To(Pick());
        rule.Direction = (RuleDirection)chance.Next(3);
        int services = chance.Next(4);
        for (int service = 0; service < services; service++)
        {
            uint first = (uint)chance.Next(100);
            _ = chance.Next(5) switch
            {
                0 => rule.Tcp(first),
                1 => rule.Udp(first),
                2 => rule.Icmp((uint)chance.Next(12)),
                3 => rule.EtherType(0x0800),
                _ => Ranged(rule, first, first + (uint)chance.Next(60_000)),
            };
        }

        return rule;

        string Pick() => names[chance.Next(names.Length)];
    }

    private static HostRule Ranged(HostRule rule, uint first, uint last)
    {
        rule.Services.Add(new ServiceEntry
        {
            Protocol = 6,
            DestinationPorts = { new PortRange { First = first, Last = last } },
            SourcePorts = { new PortRange { First = 0, Last = 40_000 } },
        });
        return rule;
    }

    private static RuleQuery RandomQuery(Random chance)
    {
        var protocol = (IpProtocol)(chance.Next(4) switch { 0 => 6, 1 => 17, 2 => 1, _ => 47 });
        bool hasPorts = protocol is IpProtocol.Tcp or IpProtocol.Udp;
        return new RuleQuery(
            (Direction)chance.Next(2),
            EtherType.Ipv4,
            default,
            default,
            Address(),
            Address(),
            protocol,
            (ushort)(hasPorts ? chance.Next(65_536) : chance.Next(12)),
            (ushort)(hasPorts ? chance.Next(120) : 0));

        IpAddress Address() => IpAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"10.0.{chance.Next(4)}.{chance.Next(64)}"));
    }

    private static bool Matches(CompiledRule rule, in RuleQuery query, AddressSet[] sets)
        => rule.MatchesWay(query.Direction, query.IsIpv4)
            && Matches(rule.Sources, query.Source, sets)
            && Matches(rule.Destinations, query.Destination, sets)
            && rule.MatchesService(query);

    private static bool Matches(RuleAddresses side, IpAddress address, AddressSet[] sets)
        => side.IsAny || side.Sets.Any(number => sets[number].Contains(address)) != side.IsExcluded;
}
