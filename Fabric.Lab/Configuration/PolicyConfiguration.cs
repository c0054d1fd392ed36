using System.Text.Json.Nodes;
using Fabric.Lab.Api;
using Fabric.Lab.Hosting;
using Fabric.Lab.Topology;

namespace Fabric.Lab.Configuration;

/// <summary>
/// Says a lab to the manager through the Policy API: zone and transport nodes as ever, then gateways, segments, ports, groups and a security
/// policy as intent, and waits until the manager has made of it what hosts are told. Safe to repeat.
/// </summary>
internal sealed class PolicyConfiguration(NsxClient api, LabTopology lab, FabricObjects objects)
{
    private const string Policy = "/policy/api/v1";
    private const string NodeSegment = "nodes";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private readonly List<(string Name, string Path)> _realized = [];

    /// <summary>The ids of the Manager objects that the intent has become, by "collection/name" as in a lab made of them directly.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ApplyAsync(string zone, Action<string> progress, CancellationToken cancellation)
    {
        foreach (string router in lab.Routers)
        {
            await PatchAsync(GatewayPath(router), new { display_name = router, tags = objects.Tags() }, cancellation).ConfigureAwait(false);
        }

        await SegmentsAsync(zone, cancellation).ConfigureAwait(false);
        progress($"{lab.Networks.Count} segments, {lab.Routers.Count()} tier-1 gateways");
        await PortsAsync(cancellation).ConfigureAwait(false);
        progress($"{lab.Nodes.Count()} parent and {lab.Pods.Count()} child ports");
        foreach (var group in lab.Groups)
        {
            await PatchAsync(GroupPath(group.Name), GroupBody(group), cancellation).ConfigureAwait(false);
        }

        await RulesAsync(cancellation).ConfigureAwait(false);
        progress($"{lab.Groups.Count} groups, {lab.Rules.Count} rules of a security policy");
        var ids = new Dictionary<string, string>(objects.Ids);
        foreach (var (name, path) in _realized)
        {
            ids[name] = await RealizedAsync(path, cancellation).ConfigureAwait(false);
        }

        return ids;
    }

    private async Task SegmentsAsync(string zone, CancellationToken cancellation)
    {
        string spoofGuard = $"/infra/spoofguard-profiles/{lab.Name}";
        if (lab.SpoofGuard)
        {
            await PatchAsync(spoofGuard, new { address_binding_allowlist = true, tags = objects.Tags() }, cancellation).ConfigureAwait(false);
        }

        await new VniPools(api, objects, lab).EnsureAsync(cancellation).ConfigureAwait(false);
        foreach (var network in lab.Networks)
        {
            await SegmentAsync(network.Name, zone, network, cancellation).ConfigureAwait(false);
            if (lab.SpoofGuard)
            {
                await PatchAsync(
                    $"{SegmentPath(network.Name)}/segment-security-profile-binding-maps/{lab.Name}", new { spoofguard_profile_path = spoofGuard }, cancellation).ConfigureAwait(false);
            }
        }

        // The node VMs' own, untagged traffic; their addresses are nobody's to state, so no SpoofGuard.
        await SegmentAsync(NodeSegment, zone, null, cancellation).ConfigureAwait(false);
    }

    private async Task SegmentAsync(string name, string zone, LabNetwork? network, CancellationToken cancellation)
    {
        var body = new Dictionary<string, object>
        {
            ["display_name"] = name,
            ["transport_zone_path"] = $"/infra/sites/default/enforcement-points/default/transport-zones/{zone}",
            ["replication_mode"] = "SOURCE",
            ["tags"] = objects.Tags(),
        };
        if (network?.Router is { } router)
        {
            body["connectivity_path"] = GatewayPath(router);
            body["subnets"] = network.Gateways.Select(gateway => new { gateway_address = gateway.ToString() }).ToArray();
        }

        if (network?.Vni is { } vni)
        {
            body["overlay_id"] = vni;
        }

        await PatchAsync(SegmentPath(name), body, cancellation).ConfigureAwait(false);
        _realized.Add(($"logical-switches/{name}", SegmentPath(name)));
    }

