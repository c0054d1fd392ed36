using Fabric.Lab.Api;
using Fabric.Lab.Topology;
using Fabric.Packets.Addresses;

namespace Fabric.Lab.Configuration;

/// <summary>
/// Says a lab to the manager, as a customer would: zone, profiles, pool and transport nodes, then switches and routers, ports, groups and
/// rules. Only the REST API is used; safe to repeat.
/// </summary>
internal sealed class FabricConfiguration(NsxClient api, LabTopology lab)
{
    /// <summary>Tells the manager that a transport node runs no host switch of ours, and what it speaks.</summary>
    public const string ExternalScope = "fabric/external-tep";

    private const string NodeSwitch = "nodes";
    private static readonly string[] PortBindings = ["LPORT_BINDINGS"];
    private readonly FabricObjects _objects = new(api, lab.Name);

    public async Task<IReadOnlyDictionary<string, string>> ApplyAsync(Action<string> progress, CancellationToken cancellation)
    {
        string zone = await ZoneAsync(cancellation).ConfigureAwait(false);
        await TransportNodesAsync(zone, cancellation).ConfigureAwait(false);
        progress($"{lab.Hypervisors.Count + lab.External.Count} transport nodes with tunnel endpoints in {lab.Underlay}");
        await SwitchesAsync(zone, cancellation).ConfigureAwait(false);
        await RoutersAsync(cancellation).ConfigureAwait(false);
        progress($"{lab.Networks.Count} logical switches, {lab.Routers.Count()} routers");
        await PortsAsync(cancellation).ConfigureAwait(false);
        progress($"{lab.Nodes.Count()} parent and {lab.Pods.Count()} child ports");
        await GroupsAsync(cancellation).ConfigureAwait(false);
        await RulesAsync(cancellation).ConfigureAwait(false);
        progress($"{lab.Groups.Count} groups, {lab.Rules.Count} firewall rules");
        return _objects.Ids;
    }

    private Task<string> ZoneAsync(CancellationToken cancellation)
        => _objects.EnsureAsync(
            "transport-zones",
            lab.Name,
            new { display_name = lab.Name, transport_type = "OVERLAY", host_switch_name = "nsxDefaultHostSwitch", tags = _objects.Tags() },
            cancellation);

