using Fabric.Contracts.V1;
using Fabric.Manager.Catalog;
using Fabric.Manager.Publishing;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Tests.Publishing;

internal sealed class FeedTranslationTests
{
    [TestCase("10.0.0.1", "10.0.0.1/32")]
    [TestCase("10.0.0.0/24", "10.0.0.0/24")]
    [TestCase("10.0.0.1-10.0.0.6", "10.0.0.1/32 10.0.0.2/31 10.0.0.4/31 10.0.0.6/32")]
    [TestCase("2001:db8::-2001:db8::ff", "2001:db8::/120")]
    [TestCase("0.0.0.0-255.255.255.255", "0.0.0.0/0")]
    public void A_range_of_bound_addresses_becomes_the_subnets_it_consists_of(string stated, string prefixes)
    {
        var bindings = WireAddresses.Bindings(new PacketAddressClassifier { IpAddress = stated, MacAddress = "02:00:00:00:00:01" });
        Assert.That(string.Join(' ', bindings.Select(Text)), Is.EqualTo(prefixes));
    }

    [Test]
    public void A_child_port_carries_its_parent_and_tag()
    {
        var port = Describe(new LogicalPort
        {
            Id = "p",
            LogicalSwitchId = "s",
            Attachment = new LogicalPortAttachment
            {
                Id = "vif",
                Context = new VifAttachmentContext { VifType = "CHILD", ParentVifId = "parent", TrafficTag = 7, AppId = "app" },
            },
        }).LogicalPort;
        Assert.That((port.VifType, port.ParentVifId, port.TrafficTag, port.AttachmentType), Is.EqualTo((VifType.Child, "parent", 7u, "VIF")));
    }

    [Test]
    public void A_rule_carries_its_references_and_the_services_stated_in_it()
    {
        var section = Describe(new FirewallSection
        {
            Id = "s",
            Priority = 5,
            Stateful = true,
            Rules =
            [
                new FirewallRule
                {
                    Id = "1001",
                    Action = "REJECT",
                    Direction = "IN",
                    IpProtocol = "IPV4",
                    Sources = [new Catalog.ResourceReference { TargetType = "NSGroup", TargetId = "g" }],
                    Services =
                    [
                        new FirewallService { TargetType = "NSService", TargetId = "http" },
                        new FirewallService { Service = new L4PortSetNSService { L4Protocol = "UDP", DestinationPorts = ["53", "1000-2000"] } },
                    ],
                },
                new FirewallRule { Id = "1002", Action = "REDIRECT" },
            ],
        }).FirewallSection;
        var rule = section.Rules.Single();
        Assert.That((section.Position, rule.Id, rule.Action, rule.Direction, rule.IpProtocol),
            Is.EqualTo((5L, 1001u, RuleAction.Reject, RuleDirection.In, RuleIpProtocol.Ipv4)));
        Assert.That(rule.Services.Single().TargetId, Is.EqualTo("http"));
        Assert.That(rule.ServiceEntries.Single().DestinationPorts.Select(range => (range.First, range.Last)), Is.EqualTo(new[] { (53u, 53u), (1000u, 2000u) }));
    }

    [Test]
    public void The_expressions_of_a_complex_criterion_stand_side_by_side()
    {
        var group = Describe(new NSGroup
        {
            Id = "g",
            MembershipCriteria =
            [
                new NSGroupComplexExpression
                {
                    Expressions =
                    [
                        new NSGroupTagExpression { TargetType = "LogicalPort", Scope = "app", Tag = "web" },
                        new NSGroupSimpleExpression { TargetType = "LogicalPort", TargetProperty = "name", Op = "CONTAINS", Value = "x" },
                    ],
                },
                new NSGroupTagExpression { TargetType = "LogicalSwitch", Tag = "db" },
            ],
        }).Group;
        Assert.That(group.Criteria.Select(criterion => criterion.Expressions.Count), Is.EqualTo(new[] { 2, 1 }));
        Assert.That(group.Criteria[0].Expressions[0], Is.EqualTo(
            new GroupExpression { TargetType = "LogicalPort", Property = "tag", Operator = "EQUALS", Scope = "app", Value = "web" }));
    }