    private async Task PortsAsync(CancellationToken cancellation)
    {
        foreach (var node in lab.Nodes)
        {
            await PortAsync(NodeSegment, node.Name, new { type = "PARENT", id = node.VifId }, [], objects.Tags(), cancellation).ConfigureAwait(false);
            foreach (var pod in node.Pods)
            {
                await PortAsync(
                    pod.Network,
                    pod.Name,
                    new { type = "CHILD", id = pod.VifId, context_id = node.VifId, traffic_tag = (int)pod.Vlan.Value, app_id = pod.Name },
                    [.. pod.Addresses.Select(address => new { mac_address = pod.Mac.ToString(), ip_address = address.Address.ToString() })],
                    objects.Tags(pod.Labels.Select(label => (label.Key, label.Value))),
                    cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task PortAsync(string network, string name, object attachment, object[] bindings, object[] tags, CancellationToken cancellation)
    {
        string path = PortPath(network, name);
        await PatchAsync(path, new { display_name = name, attachment, address_bindings = bindings, tags }, cancellation).ConfigureAwait(false);
        _realized.Add(($"logical-ports/{name}", path));
    }

    /// <summary>Labels belong together; pods, networks and addresses are each members besides.</summary>
    private object GroupBody(LabGroup group)
    {
        var parts = new List<object>();
        if (group.Labels.Count > 0)
        {
            var conditions = group.Labels.Select(label => Condition(label.Key, label.Value)).Append(Condition(FabricObjects.LabScope, lab.Name));
            parts.Add(new { resource_type = "NestedExpression", expressions = Joined([.. conditions], "AND") });
        }

        string[] paths = [.. group.Pods.Select(pod => PortPath(lab.Pods.First(each => each.Name == pod).Network, pod)), .. group.Networks.Select(SegmentPath)];
        if (paths.Length > 0)
        {
            parts.Add(new { resource_type = "PathExpression", paths });
        }

        if (group.Addresses.Count > 0)
        {
            parts.Add(new { resource_type = "IPAddressExpression", ip_addresses = group.Addresses });
        }

        return new { display_name = group.Name, expression = Joined(parts, "OR"), tags = objects.Tags() };
    }

    private static object Condition(string scope, string tag)
        => new { resource_type = "Condition", member_type = "SegmentPort", key = "Tag", @operator = "EQUALS", value = $"{scope}|{tag}" };

    private static object[] Joined(List<object> parts, string conjunction)
        => [.. parts.SelectMany((part, at) => at == 0 ? [part] : new[] { new { resource_type = "ConjunctionOperator", conjunction_operator = conjunction }, part })];

    private async Task RulesAsync(CancellationToken cancellation)
    {
        if (lab.Rules.Count == 0)
        {
            return;
        }

        string path = $"/infra/domains/default/security-policies/{lab.Name}";
        var rules = lab.Rules.Select((rule, at) => (object)RuleBody(rule, at)).ToArray();
        await PatchAsync(path, new { display_name = lab.Name, category = "Application", sequence_number = 10, rules, tags = objects.Tags() }, cancellation).ConfigureAwait(false);
        _realized.Add(($"firewall/sections/{lab.Name}", path));
    }

    private Dictionary<string, object> RuleBody(LabRule rule, int at)
    {
        var body = new Dictionary<string, object>
        {
            ["resource_type"] = "Rule",
            ["id"] = rule.Name,
            ["display_name"] = rule.Name,
            ["action"] = rule.Action.ToUpperInvariant(),
            ["sequence_number"] = (at + 1) * 10,
            ["source_groups"] = Party(rule.From),
            ["destination_groups"] = Party(rule.To),
            ["services"] = new[] { "ANY" },
            ["scope"] = new[] { "ANY" },
        };
        if (Service(rule.Service) is { } entry)
        {
            body["service_entries"] = new[] { entry };
        }

        return body;
    }

    private string[] Party(string? name) => name is null ? ["ANY"] : lab.Groups.Any(group => group.Name == name) ? [GroupPath(name)] : [name];

    private static object? Service(LabService service) => service.Protocol switch
    {
        "any" => null,
        "icmp" => new { resource_type = "ICMPTypeServiceEntry", protocol = "ICMPv4" },
        "icmpv6" => new { resource_type = "ICMPTypeServiceEntry", protocol = "ICMPv6" },
        _ => new { resource_type = "L4PortSetServiceEntry", l4_protocol = service.Protocol.ToUpperInvariant(), destination_ports = service.Ports },
    };

    private Task<JsonObject> PatchAsync(string path, object body, CancellationToken cancellation) => api.PatchAsync(Policy + path, body, cancellation);

    /// <summary>The id of the main Manager object, once the manager says that all of the intent is realized.</summary>
    private async Task<string> RealizedAsync(string path, CancellationToken cancellation)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var status = await api.GetAsync($"{Policy}/infra/realized-state/status?intent_path={path}", cancellation).ConfigureAwait(false);
            string? state = (string?)status["publish_status"];
            if (state == "REALIZED")
            {
                return (string)(await api.GetAsync(Policy + path, cancellation).ConfigureAwait(false))["unique_id"]!;
            }

            if (TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                throw new LabFailure($"{path} is {state} after {Patience.TotalSeconds:0} s: {status["consolidated_status_per_enforcement_point"]?[0]?["alarm"]?["message"]}");
            }

            await Task.Delay(Step, TimeProvider.System, cancellation).ConfigureAwait(false);
        }
    }

    private static string GatewayPath(string router) => $"/infra/tier-1s/{router}";

    private static string SegmentPath(string network) => $"/infra/segments/{network}";

    private static string PortPath(string network, string port) => $"{SegmentPath(network)}/ports/{port}";

    private static string GroupPath(string group) => $"/infra/domains/default/groups/{group}";
}
