using Fabric.Contracts.V1;
using Fabric.Controller.Compute;
using static Fabric.Controller.Tests.TestFabric;

namespace Fabric.Controller.Tests.Compute;

internal sealed class GroupsTests
{
    private static readonly string[] Frontend = ["tier|Web"];
    private static readonly string[] Backend = ["tier|db", "env|prod"];

    private readonly TestFabric _fabric = TwoHosts().With(
        Port("p1", "web", "v1", addresses: ["02:00:00:00:00:01 10.0.0.1"], tags: Frontend),
        Port("p2", "web", "v2", addresses: ["02:00:00:00:00:02 10.0.0.2"], tags: Backend),
        IpSet("set", "10.1.0.0/24", "10.1.1.0-10.1.1.9"));

    [TestCase("tier", "web", "EQUALS", "p1")]
    [TestCase("TIER", "DB", "EQUALS", "p2")]
    [TestCase("", "db", "EQUALS", "p2")]
    [TestCase("tier", "", "EQUALS", "p1 p2")]
    [TestCase("tier", "e", "CONTAINS", "p1")]
    [TestCase("env", "PR", "STARTSWITH", "p2")]
    [TestCase("tier", "b", "ENDSWITH", "p1 p2")]
    [TestCase("scope", "web", "EQUALS", "")]
    public void Tags_match_without_regard_to_case(string scope, string tag, string op, string ports)
    {
        _fabric.With(Group("g", Tagged("LogicalPort", scope, tag, op)));
        Assert.That(string.Join(' ', _fabric.Model.Groups["g"].Ports), Is.EqualTo(ports));
    }

    [Test]
    public void All_expressions_of_a_criterion_must_hold()
    {
        _fabric.With(Group("g", Tagged("LogicalPort", "tier", ""), Named("LogicalPort", "ENDSWITH", "2")));
        Assert.That(_fabric.Model.Groups["g"].Ports, Is.EqualTo(new[] { "p2" }));
    }

    [Test]
    public void A_switch_stands_for_its_ports_and_a_vm_for_the_port_of_its_vnic()
    {
        _fabric.With(GroupOf("s", "LogicalSwitch/web"), Group("v", Named("VirtualMachine", "EQUALS", "VM V1")));
        Assert.That(_fabric.Model.Groups["s"].Ports, Is.EqualTo(new[] { "p1", "p2" }));
        Assert.That(_fabric.Model.Groups["v"].Ports, Is.EqualTo(new[] { "p1" }));
    }

    [Test]
    public void Groups_that_contain_each_other_come_to_the_same_and_end()
    {
        _fabric.With(GroupOf("a", "NSGroup/b", "LogicalPort/p1"), GroupOf("b", "NSGroup/a", "IPSet/set"));
        Assert.That(_fabric.Model.Groups["a"], Is.EqualTo(_fabric.Model.Groups["b"]));
        Assert.That(_fabric.Model.Groups["a"].IpSets, Is.EqualTo(new[] { "set" }));
    }

    [Test]
    public void A_groups_addresses_are_the_bindings_of_its_ports_and_the_ranges_of_its_sets_in_one_form()
    {
        _fabric.With(GroupOf("g", "LogicalSwitch/web", "IPSet/set", "LogicalPort/p1"));
        Assert.That(Text(_fabric.Model.AddressSets.Describe("NSGroup/g")), Is.EqualTo("10.0.0.1-10.0.0.2 10.1.0.0-10.1.1.9"));
    }

    [Test]
    public void A_port_that_is_deleted_leaves_its_groups()
    {
        _fabric.With(GroupOf("g", "LogicalPort/p1", "LogicalPort/p2")).Without(ConfigKind.LogicalPort, "p2");
        Assert.That(_fabric.Model.Groups["g"].Ports, Is.EqualTo(new[] { "p1" }));
    }

    [TestCase("IPv4Address/10.0.0.5", "10.0.0.5-10.0.0.5")]
    [TestCase("IPv4Address/10.0.0.0/30", "10.0.0.0-10.0.0.3")]
    [TestCase("IPv6Address/2001:db8::1-2001:db8::5", "2001:db8::1-2001:db8::5")]
    [TestCase("NSGroup/absent", "")]
    [TestCase("IPv4Address/nonsense", "")]
    public void A_literal_is_a_set_of_its_own_and_a_missing_one_is_empty(string id, string ranges)
        => Assert.That(Text(_fabric.Model.AddressSets.Describe(id)), Is.EqualTo(ranges));

    [Test]
    public void Ranges_of_both_families_never_merge()
    {
        Assert.That(AddressRange.TryParse("0.0.0.0/0", out var all4) & AddressRange.TryParse("::/0", out var all6));
        Assert.That(AddressRange.Normalize([all4, all6]), Has.Count.EqualTo(2));
    }

    private static string Text(HostAddressSet set)
        => string.Join(' ', set.Ranges.Select(range => AddressRange.TryRead(range, out var read) ? $"{read.First}-{read.Last}" : "?"));
}
