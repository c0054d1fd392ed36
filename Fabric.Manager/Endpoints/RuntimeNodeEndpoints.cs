using System.Text.Json.Nodes;
using Fabric.Contracts.V1;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Checks;
using Fabric.Manager.Errors;
using Fabric.Manager.Publishing;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints;

/// <summary>Transport nodes as they are: configured or not, connected or not, and their tunnels.</summary>
internal static class RuntimeNodeEndpoints
{
    private const string Up = "UP";
    private const string Down = "DOWN";
    private const string Unknown = "UNKNOWN";
    private const string Degraded = "DEGRADED";

    public static void MapRuntimeNodes(this IEndpointRouteBuilder api)
    {
        api.MapGet("/transport-nodes/state", (HttpContext context, ResourceStore store, RuntimeState runtime)
            => RuntimeRequests.Table(context, "results", [.. store.Current.All<TransportNode>().Select(node => State(store.Current, runtime, node))
                .Where(state => context.Query("status") is not { } wanted || string.Equals((string?)state["state"], wanted, StringComparison.OrdinalIgnoreCase))], []));
        api.MapGet("/transport-nodes/{id}/state", (ResourceStore store, RuntimeState runtime, string id)
            => Of(store, id, node => Answers.Ok(State(store.Current, runtime, node))));
        api.MapGet("/transport-nodes/{id}/status", (HttpContext context, ResourceStore store, RuntimeState runtime, string id)
            => Of(store, id, node => context.WrongSource("realtime", "cached") is { } wrong ? Answers.Error(wrong) : Answers.Ok(Status(store.Current, runtime, node))));
        api.MapGet("/transport-nodes/{id}/tunnels", (HttpContext context, ResourceStore store, RuntimeState runtime, string id)
            => Of(store, id, node => Tunnels(context, store.Current, runtime, node)));
        api.MapGet("/transport-nodes/{id}/tunnels/{name}", (ResourceStore store, RuntimeState runtime, string id, string name)
            => Of(store, id, node => runtime.Node(node.Id)?.Tunnels.FirstOrDefault(tunnel => tunnel.Name == name) is { } found
                ? Answers.Ok(Describe(store.Current, found))
                : Answers.Error(ApiErrors.NotFound("TunnelProperties", name))));
    }

    private static IResult Of(ResourceStore store, string id, Func<TransportNode, IResult> answer)
        => store.Current.Find<TransportNode>(id) is { } node ? answer(node) : Answers.Error(ApiErrors.NotFound(nameof(TransportNode), id));

    public static JsonObject State(FabricModel model, RuntimeState runtime, TransportNode node)
    {
        var answer = RuntimeRealization.Describe(runtime, ConfigKind.TransportNode, node);
        if (IsExternal(node))
        {
            answer["state"] = "NOT_AVAILABLE"; // nobody there reports to us
        }
        else if (runtime.Realization(ConfigKind.TransportNode, node.Id) is not { Nodes.Count: > 0 })
        {
            answer["state"] = RuntimeRealization.Pending; // the host has never connected
        }

        answer["transport_node_id"] = node.Id;
        answer["maintenance_mode_state"] = node.MaintenanceMode == "DISABLED" ? "DISABLED" : "ENABLED";
        answer["host_switch_states"] = new JsonArray([.. ((node.HostSwitchSpec as StandardHostSwitchSpec)?.HostSwitches ?? []).Select(item => (JsonNode)HostSwitch(model, node, item))]);
        return answer;
    }

    private static JsonObject HostSwitch(FabricModel model, TransportNode node, StandardHostSwitch item)
    {
        var zones = (item.TransportZoneEndpoints ?? []).Select(end => end.TransportZoneId).ToArray();
        return new JsonObject
        {
            ["host_switch_id"] = item.HostSwitchId,
            ["host_switch_name"] = item.HostSwitchName,
            ["host_switch_type"] = item.HostSwitchType,
            ["transport_zone_ids"] = new JsonArray([.. zones.Where(zone => model.Find<TransportZone>(zone) is not null).Select(zone => (JsonNode)zone)]),
            ["endpoints"] = new JsonArray([.. node.Teps.Where(tep => tep.HostSwitchId == (item.HostSwitchId ?? "")).Select((tep, number) => (JsonNode)Endpoint(tep, number))]),
        };
    }

    private static JsonObject Endpoint(TunnelEndpoint tep, int number)
    {
        var answer = new JsonObject
        {
            ["device_name"] = $"vmk{10 + number}", // the names that TEP interfaces have on a hypervisor (reference: nsx-dataplane.md, 1.2)
            ["ip"] = tep.Ip,
            ["label"] = tep.Label,
        };
        if (IpAddress.TryParse(tep.Ip, out var ip) && ip.IsIpv4)
        {
            answer["subnet_mask"] = new IpPrefix(IpAddress.FromIpv4(uint.MaxValue), tep.PrefixLength).Network.ToString();
        }

        if (tep.Gateway is not null)
        {
            answer["default_gateway"] = tep.Gateway;
        }

        return answer;
    }

