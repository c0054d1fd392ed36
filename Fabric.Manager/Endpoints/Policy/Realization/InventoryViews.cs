using System.Text.Json.Nodes;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Catalog.Policy.Sites;
using Fabric.Manager.Errors;
using Fabric.Manager.Publishing;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Http;

namespace Fabric.Manager.Endpoints.Policy.Realization;

/// <summary>The machines and vnics that hosts report, and the one enforcement point that they are behind.</summary>
internal static class InventoryViews
{
    private const string Points = "realized-state/enforcement-points";
    private const string Machines = "realized-state/virtual-machines";

    public static IEnumerable<PolicyView> All =>
    [
        PolicyView.Get<Infra>(Machines, MachineList),
        PolicyView.Post<Infra>($"{Machines}/{{machine}}/tags", call => MachineTags.ReplaceAsync(call.Context, call.Get<ResourceStore>(), call.Get<RuntimeState>(), call.Values["machine"])),
        PolicyView.Get<Infra>(Points, call => RuntimeRequests.Table(call.Context, "results", [Point()], [])),
        PolicyView.Get<Infra>($"{Points}/{{point}}", call => OfPoint(call, () => Answers.Ok(Point()))),
        PolicyView.Get<Infra>($"{Points}/{{point}}/virtual-machines", call => OfPoint(call, () => MachineList(call))),
        PolicyView.Post<Infra>($"{Points}/{{point}}/virtual-machines?action=update_tags", call => MachineTags.ReplaceAsync(call.Context, call.Get<ResourceStore>(), call.Get<RuntimeState>(), null)),
        PolicyView.Get<Infra>($"{Points}/{{point}}/vifs", call => OfPoint(call, () => RuntimeInventoryEndpoints.Vifs(call.Context, call.Get<RuntimeState>()))),
    ];

    private static IResult MachineList(PolicyCall call) => RuntimeInventoryEndpoints.Machines(call.Context, call.Get<RuntimeState>(), call.Get<ResourceStore>());

    private static IResult OfPoint(PolicyCall call, Func<IResult> answer)
        => call.Values["point"] == "default" ? answer() : Answers.Error(ApiErrors.NoSuchObject($"{call.Path}/{Points}/{call.Values["point"]}"));

    private static JsonObject Point() => new()
    {
        ["resource_type"] = "RealizedEnforcementPoint",
        ["id"] = "default",
        ["display_name"] = "default",
        ["path"] = $"/infra/{Points}/default",
        ["relative_path"] = "default",
        ["parent_path"] = "/infra",
        ["intent_reference"] = new JsonArray(SitePaths.Point),
        ["state"] = "REALIZED",
        ["alarms"] = new JsonArray(),
    };
}