    [Test]
    public void A_criterion_by_tags_of_machines_goes_out_for_each_machine_that_has_them_and_again_when_tags_change()
    {
        var group = new NSGroup
        {
            Id = "g",
            MembershipCriteria =
            [
                new NSGroupComplexExpression
                {
                    Expressions =
                    [
                        new NSGroupTagExpression { TargetType = "VirtualMachine", Scope = "app", Tag = "WEB" },
                        new NSGroupSimpleExpression { TargetType = "VirtualMachine", TargetProperty = "name", Op = "STARTSWITH", Value = "w" },
                    ],
                },
            ],
        };
        var one = new VirtualMachineTags { Id = "vm-1", Tags = [new Catalog.Tag { Scope = "app", Value = "web" }] };
        var model = FabricModel.Empty.With(group).With(one).With(new VirtualMachineTags { Id = "vm-2", Tags = [new Catalog.Tag { Scope = "app", Value = "db" }] });
        var criterion = FeedTranslation.Describe(group, model)!.Group.Criteria.Single();
        Assert.That(criterion.Expressions.Select(part => $"{part.Property} {part.Operator} {part.Value}"), Is.EqualTo(new[] { "name STARTSWITH w", "id EQUALS vm-1" }));
        Assert.That(FeedTranslation.Affected(ResourceKey.Of(one), one, null, model), Is.EqualTo(new[] { ResourceKey.Of(group) }));
    }

    [Test]
    public void A_router_is_published_with_its_routes_and_what_it_advertises()
    {
        var model = FabricModel.Empty
            .With(new LogicalRouter { Id = "r", RouterType = "TIER1" })
            .With(new StaticRoute { Id = "a", LogicalRouterId = "r", Network = "172.16.0.0/12", NextHops = [new StaticRouteNextHop { IpAddress = "10.0.0.1" }] })
            .With(new StaticRoute { Id = "b", LogicalRouterId = "r", Network = "198.51.100.0/24", NextHops = [new StaticRouteNextHop { BlackholeAction = "DISCARD" }] })
            .With(new AdvertisementConfig { Id = "adv", LogicalRouterId = "r", Enabled = true, AdvertiseNsxConnectedRoutes = true });
        var router = FeedTranslation.Describe(model.Find<LogicalRouter>("r")!, model)!.LogicalRouter;
        Assert.That(router.StaticRoutes.Select(route => route.NextHops.Count), Is.EqualTo(new[] { 1, 0 }));
        Assert.That((router.Advertisement.Connected, router.Advertisement.StaticRoutes), Is.EqualTo((true, false)));

        var route = model.Find<StaticRoute>("a")!;
        var affected = FeedTranslation.Affected(ResourceKey.Of(route), route, null, model);
        Assert.That(affected, Is.EqualTo(new[] { ResourceKey.Of<LogicalRouter>("r") }));
    }

    [Test]
    public void A_tag_makes_a_node_an_external_tep()
    {
        var node = Describe(new TransportNode { Id = "n", Tags = [new Catalog.Tag { Scope = "fabric/external-tep", Value = "vxlan" }] }).TransportNode;
        Assert.That((node.External, node.Encapsulation), Is.EqualTo((true, Encapsulation.Vxlan)));
    }

    private static ConfigObject Describe(ManagedResource resource) => FeedTranslation.Describe(resource, FabricModel.Empty.With(resource))!;

    private static string Text(AddressBinding binding)
        => IpAddress.TryRead(binding.Ip.Span, out var ip) ? new IpPrefix(ip, (int)binding.PrefixLength).ToString() : "?";
}
