using Fabric.Contracts.V1;
using Fabric.Controller.Compute;
using Fabric.Controller.Intent;
using Fabric.Packets.Addresses;
using Google.Protobuf;

namespace Fabric.Controller.Tests;

/// <summary>A small fabric in words: what users configure and what hosts report, over one overlay zone "tz".</summary>
internal sealed class TestFabric
{
    public const string Zone = "tz";

    private ulong _sequence;

    public TestFabric(FabricModel? model = null)
    {
        Model = model ?? new FabricModel();
    }

    public FabricModel Model { get; }

    /// <summary>Applies a transaction and settles.</summary>
    public TestFabric With(params ConfigObject[] objects)
    {
        Model.Intent.Apply(new IntentChange("epoch", ++_sequence, false, objects, []));
        Model.Settle();
        return this;
    }

    public TestFabric Without(ConfigKind kind, string id)
    {
        Model.Intent.Apply(new IntentChange("epoch", ++_sequence, false, [], [new ConfigKey { Kind = kind, Id = id }]));
        Model.Settle();
        return this;
    }

    public TestFabric Attach(string node, string vif, string mac = "02:00:00:00:00:01")
    {
        Model.Facts.Attach(node, Vif(vif, mac));
        Model.Settle();
        return this;
    }

    public TestFabric Detach(string node, string vif)
    {
        Model.Facts.Detach(node, vif);
        Model.Settle();
        return this;
    }

    public TestFabric Discover(string port, params PortBinding[] bindings)
    {
        var discovery = new PortDiscovery { PortId = port };
        discovery.Discovered.AddRange(bindings);
        discovery.Realized.AddRange(bindings);
        Model.Facts.SetDiscovery(discovery);
        Model.Settle();
        return this;
    }

    public IEnumerable<HostObject> ObjectsOf(string node) => Model.Plans[node]
        .SelectMany(key => Model.Bundles[key].Entries)
        .Where(entry => entry.IsFor(node))
        .Select(entry => entry.Object);

    public string[] Names(string node, HostObject.ObjectOneofCase kind)
        => [.. ObjectsOf(node).Where(item => item.ObjectCase == kind).Select(item => item.Id).Order(StringComparer.Ordinal)];

    public HostObject Object(string node, HostObject.ObjectOneofCase kind, string id)
        => ObjectsOf(node).Single(item => item.ObjectCase == kind && item.Id == id);

    public static ByteString Ip(string text) => ByteString.CopyFrom(IpAddress.Parse(text).ToBytes());

    public static ByteString Mac(string text) => ByteString.CopyFrom(MacAddress.Parse(text).ToBytes());

    public static VifAttached Vif(string vif, string mac = "02:00:00:00:00:01")
        => new() { VifId = vif, Mac = Mac(mac), LinkUp = true, VmId = $"vm-{vif}", VmName = $"vm {vif}" };

    public static PortBinding Seen(string mac, string ip, long at = 1)
        => new() { Mac = Mac(mac), Ip = Ip(ip), Vlan = -1, Source = BindingSource.ArpSnooping, TimestampMs = at };

    public static ConfigObject ZoneOf(string id = Zone) => new() { Id = id, TransportZone = new TransportZoneConfig { Overlay = true } };

    public static ConfigObject Node(string id, int number, string zone = Zone, bool external = false)
    {
        var node = new TransportNodeConfig { NodeIndex = (uint)number, Mtu = 1700, External = external, TransportZoneIds = { zone } };
        node.Teps.Add(new TepConfig { Ip = Ip($"192.168.{number / 250}.{(number % 250) + 1}"), PrefixLength = 16, Label = (uint)number });
        return new ConfigObject { Id = id, TransportNode = node };
    }

    public static ConfigObject Switch(string id, uint vni, string zone = Zone, bool adminUp = true)
        => new() { Id = id, LogicalSwitch = new LogicalSwitchConfig { TransportZoneId = zone, Vni = vni, AdminUp = adminUp, DisplayName = id } };

    public static ConfigObject Port(string id, string on, string vif = "", bool adminUp = true, string[]? addresses = null, string[]? tags = null)
    {
        var port = new LogicalPortConfig
        {
            DisplayName = id,
            LogicalSwitchId = on,
            AdminUp = adminUp,
            AttachmentType = vif.Length > 0 ? "VIF" : "",
            AttachmentId = vif,
        };
        port.AddressBindings.AddRange((addresses ?? []).Select(Binding));
        port.Tags.AddRange((tags ?? []).Select(tag => new Tag { Scope = tag.Split('|')[0], Tag_ = tag.Split('|')[1] }));
        return new ConfigObject { Id = id, LogicalPort = port };
    }

    public static ConfigObject Child(string id, string on, string parentVif, uint tag, string[]? addresses = null, string[]? tags = null)
    {
        var item = Port(id, on, $"vif-of-{id}", true, addresses, tags);
        item.LogicalPort.VifType = VifType.Child;
        item.LogicalPort.ParentVifId = parentVif;
        item.LogicalPort.TrafficTag = tag;
        return item;
    }

