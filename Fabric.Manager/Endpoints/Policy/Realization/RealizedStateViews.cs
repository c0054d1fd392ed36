using System.Text.Json.Nodes;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Errors;
using Fabric.Manager.Publishing;
using Fabric.Manager.Realization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Endpoints.Policy.Realization;

/// <summary>What became of intents: realized entities, their status in one word, and the alarms of those that failed.</summary>
internal static class RealizedStateViews
{
    public static IEnumerable<PolicyView> Below<T>()
        where T : PolicyResource
        =>
        [
            PolicyView.Get<T>("realized-state/realized-entities", call => Entities(call.Context, EntitiesOf(call))),
            PolicyView.Get<T>("realized-state/realized-entity", call => One(call.Context, EntitiesOf(call))),
            PolicyView.Post<T>("realized-state/realized-entity?action=refresh", call => Task.FromResult<IResult>(Refresh(call.Context))),
            PolicyView.Get<T>("realized-state/status", Status),
            PolicyView.Get<T>("realized-state/alarms", call => RuntimeRequests.Table(
                call.Context, "results", [.. call.Get<RealizationBook>().Failed.OrderBy(attempt => attempt.Path, StringComparer.Ordinal).Select(RealizedEntities.AlarmOf).OfType<JsonObject>()], [])),
        ];

    public static TService Get<TService>(this PolicyCall call)
        where TService : notnull
        => call.Context.RequestServices.GetRequiredService<TService>();

    private static RealizedEntities EntitiesOf(PolicyCall call) => new(call.Model, call.Get<RealizationBook>(), call.Get<RuntimeState>());

    private static IResult Entities(HttpContext context, RealizedEntities entities)
        => context.Query("intent_path") is { } path
            ? RuntimeRequests.Table(context, "results", entities.Of(path), [])
            : Answers.Error(ApiErrors.BadQuery("intent_path", "it is needed"));

    private static JsonAnswer One(HttpContext context, RealizedEntities entities)
        => context.Query("realized_path") is not { } path ? Answers.Error(ApiErrors.BadQuery("realized_path", "it is needed"))
            : entities.At(path) is { } entity ? Answers.Ok(entity)
            : Answers.Error(ApiErrors.NotFound("GenericPolicyRealizedResource", path));

    /// <summary>The intent is realized again, whether or not anything has changed.</summary>
    private static JsonAnswer Refresh(HttpContext context)
    {
        if (context.Query("intent_path") is not { } path)
        {
            return Answers.Error(ApiErrors.BadQuery("intent_path", "it is needed"));
        }

        context.RequestServices.GetRequiredService<RealizationLoop>().Refresh(path);
        return Answers.Empty();
    }

    private static IResult Status(PolicyCall call)
    {
        var (entities, book) = (EntitiesOf(call), call.Get<RealizationBook>());
        if (call.Context.Query("intent_path") is not { } path)
        {
            return Answers.Error(ApiErrors.BadQuery("intent_path", "it is needed"));
        }

        if (PolicyTree.Find(path) is not { Id: not null } place || call.Model.Find(place.Key) is not PolicyResource intent)
        {
            return Answers.Error(ApiErrors.NoSuchObject(path));
        }

        string state = entities.StateOf(intent);
        string consolidated = state switch
        {
            "REALIZED" => "SUCCESS",
            "ERROR" => "ERROR",
            _ => "IN_PROGRESS",
        };
        var perPoint = new JsonObject
        {
            ["resource_type"] = "ConsolidatedStatusPerEnforcementPoint",
            ["enforcement_point_id"] = "default",
            ["enforcement_point_path"] = RealizedEntities.EnforcementPoint,
            ["site_path"] = "/infra/sites/default",
            ["consolidated_status"] = new JsonObject { ["consolidated_status"] = consolidated },
        };
        var attempt = book.Of(path);
        if (state == "ERROR" && attempt is not null && RealizedEntities.AlarmOf(attempt) is { } alarm)
        {
            perPoint["alarm"] = new JsonObject { ["message"] = alarm["message"]?.DeepClone(), ["error_details"] = alarm["error_details"]?.DeepClone() };
        }

        return Answers.Ok(new JsonObject
        {
            ["intent_path"] = path,
            ["intent_version"] = $"{intent.Revision}",
            ["publish_status"] = state,
            ["publish_time"] = attempt?.At ?? 0,
            ["consolidated_status"] = new JsonObject { ["consolidated_status"] = consolidated },
            ["consolidated_status_per_enforcement_point"] = new JsonArray(perPoint),
        });
    }
}
