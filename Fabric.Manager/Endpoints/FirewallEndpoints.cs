using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Checks;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints;

/// <summary>Firewall sections with their order, and the actions that carry rules along. The rest of a section is a row like any other.</summary>
internal static class FirewallEndpoints
{
    public static void MapFirewall(this IEndpointRouteBuilder api)
    {
        api.MapPost("/firewall/sections", CreateAsync).WithOrder(-1); // before the row's: creating a section also places it
        api.MapPost("/firewall/sections/{id}", ActAsync);
    }

    /// <summary>A section and its rules as one object, as the ..._with_rules actions answer it.</summary>
    public static JsonObject WithRules(FabricModel model, FirewallSection section)
    {
        var answer = ResourceJson.ToWire(FirewallChecks.Show(model, section));
        answer["resource_type"] = nameof(FirewallSectionRuleList);
        answer["rules"] = new JsonArray([.. section.Rules.Select((rule, at) => (JsonNode)ResourceJson.ToWire(FirewallChecks.Show(model, section, rule, at)))]);
        return answer;
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ResourceWriter writer)
    {
        string? action = context.Query("action");
        if (action is not (null or "create_with_rules"))
        {
            return Answers.Error(context.UnknownAction());
        }

        var (request, error) = await SectionRequest.ReadAsync(context, withRules: action is not null, before: null).ConfigureAwait(false);
        if (request is null)
        {
            return Answers.Error(error!);
        }

        var outcome = await writer.ChangeAsync(
            context.Caller(),
            scope =>
            {
                var section = request.Section.Id.Length == 0 ? request.Section with { Id = scope.Ids.Next() } : request.Section;
                if (scope.Model.Find<FirewallSection>(section.Id) is not null)
                {
                    return ApiErrors.AlreadyExists(nameof(FirewallSection), section.Id);
                }

                var (placed, refused) = SectionOrder.Put(scope, section, request.Place);
                var (rules, wrong) = RuleNumbers.Give(scope, [], request.Rules ?? []);
                return (refused ?? wrong) is { } no ? no : ResourceWriter.Write(scope, ResourceCatalog.FirewallSections, null, placed! with { Rules = rules! });
            },
            context.RequestAborted).ConfigureAwait(false);
        return Answer(outcome, writer.Current, withRules: action is not null, 201);
    }

    private static async Task<IResult> ActAsync(HttpContext context, ResourceWriter writer, string id)
    {
        string? action = context.Query("action");
        switch (action)
        {
            case "list_with_rules":
                var model = writer.Current;
                return model.Find<FirewallSection>(id) is { } found ? Answers.Ok(WithRules(model, found)) : Answers.Error(ApiErrors.NotFound(nameof(FirewallSection), id));
            case "update_with_rules" or "revise" or "revise_with_rules":
                return await ReviseAsync(context, writer, id, withRules: action != "revise", moves: action != "update_with_rules").ConfigureAwait(false);
            case "lock" or "unlock":
                return await LockAsync(context, writer, id, locks: action == "lock").ConfigureAwait(false);
            default:
                return Answers.Error(context.UnknownAction());
        }
    }

    private static async Task<IResult> ReviseAsync(HttpContext context, ResourceWriter writer, string id, bool withRules, bool moves)
    {
        if (writer.Current.Find<FirewallSection>(id) is not { } seen)
        {
            return Answers.Error(ApiErrors.NotFound(nameof(FirewallSection), id));
        }

        var (request, error) = await SectionRequest.ReadAsync(context, withRules, seen).ConfigureAwait(false);
        if (request is null)
        {
            return Answers.Error(error!);
        }

        var outcome = await writer.ChangeAsync(
            context.Caller(),
            scope =>
            {
                if (scope.Model.Find<FirewallSection>(id) is not { } before)
                {
                    return ApiErrors.NotFound(nameof(FirewallSection), id);
                }

                if (before.Revision != request.Revision || before.Revision != seen.Revision)
                {
                    return ApiErrors.StaleRevision(nameof(FirewallSection), id, request.Revision ?? 0, before.Revision);
                }

                var (rules, refused) = request.Rules is null ? (before.Rules, null) : RuleNumbers.Give(scope, before.Rules, request.Rules);
                var after = request.Section with { Rules = rules! };
                if (moves && refused is null && !(before.IsDefault && request.Place is { Operation: "insert_bottom" }))
                {
                    (var placed, refused) = SectionOrder.Put(scope, after, request.Place);
                    after = placed ?? after;
                }

                return refused is not null ? refused : ResourceWriter.Write(scope, ResourceCatalog.FirewallSections, before, after);
            },
            context.RequestAborted).ConfigureAwait(false);
        return Answer(outcome, writer.Current, withRules, 200);
    }