    private static bool IsExternal(TransportNode? node) => node?.Tags?.Any(tag => tag.Scope == TransportNodeChecks.ExternalTepScope) == true;

    public static JsonObject Status(FabricModel model, RuntimeState runtime, TransportNode node)
    {
        var reported = runtime.Node(node.Id);
        // An external endpoint need not speak BFD: its tunnel says nothing about the node.
        var watched = (reported?.Tunnels ?? []).Where(tunnel => !IsExternal(model.Find<TransportNode>(tunnel.RemoteNodeId))).ToArray();
        string connection = reported is null ? Unknown : reported.Connected ? Up : Down;
        int up = watched.Count(tunnel => tunnel.BfdState == Up);
        int down = watched.Length - up;
        string tunnels = reported is null ? Unknown : down == 0 ? Up : up == 0 ? Down : Degraded;
        var answer = new JsonObject
        {
            ["node_uuid"] = node.Id,
            ["node_display_name"] = node.DisplayName,
            ["status"] = connection == Up && down > 0 ? Degraded : connection,
            ["control_connection_status"] = Counted(connection, connection == Up ? 1 : 0, connection == Down ? 1 : 0),
            ["tunnel_status"] = TunnelCounts(watched, tunnels, up, down),
            ["node_status"] = new JsonObject
            {
                ["lcp_connectivity_status"] = connection,
                ["mpa_connectivity_status"] = connection,
                ["maintenance_mode"] = node.MaintenanceMode,
            },
        };
        if (reported is not null)
        {
            answer["mgmt_connection_status"] = connection;
            answer["node_status"]!["last_heartbeat_timestamp"] = reported.LastHeartbeatMs;
            answer["node_status"]!["software_version"] = reported.HostVersion;
        }

        return answer;
    }

    private static JsonObject TunnelCounts(TunnelStatus[] watched, string status, int up, int down)
    {
        var answer = Counted(status, up, down);
        answer["bfd_status"] = new JsonObject
        {
            ["bfd_admin_down_count"] = In("ADMIN_DOWN"),
            ["bfd_down_count"] = In("DOWN"),
            ["bfd_init_count"] = In("INIT"),
            ["bfd_up_count"] = up,
        };
        return answer;

        int In(string state) => watched.Count(tunnel => tunnel.BfdState == state);
    }

    private static JsonObject Counted(string status, int up, int down)
        => new() { ["status"] = status, ["up_count"] = up, ["down_count"] = down, ["degraded_count"] = 0 };

    public static IResult Tunnels(HttpContext context, FabricModel model, RuntimeState runtime, TransportNode node)
    {
        var rows = (runtime.Node(node.Id)?.Tunnels ?? []).Select(tunnel => Describe(model, tunnel))
            .Where(row => Wanted(context, row, "status", "status") && Wanted(context, row, "encap", "encap") && Wanted(context, row, "remote_node_id", "remote_node_id"));
        return RuntimeRequests.Table(context, "tunnels", [.. rows], []);
    }

    private static bool Wanted(HttpContext context, JsonObject row, string query, string field)
        => context.Query(query) is not { } wanted || (string?)row[field] == wanted;

    private static JsonObject Describe(FabricModel model, TunnelStatus tunnel)
    {
        var answer = new JsonObject
        {
            ["name"] = tunnel.Name,
            ["status"] = tunnel.BfdState switch { "UP" => Up, "UNKNOWN_STATE" or "" => Unknown, _ => Down },
            ["encap"] = tunnel.Encapsulation == Encapsulation.Vxlan ? "VXLAN" : "GENEVE",
            ["local_ip"] = tunnel.LocalIp.Ip(),
            ["remote_ip"] = tunnel.RemoteIp.Ip(),
            ["remote_node_id"] = tunnel.RemoteNodeId,
            ["egress_interface"] = tunnel.EgressInterface,
            ["last_updated_time"] = tunnel.LastUpdatedMs,
            ["bfd"] = new JsonObject
            {
                ["state"] = tunnel.BfdState,
                ["remote_state"] = tunnel.RemoteBfdState,
                ["diagnostic"] = tunnel.Diagnostic,
                ["remote_diagnostic"] = tunnel.RemoteDiagnostic,
                ["forwarding"] = tunnel.BfdState == Up,
            },
        };
        if (model.Find<TransportNode>(tunnel.RemoteNodeId)?.DisplayName is { } name)
        {
            answer["remote_node_display_name"] = name;
        }

        return answer;
    }
}
