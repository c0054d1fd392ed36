using Fabric.Lab.Api;
using Fabric.Lab.Topology;

namespace Fabric.Lab.Configuration;

/// <summary>
/// Says a lab to the manager, as a customer would: zone, profiles, pool and transport nodes, then switches and routers, ports, groups and
/// rules; or those as intent, where the lab asks for the Policy API. Only the REST API is used; safe to repeat.
/// </summary>
internal sealed class FabricConfiguration(NsxClient api, LabTopology lab)
{
    private const string NodeSwitch = "nodes";
    private static readonly string[] PortBindings = ["LPORT_BINDINGS"];
    private readonly FabricObjects _objects = new(api, lab.Name);

    public async Task<IReadOnlyDictionary<string, string>> ApplyAsync(Action<string> progress, CancellationToken cancellation)
    {
        string zone = await ZoneAsync(cancellation).ConfigureAwait(false);
        await new TransportNodes(_objects, lab).EnsureAsync(zone, cancellation).ConfigureAwait(false);
        progress($"{lab.Hypervisors.Count + lab.External.Count} transport nodes with tunnel endpoints in {lab.Underlay}");
        if (lab.Api == LabApi.Policy)
        {
            return await new PolicyConfiguration(api, lab, _objects).ApplyAsync(zone, progress, cancellation).ConfigureAwait(false);
        }

        await SwitchesAsync(zone, cancellation).ConfigureAwait(false);
        await RoutersAsync(cancellation).ConfigureAwait(false);
        progress($"{lab.Networks.Count} logical switches, {lab.Routers.Count()} routers");
        await PortsAsync(cancellation).ConfigureAwait(false);
        progress($"{lab.Nodes.Count()} parent and {lab.Pods.Count()} child ports");
        await new GroupsAndRules(_objects, lab).EnsureAsync(cancellation).ConfigureAwait(false);
        progress($"{lab.Groups.Count} groups, {lab.Rules.Count} firewall rules");
        return _objects.Ids;
    }

    private Task<string> ZoneAsync(CancellationToken cancellation)
        => _objects.EnsureAsync(
            "transport-zones",
            lab.Name,
            new { display_name = lab.Name, transport_type = "OVERLAY", host_switch_name = "nsxDefaultHostSwitch", tags = _objects.Tags() },
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

    private string Id(string collection, string name) => _objects.Ids[$"{collection}/{name}"];
}
