using System.Text.Json.Nodes;
using Fabric.Contracts.V1;
using Fabric.Manager.Catalog;
using Fabric.Manager.Errors;
using Fabric.Manager.Publishing;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints;

/// <summary>Logical ports as they are: where they are attached, what was discovered on them, what passed through them.</summary>
internal static class RuntimePortEndpoints
{
    private static readonly string[] MacColumns = ["mac_address", "mac_type"];

    public static void MapRuntimePorts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/logical-ports/status", CountUp);
        api.MapGet("/logical-ports/{id}/state", (ResourceStore store, RuntimeState runtime, string id) => Of(store, id, port => State(store.Current, runtime, port)));
        api.MapGet("/logical-ports/{id}/status", (HttpContext context, ResourceStore store, RuntimeState runtime, TimeProvider time, string id)
            => Of(store, id, port => context.WrongSource("realtime", "cached") is { } wrong ? Answers.Error(wrong) : Answers.Ok(new JsonObject
            {
                ["logical_port_id"] = id,
                ["status"] = StatusOf(runtime, port),
                ["last_update_timestamp"] = time.GetUtcNow().ToUnixTimeMilliseconds(),
            })));
        api.MapGet("/logical-ports/{id}/statistics", (HttpContext context, ResourceStore store, RuntimeState runtime, string id)
            => Of(store, id, port => context.WrongSource("realtime", "cached") is { } wrong ? Answers.Error(wrong) : Statistics(runtime, port)));
        api.MapGet("/logical-ports/{id}/mac-table", (HttpContext context, ResourceStore store, RuntimeState runtime, TimeProvider time, string id)
            => Of(store, id, port => context.WrongSource("realtime") is { } wrong ? Answers.Error(wrong) : MacTable(context, runtime, time, port)));
    }

    /// <summary>
    /// UP when the vnic is connected on a node that has the port in force; UNKNOWN when nobody has reported, or the node is out of
    /// contact (reference: nsx-dataplane.md, 2.1).
    /// </summary>
    public static string StatusOf(RuntimeState runtime, LogicalPort port)
    {
        if (runtime.Port(port.Id) is not { } reported || reported.NodeIds.Any(node => runtime.Node(node) is not { Connected: true }))
        {
            return "UNKNOWN";
        }

        bool inForce = runtime.Realization(ConfigKind.LogicalPort, port.Id) is { } realization
            && reported.NodeIds.Any(node => realization.Nodes.Any(state => state.NodeId == node && state.State == RuntimeRealization.Success));
        return reported.OperationalUp && inForce ? "UP" : "DOWN";
    }

    private static IResult Of(ResourceStore store, string id, Func<LogicalPort, IResult> answer)
        => store.Current.Find<LogicalPort>(id) is { } port ? answer(port) : Answers.Error(ApiErrors.NotFound(nameof(LogicalPort), id));

    private static JsonAnswer State(FabricModel model, RuntimeState runtime, LogicalPort port) => Answers.Ok(Describe(model, runtime, port));

    /// <summary>The state of a port; an address that the manager gave it is bound to it before any host says so.</summary>
    public static JsonObject Describe(FabricModel model, RuntimeState runtime, LogicalPort port)
    {
        var reported = runtime.Port(port.Id) ?? new PortRuntime();
        return new JsonObject
        {
            ["id"] = port.Id,
            ["attachment"] = port.Attachment is null ? null : Attachment(runtime, port, reported),
            ["transport_node_ids"] = new JsonArray([.. reported.NodeIds.Select(node => (JsonNode)node)]),
            ["discovered_bindings"] = new JsonArray([.. reported.Discovered.Select(Binding)]),
            ["realized_bindings"] = new JsonArray([.. reported.Realized.Concat(Given(port, reported)).Select(Binding)]),
            ["duplicate_bindings"] = new JsonArray([.. reported.Duplicates.Select(binding => Duplicate(model, runtime, port, binding))]),
        };
    }

    private static IEnumerable<PortBinding> Given(LogicalPort port, PortRuntime reported)
        => port.Allocation is { Ip: not null } allocation && WireAddresses.Ip(allocation.Ip) is var ip && reported.Realized.All(binding => binding.Ip != ip)
            ? [new PortBinding { Ip = ip, Mac = WireAddresses.Mac(allocation.Mac), Vlan = -1, Source = BindingSource.UserDefined, TimestampMs = port.LastModifiedTime }]
            : [];

    private static JsonObject Attachment(RuntimeState runtime, LogicalPort port, PortRuntime reported)
    {
        string state = !reported.Attached ? "FREE"
            : reported.NodeIds.Count > 1 ? "ATTACHED_IN_MOTION"
            : RuntimeRealization.StateOf(runtime.Realization(ConfigKind.LogicalPort, port.Id), port.Revision) == RuntimeRealization.Success ? "ATTACHED"
            : "ATTACHED_PENDING_CONF";
        string vif = port.Attachment is { Context: VifAttachmentContext { VifType: "CHILD", ParentVifId: { } parent } } ? parent : port.Attachment!.Id;
        string entity = runtime.Vif(vif)?.VmId is { Length: > 0 } vm ? vm : vif;
        return new JsonObject
        {
            ["id"] = port.Attachment.Id,
            ["state"] = state,
            ["attachers"] = new JsonArray([.. reported.NodeIds.Select(node => (JsonNode)new JsonObject { ["host"] = node, ["entity"] = entity })]),
        };
    }

    private static JsonObject Binding(PortBinding binding)
    {
        var address = new JsonObject();
        if (binding.Mac.Length > 0)
        {
            address["mac_address"] = binding.Mac.Mac();
        }

        if (binding.Ip.Length > 0)
        {
            address["ip_address"] = binding.Ip.Ip();
        }

        if (binding.Vlan >= 0)
        {
            address["vlan"] = binding.Vlan;
        }

        return new JsonObject
        {
            ["binding"] = address,
            ["binding_timestamp"] = binding.TimestampMs,
            ["source"] = binding.Source switch
            {
                BindingSource.UserDefined => "USER_DEFINED",
                BindingSource.ArpSnooping => "ARP_SNOOPING",
                BindingSource.DhcpSnooping => "DHCP_SNOOPING",
                BindingSource.NdSnooping => "ND_SNOOPING",
                BindingSource.Dhcpv6Snooping => "DHCPV6_SNOOPING",
                _ => "UNKNOWN",
            },
        };
    }

    private static JsonObject Duplicate(FabricModel model, RuntimeState runtime, LogicalPort port, PortBinding binding)
    {
        var answer = Binding(binding);
        var holder = model.All<LogicalPort>().FirstOrDefault(other => other.LogicalSwitchId == port.LogicalSwitchId && other.Id != port.Id
            && runtime.Port(other.Id) is { } reported && reported.Realized.Any(realized => realized.Ip == binding.Ip));
        if (holder is not null)
        {
            answer["conflicting_port"] = holder.Id;
        }

        return answer;
    }

    public static JsonAnswer Statistics(RuntimeState runtime, LogicalPort port)
    {
        if (port.Attachment?.AttachmentType == "LOGICALROUTER")
        {
            return Answers.Error(ApiErrors.NoPortStatistics(port.Id, "it is attached to a router"));
        }

        if (runtime.Port(port.Id) is not { Attached: true })
        {
            return Answers.Error(ApiErrors.NoPortStatistics(port.Id, "no host has reported it"));
        }

        // Hosts report what has changed: a port that is attached and has no counters yet has counted nothing.
        var answer = RuntimeCounters.Describe(runtime.Statistics(port.Id) is { } counted ? [counted] : []);
        answer["logical_port_id"] = port.Id;
        return Answers.Ok(answer);
    }

    public static IResult MacTable(HttpContext context, RuntimeState runtime, TimeProvider time, LogicalPort port)
    {
        if (port.Attachment?.AttachmentType == "LOGICALROUTER" || runtime.Port(port.Id) is not { Attached: true } reported)
        {
            return Answers.Error(ApiErrors.NoPortStatistics(port.Id, "no host has it attached to a VIF"));
        }

        return RuntimeRequests.Table(
            context,
            "results",
            [.. reported.Macs.Select(mac => new JsonObject { ["mac_address"] = mac.Mac.Mac(), ["mac_type"] = mac.Learned ? "LEARNED" : "STATIC" })],
            MacColumns,
            ("logical_port_id", port.Id),
            ("transport_node_id", reported.NodeIds.FirstOrDefault()),
            ("last_update_timestamp", time.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    private static JsonAnswer CountUp(ResourceStore store, RuntimeState runtime, TimeProvider time)
    {
        var ports = store.Current.All<LogicalPort>().ToArray();
        return Answers.Ok(new JsonObject
        {
            ["total_ports"] = ports.Length,
            ["up_ports"] = ports.Count(port => StatusOf(runtime, port) == "UP"),
            ["last_update_timestamp"] = time.GetUtcNow().ToUnixTimeMilliseconds(),
        });
    }
}
