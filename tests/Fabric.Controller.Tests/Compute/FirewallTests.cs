using Fabric.Contracts.V1;
using static Fabric.Controller.Tests.TestFabric;
using Case = Fabric.Contracts.V1.HostObject.ObjectOneofCase;

namespace Fabric.Controller.Tests.Compute;

internal sealed class FirewallTests
{
    private static readonly string[] FromGroup = ["NSGroup/g"];
    private static readonly string[] ToAddress = ["IPv4Address/10.9.0.0/16"];
    private static readonly string[] OnP1 = ["LogicalPort/p1"];
    private static readonly string[] OnSet = ["NSGroup/addresses"];

    private readonly TestFabric _fabric = TwoHosts().With(
        GroupOf("g", "LogicalPort/p1"), GroupOf("addresses", "IPSet/set"), IpSet("set", "10.0.0.1"));

    [Test]
    public void A_rule_goes_only_to_the_nodes_of_the_ports_it_applies_to()
    {
        _fabric.With(Section("s", 1, Rule(1001, FromGroup, ToAddress, OnP1), Rule(1002, on: OnP1)));
        Assert.That(_fabric.Names("n2", Case.RuleSection), Is.Empty);
        Assert.That(_fabric.Names("n2", Case.AddressSet), Is.Empty);
        var section = _fabric.Object("n1", Case.RuleSection, "s").RuleSection;
        Assert.That(section.Rules.Select(rule => rule.Id), Is.EqualTo(new[] { 1001u, 1002u }));
        Assert.That(section.Rules[0].AppliedToPortIds, Is.EqualTo(new[] { "p1" }));
        Assert.That(_fabric.Names("n1", Case.AddressSet), Is.EqualTo(new[] { "IPv4Address/10.9.0.0/16", "NSGroup/g" }));
    }

    [Test]
    public void A_rule_follows_its_port_to_another_node()
    {
        _fabric.With(Section("s", 1, Rule(1001, on: OnP1))).Attach("n2", "v1", "02:00:00:00:00:01");
        Assert.That(_fabric.Names("n1", Case.RuleSection), Is.Empty);
        Assert.That(_fabric.Names("n2", Case.RuleSection), Is.EqualTo(new[] { "s" }));
    }

    [Test]
    public void Applied_to_nothing_stated_is_every_port_and_to_addresses_alone_none()
    {
        _fabric.With(Section("s", 1, Rule(1001), Rule(1002, on: OnSet)));
        var rule = _fabric.Object("n2", Case.RuleSection, "s").RuleSection.Rules.Single();
        Assert.That((rule.Id, rule.AllPorts), Is.EqualTo((1001u, true)));
    }

    [Test]
    public void A_sections_scope_wins_over_its_rules()
    {
        var section = Section("s", 1, Rule(1001, on: ["LogicalPort/p2"]));
        section.FirewallSection.AppliedTos.Add(Refer(OnP1));
        _fabric.With(section);
        Assert.That(_fabric.Object("n1", Case.RuleSection, "s").RuleSection.Rules[0].AppliedToPortIds, Is.EqualTo(OnP1.Select(_ => "p1")));
        Assert.That(_fabric.Names("n2", Case.RuleSection), Is.Empty);
    }

    [Test]
    public void A_disabled_rule_is_sent_to_nobody()
    {
        var rule = Rule(1001);
        rule.Disabled = true;
        _fabric.With(Section("s", 1, rule));
        Assert.That(_fabric.Names("n1", Case.RuleSection), Is.Empty);
    }

    [Test]
    public void Services_are_resolved_through_groups_and_what_is_missing_matches_nothing()
    {
        var http = new ConfigObject { Id = "http", Service = new ServiceConfig { Entries = { new ServiceEntry { Protocol = 6 } } } };
        var web = new ConfigObject { Id = "web", Service = new ServiceConfig { MemberIds = { "http", "web" } } };
        var found = Rule(1001);
        found.Services.Add(Refer(["NSServiceGroup/web"]));
        var missing = Rule(1002);
        missing.Services.Add(Refer(["NSService/absent"]));
        _fabric.With(http, web, Section("s", 1, found, missing, Rule(1003)));
        var rules = _fabric.Object("n1", Case.RuleSection, "s").RuleSection.Rules;
        Assert.That(rules[0].Services.Single().Protocol, Is.EqualTo(6));
        Assert.That(rules.Select(rule => rule.NoService), Is.EqualTo(new[] { false, true, false }));
    }

    [Test]
    public void Excluded_ports_are_told_so()
    {
        var list = new ConfigObject { Id = "exclude", ExcludeList = new ExcludeListConfig { Members = { Refer(FromGroup) } } };
        _fabric.With(list);
        Assert.That(_fabric.Object("n1", Case.Port, "p1").Port.FirewallExcluded);
        Assert.That(_fabric.Object("n2", Case.Port, "p2").Port.FirewallExcluded, Is.False);
    }
}