    /// <summary>"mac ip", "mac ip/length" or "ip".</summary>
    public static AddressBinding Binding(string text)
    {
        var parts = text.Split(' ');
        var prefix = IpPrefix.Parse(parts[^1]);
        return new AddressBinding
        {
            Mac = parts.Length > 1 ? Mac(parts[0]) : ByteString.Empty,
            Ip = ByteString.CopyFrom(prefix.Address.ToBytes()),
            PrefixLength = (uint)prefix.Length,
            Vlan = -1,
        };
    }

    public static ConfigObject Router(string id, string type = "TIER1") => new() { Id = id, LogicalRouter = new LogicalRouterConfig { RouterType = type } };

    /// <summary>The switch port and the router port that make a gateway.</summary>
    public static ConfigObject[] Downlink(string router, string on, string address)
    {
        var prefix = IpPrefix.Parse(address);
        var port = new LogicalRouterPortConfig
        {
            LogicalRouterId = router,
            PortType = "LogicalRouterDownLinkPort",
            LinkedLogicalPortId = $"{router}-{on}",
            UrpfStrict = true,
        };
        port.Addresses.Add(new InterfaceAddress { Ip = ByteString.CopyFrom(prefix.Address.ToBytes()), PrefixLength = (uint)prefix.Length });
        var switchPort = Port($"{router}-{on}", on);
        switchPort.LogicalPort.AttachmentType = "LOGICALROUTER";
        switchPort.LogicalPort.AttachmentId = $"rp-{router}-{on}";
        return [switchPort, new ConfigObject { Id = $"rp-{router}-{on}", LogicalRouterPort = port }];
    }

    public static ConfigObject[] Link(string tier0, string tier1) =>
    [
        new ConfigObject
        {
            Id = $"{tier0}>{tier1}",
            LogicalRouterPort = new LogicalRouterPortConfig { LogicalRouterId = tier0, PortType = "LogicalRouterLinkPortOnTIER0" },
        },
        new ConfigObject
        {
            Id = $"{tier1}>{tier0}",
            LogicalRouterPort = new LogicalRouterPortConfig
            {
                LogicalRouterId = tier1,
                PortType = "LogicalRouterLinkPortOnTIER1",
                LinkedRouterPortId = $"{tier0}>{tier1}",
            },
        },
    ];

    public static ConfigObject Group(string id, params GroupExpression[] criterion)
    {
        var group = new GroupConfig { DisplayName = id };
        if (criterion.Length > 0)
        {
            group.Criteria.Add(new GroupCriterion { Expressions = { criterion } });
        }

        return new ConfigObject { Id = id, Group = group };
    }

    public static ConfigObject GroupOf(string id, params string[] members)
    {
        var group = new GroupConfig { DisplayName = id };
        group.Members.AddRange(members.Select(member => new GroupMember { TargetType = member.Split('/')[0], TargetId = member.Split('/')[1] }));
        return new ConfigObject { Id = id, Group = group };
    }

    public static GroupExpression Tagged(string type, string scope, string tag, string op = "EQUALS")
        => new() { TargetType = type, Property = "tag", Operator = op, Scope = scope, Value = tag };

    public static GroupExpression Named(string type, string op, string value)
        => new() { TargetType = type, Property = "name", Operator = op, Value = value };

    public static ConfigObject IpSet(string id, params string[] ranges)
    {
        var set = new IpSetConfig();
        foreach (string text in ranges)
        {
            Assert.That(AddressRange.TryParse(text, out var range));
            set.Ranges.Add(range.ToMessage());
        }

        return new ConfigObject { Id = id, IpSet = set };
    }

    public static ConfigObject Section(string id, int position, params FirewallRuleConfig[] rules)
        => new() { Id = id, FirewallSection = new FirewallSectionConfig { DisplayName = id, Position = position, Stateful = true, Rules = { rules } } };

    /// <summary>References are written "type/id".</summary>
    public static FirewallRuleConfig Rule(uint id, string[]? from = null, string[]? to = null, string[]? on = null, RuleAction action = RuleAction.Allow)
    {
        var rule = new FirewallRuleConfig { Id = id, Action = action };
        rule.Sources.AddRange(Refer(from));
        rule.Destinations.AddRange(Refer(to));
        rule.AppliedTos.AddRange(Refer(on));
        return rule;
    }

    public static IEnumerable<ResourceReference> Refer(string[]? references)
        => (references ?? []).Select(text => new ResourceReference { TargetType = text[..text.IndexOf('/')], TargetId = text[(text.IndexOf('/') + 1)..] });

    /// <summary>Two nodes, a switch with a port on each.</summary>
    public static TestFabric TwoHosts() => new TestFabric()
        .With(ZoneOf(), Node("n1", 1), Node("n2", 2), Switch("web", 70000),
            Port("p1", "web", "v1", addresses: ["02:00:00:00:00:01 10.0.0.1"]), Port("p2", "web", "v2", addresses: ["02:00:00:00:00:02 10.0.0.2"]))
        .Attach("n1", "v1", "02:00:00:00:00:01")
        .Attach("n2", "v2", "02:00:00:00:00:02");
}