    private async Task TransportNodesAsync(string zone, CancellationToken cancellation)
    {
        string profile = await _objects.EnsureAsync(
            "host-switch-profiles",
            $"{lab.Name}-uplink",
            new
            {
                resource_type = "UplinkHostSwitchProfile",
                display_name = $"{lab.Name}-uplink",
                mtu = lab.Mtu,
                transport_vlan = 0,
                overlay_encap = lab.Overlay.ToString().ToUpperInvariant(),
                teaming = new
                {
                    policy = "FAILOVER_ORDER",
                    active_list = new[] { new { uplink_name = "uplink-1", uplink_type = "PNIC" } },
                },
                tags = _objects.Tags(),
            },
            cancellation).ConfigureAwait(false);
        string pool = await PoolAsync(cancellation).ConfigureAwait(false);
        foreach (var hypervisor in lab.Hypervisors)
        {
            object addresses = hypervisor.Tep is { } tep ? StaticList(tep) : new { resource_type = "StaticIpPoolSpec", ip_pool_id = pool };
            await TransportNodeAsync(hypervisor.Name, zone, profile, addresses, _objects.Tags(), cancellation).ConfigureAwait(false);
        }

        foreach (var external in lab.External)
        {
            var tags = _objects.Tags([(ExternalScope, external.Overlay.ToString().ToLowerInvariant())]);
            await TransportNodeAsync(external.Name, zone, profile, StaticList(external.Tep), tags, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The whole underlay less the addresses that hypervisors have of their own; .1 is left to a router there may be.</summary>
    private Task<string> PoolAsync(CancellationToken cancellation)
    {
        var taken = lab.Hypervisors.Select(h => h.Tep).Concat(lab.External.Select(e => (IpAddress?)e.Tep)).OfType<IpAddress>().Order().ToList();
        var ranges = new List<object>();
        var first = new IpAddress(lab.Underlay.Network.Bits + 2);
        var last = new IpAddress(lab.Underlay.Last.Bits - 1);
        foreach (var address in taken.Where(a => a >= first))
        {
            Add(first, new IpAddress(address.Bits - 1));
            first = new IpAddress(address.Bits + 1);
        }

        Add(first, last);
        return _objects.EnsureAsync(
            "pools/ip-pools",
            $"{lab.Name}-teps",
            new
            {
                display_name = $"{lab.Name}-teps",
                subnets = new[] { new { cidr = new IpPrefix(lab.Underlay.Network, lab.Underlay.Length).ToString(), allocation_ranges = ranges } },
                tags = _objects.Tags(),
            },
            cancellation);

        void Add(IpAddress from, IpAddress to)
        {
            if (from <= to)
            {
                ranges.Add(new { start = from.ToString(), end = to.ToString() });
            }
        }
    }

    private object StaticList(IpAddress tep)
        => new
        {
            resource_type = "StaticIpListSpec",
            ip_list = new[] { tep.ToString() },
            subnet_mask = IpAddress.FromIpv4(uint.MaxValue << (32 - lab.Underlay.Length)).ToString(),
            default_gateway = new IpAddress(lab.Underlay.Network.Bits + 1).ToString(),
        };

    private Task<string> TransportNodeAsync(
        string name, string zone, string profile, object addresses, object[] tags, CancellationToken cancellation)
        => _objects.EnsureAsync(
            "transport-nodes",
            name,
            new
            {
                display_name = name,
                node_deployment_info = new { resource_type = "HostNode", display_name = name, os_type = "UBUNTUSERVER" },
                host_switch_spec = new
                {
                    resource_type = "StandardHostSwitchSpec",
                    host_switches = new[]
                    {
                        new
                        {
                            host_switch_name = "nsxDefaultHostSwitch",
                            host_switch_profile_ids = new[] { new { key = "UplinkHostSwitchProfile", value = profile } },
                            pnics = new[] { new { device_name = "uplink0", uplink_name = "uplink-1" } },
                            ip_assignment_spec = addresses,
                            transport_zone_endpoints = new[] { new { transport_zone_id = zone } },
                        },
                    },
                },
                tags,
            },
            cancellation);

    private async Task SwitchesAsync(string zone, CancellationToken cancellation)
    {
        var profiles = new List<object>();
        if (lab.SpoofGuard)
        {
            string spoofGuard = await _objects.EnsureAsync(
                "switching-profiles",
                $"{lab.Name}-spoofguard",
                new
                {
                    resource_type = "SpoofGuardSwitchingProfile",
                    display_name = $"{lab.Name}-spoofguard",
                    white_list_providers = PortBindings,
                    tags = _objects.Tags(),
                },
                cancellation).ConfigureAwait(false);
            profiles.Add(new { key = "SpoofGuardSwitchingProfile", value = spoofGuard });
        }

        await new VniPools(api, _objects, lab).EnsureAsync(cancellation).ConfigureAwait(false);
        foreach (var network in lab.Networks)
        {
            await SwitchAsync(network.Name, zone, network.Vni, profiles, cancellation).ConfigureAwait(false);
        }

        // The node VMs' own, untagged traffic; their addresses are nobody's to state, so no SpoofGuard.
        await SwitchAsync(NodeSwitch, zone, null, [], cancellation).ConfigureAwait(false);
    }

    private Task<string> SwitchAsync(string name, string zone, int? vni, List<object> profiles, CancellationToken cancellation)
    {
        var body = new Dictionary<string, object>
        {
            ["display_name"] = name,
            ["transport_zone_id"] = zone,
            ["admin_state"] = "UP",
            ["replication_mode"] = "SOURCE",
            ["tags"] = _objects.Tags(),
        };
        if (profiles.Count > 0)
        {
            body["switching_profile_ids"] = profiles;
        }

        if (vni is { } chosen)
        {
            body["vni"] = chosen;
        }

        return _objects.EnsureAsync("logical-switches", name, body, cancellation);
    }

    private async Task RoutersAsync(CancellationToken cancellation)
    {
        foreach (string router in lab.Routers)
        {
            string id = await _objects.EnsureAsync(
                "logical-routers",
                router,
                new { resource_type = "LogicalRouter", display_name = router, router_type = "TIER1", tags = _objects.Tags() },
                cancellation).ConfigureAwait(false);
            foreach (var network in lab.Networks.Where(n => n.Router == router))
            {
                await DownlinkAsync(id, network, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task DownlinkAsync(string router, LabNetwork network, CancellationToken cancellation)
    {
        string name = $"{network.Router}-{network.Name}";
        string port = await _objects.EnsureAsync(
            "logical-ports",
            name,
            new { display_name = name, logical_switch_id = Id("logical-switches", network.Name), admin_state = "UP", tags = _objects.Tags() },
            cancellation).ConfigureAwait(false);
        await _objects.EnsureAsync(
            "logical-router-ports",
            name,
            new
            {
                resource_type = "LogicalRouterDownLinkPort",
                display_name = name,
                logical_router_id = router,
                linked_logical_switch_port_id = new { target_type = "LogicalPort", target_id = port, is_valid = true },
                subnets = network.Gateways.Select(g => new { ip_addresses = new[] { g.Address.ToString() }, prefix_length = g.Length }).ToArray(),
                tags = _objects.Tags(),
            },
            cancellation).ConfigureAwait(false);
    }

    private async Task PortsAsync(CancellationToken cancellation)
    {
        foreach (var node in lab.Nodes)
        {
            await PortAsync(
                node.Name,
                NodeSwitch,
                new { attachment_type = "VIF", id = node.VifId, context = new { resource_type = "VifAttachmentContext", vif_type = "PARENT" } },
                [],
                _objects.Tags(),
                cancellation).ConfigureAwait(false);
            foreach (var pod in node.Pods)
            {
                var context = new
                {
                    resource_type = "VifAttachmentContext",
                    vif_type = "CHILD",
                    parent_vif_id = node.VifId,
                    traffic_tag = (int)pod.Vlan.Value,
                    app_id = pod.Name,
                };
                var bindings = pod.Addresses.Select(a => new { mac_address = pod.Mac.ToString(), ip_address = a.Address.ToString() });
                await PortAsync(
                    pod.Name,
                    pod.Network,
                    new { attachment_type = "VIF", id = pod.VifId, context },
                    [.. bindings],
                    _objects.Tags(pod.Labels.Select(l => (l.Key, l.Value))),
                    cancellation).ConfigureAwait(false);
            }
        }
    }

    private Task<string> PortAsync(string name, string network, object attachment, object[] bindings, object[] tags, CancellationToken cancellation)
        => _objects.EnsureAsync(
            "logical-ports",
            name,
            new
            {
                display_name = name,
                logical_switch_id = Id("logical-switches", network),
                admin_state = "UP",
                attachment,
                address_bindings = bindings,
                tags,
            },
            cancellation);

    private async Task GroupsAsync(CancellationToken cancellation)
    {
        foreach (var group in lab.Groups)
        {
            var members = group.Pods.Select(p => Member("LogicalPort", Id("logical-ports", p)))
                .Concat(group.Networks.Select(n => Member("LogicalSwitch", Id("logical-switches", n)))).ToList();
            if (group.Addresses.Count > 0)
            {
                string set = await _objects.EnsureAsync(
                    "ip-sets",
                    group.Name,
                    new { display_name = group.Name, ip_addresses = group.Addresses, tags = _objects.Tags() },
                    cancellation).ConfigureAwait(false);
                members.Add(Member("IPSet", set));
            }

            var body = new Dictionary<string, object> { ["display_name"] = group.Name, ["tags"] = _objects.Tags() };
            if (members.Count > 0)
            {
                body["members"] = members;
            }

            if (group.Labels.Count > 0)
            {
                body["membership_criteria"] = new[] { Criterion(group) };
            }

            await _objects.EnsureAsync("ns-groups", group.Name, body, cancellation).ConfigureAwait(false);
        }
    }

    private static object Member(string type, string id)
        => new { resource_type = "NSGroupSimpleExpression", target_type = type, target_property = "id", op = "EQUALS", value = id };

    /// <summary>All of the group's labels; one expression stands alone, several need a complex one around them.</summary>
    private object Criterion(LabGroup group)
    {
        var expressions = group.Labels.Select(l => LabelExpression(l.Key, l.Value)).Append(LabelExpression(FabricObjects.LabScope, lab.Name)).ToArray();
        return new { resource_type = "NSGroupComplexExpression", expressions };
    }

    private static object LabelExpression(string scope, string tag)
        => new
        {
            resource_type = "NSGroupTagExpression",
            target_type = "LogicalPort",
            scope,
            scope_op = "EQUALS",
            tag,
            tag_op = "EQUALS",
        };

    private async Task RulesAsync(CancellationToken cancellation)
    {
        if (lab.Rules.Count == 0)
        {
            return;
        }

        await _objects.EnsureAsync(
            "firewall/sections",
            lab.Name,
            new
            {
                display_name = lab.Name,
                section_type = "LAYER3",
                stateful = true,
                rules = lab.Rules.Select(r => FirewallRules.Body(r, lab, group => Id("ns-groups", group))).ToArray(),
                tags = _objects.Tags(),
            },
            cancellation,
            "?action=create_with_rules&operation=insert_top").ConfigureAwait(false);
    }

    private string Id(string collection, string name) => _objects.Ids[$"{collection}/{name}"];
}
