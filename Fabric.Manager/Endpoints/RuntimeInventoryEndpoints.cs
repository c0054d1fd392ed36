using System.Text.Json.Nodes;
using Fabric.Contracts.V1;
using Fabric.Manager.Publishing;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints;

/// <summary>The vnics and virtual machines that hosts report.</summary>
internal static class RuntimeInventoryEndpoints
{
    public static void MapRuntimeInventory(this IEndpointRouteBuilder api)
    {
        api.MapGet("/fabric/vifs", Vifs);
        api.MapGet("/fabric/virtual-machines", Machines);
        api.MapPost("/fabric/virtual-machines", MachineTags.ChangeAsync);
    }

    public static IResult Vifs(HttpContext context, RuntimeState runtime) => RuntimeRequests.Table(
        context,
        "results",
        [.. runtime.Vifs.OrderBy(vif => vif.VifId, StringComparer.Ordinal).Select(MemberRows.Vif).Where(row => Wanted(context, row, "lport_attachment_id", "lport_attachment_id")
            && Wanted(context, row, "owner_vm_id", "owner_vm_id") && Wanted(context, row, "vm_id", "owner_vm_id") && Wanted(context, row, "host_id", "host_id"))],
        []);

    public static IResult Machines(HttpContext context, RuntimeState runtime, ResourceStore store) => RuntimeRequests.Table(
        context,
        "results",
        [.. runtime.Vifs.Where(vif => vif.VmId.Length > 0).DistinctBy(vif => vif.VmId).OrderBy(vif => vif.VmId, StringComparer.Ordinal).Select(vif => Machine(store.Current, vif))
            .Where(row => Wanted(context, row, "display_name", "display_name") && Wanted(context, row, "external_id", "external_id") && Wanted(context, row, "host_id", "host_id"))],
        []);

    private static bool Wanted(HttpContext context, JsonObject row, string query, string field)
        => context.Query(query) is not { } wanted || (string?)row[field] == wanted;

    public static JsonObject Machine(FabricModel model, VifPresent vif)
    {
        var row = MemberRows.Machine(model, vif.VmId, vif.VmName.Length > 0 ? vif.VmName : vif.VmId, vif.NodeId);
        row["source"] = new JsonObject { ["target_id"] = vif.NodeId, ["target_type"] = "HostNode", ["is_valid"] = true };
        return row;
    }
}