    private static async Task<IResult> LockAsync(HttpContext context, ResourceWriter writer, string id, bool locks)
    {
        var (body, error) = await RequestBody.ReadAsync(context.Request).ConfigureAwait(false);
        if (body is null)
        {
            return Answers.Error(error!);
        }

        string? comments = body["comments"]?.ToString();
        long? revision = body["section_revision"] is JsonValue value && value.TryGetValue(out long given) ? given : null;
        if (comments is not { Length: >= 4 and <= 4096 } || revision is null)
        {
            return Answers.Error(ApiErrors.FieldErrors(["comments must have 4 to 4096 characters", "section_revision may not be null"]));
        }

        var outcome = await writer.ChangeAsync(
            context.Caller(),
            scope => scope.Model.Find<FirewallSection>(id) is not { } section ? ApiErrors.NotFound(nameof(FirewallSection), id)
                : section.Revision != revision ? ApiErrors.StaleRevision(nameof(FirewallSection), id, revision.Value, section.Revision)
                : section.Locked && section.LockModifiedBy != scope.User ? ApiErrors.SectionLocked(id, section.LockModifiedBy)
                : scope.Put(section with { Locked = locks, Comments = comments, LockModifiedBy = scope.User, LockModifiedTime = scope.Now }),
            context.RequestAborted).ConfigureAwait(false);
        return Answer(outcome, writer.Current, withRules: false, 200);
    }

    private static JsonAnswer Answer(WriteOutcome outcome, FabricModel model, bool withRules, int status)
        => withRules && outcome is WriteOutcome.Stored { Resource: FirewallSection section }
            ? Answers.Ok(WithRules(model, section), status)
            : Answers.Of(outcome, model, ResourceCatalog.FirewallSections, status);
}

/// <summary>A section as a request brings it, perhaps with rules, and where it shall go.</summary>
internal sealed record SectionRequest(FirewallSection Section, IReadOnlyList<FirewallRule>? Rules, long? Revision, Place Place)
{
    public static async Task<(SectionRequest? Request, ApiError? Error)> ReadAsync(HttpContext context, bool withRules, FirewallSection? before)
    {
        var (place, error) = context.Place();
        var (body, unreadable) = await RequestBody.ReadAsync(context.Request).ConfigureAwait(false);
        if ((error ?? unreadable) is { } early)
        {
            return (null, early);
        }

        IReadOnlyList<FirewallRule>? rules = null;
        if (withRules)
        {
            var only = new JsonObject { ["rules"] = body!["rules"]?.DeepClone() };
            body.Remove("rules");
            var (list, wrong) = RecordReader.Read(typeof(FirewallSectionRuleList), only);
            if (list is null)
            {
                return (null, wrong);
            }

            rules = ((FirewallSectionRuleList)list).Rules;
        }

        long? revision = body!["_revision"] is JsonValue value && value.TryGetValue(out long given) ? given : null;
        if (before is not null)
        {
            if (revision is null)
            {
                return (null, ApiErrors.MissingRevision(nameof(FirewallSection), before.Id));
            }

            body["id"] = before.Id;
        }

        body["resource_type"] = nameof(FirewallSection); // clients send FirewallSectionRuleList too
        var (section, refused) = RecordReader.Read(typeof(FirewallSection), body, before);
        return section is null ? (null, refused) : (new SectionRequest((FirewallSection)section, rules, revision, place), null);
    }
}

/// <summary>Rules keep the id they have; new ones get one that was never used.</summary>
internal static class RuleNumbers
{
    public static (IReadOnlyList<FirewallRule>? Rules, ApiError? Error) Give(WriteScope scope, IReadOnlyList<FirewallRule> before, IReadOnlyList<FirewallRule> asked)
    {
        var known = before.ToDictionary(rule => rule.Id!);
        var given = new List<FirewallRule>();
        foreach (var rule in asked)
        {
            if (rule.Id is { Length: > 0 } id && known.Count > 0)
            {
                if (!known.Remove(id, out var old))
                {
                    return (null, ApiErrors.NotFound(nameof(FirewallRule), id));
                }

                given.Add(rule with { IsDefault = old.IsDefault });
            }
            else
            {
                given.Add(rule with { Id = $"{Numbering.NextRuleId(scope)}", IsDefault = false });
            }
        }

        return (given, null);
    }
}
