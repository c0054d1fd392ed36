using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Checks;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints;

/// <summary>Rules of a section, one or several at a time. Each write is a write of the section, whose revision the rules carry.</summary>
internal static class RuleEndpoints
{
    private const string Rules = "/firewall/sections/{section}/rules";

    public static void MapRules(this IEndpointRouteBuilder api)
    {
        api.MapGet(Rules, List);
        api.MapPost(Rules, CreateAsync);
        api.MapGet($"{Rules}/{{id}}", Get);
        api.MapPut($"{Rules}/{{id}}", (HttpContext context, ResourceWriter writer, string section, string id) => ReplaceAsync(context, writer, section, id, moves: false));
        api.MapPost($"{Rules}/{{id}}", (HttpContext context, ResourceWriter writer, string section, string id)
            => context.Query("action") == "revise"
                ? ReplaceAsync(context, writer, section, id, moves: true)
                : Task.FromResult<IResult>(Answers.Error(context.UnknownAction())));
        api.MapDelete($"{Rules}/{{id}}", DeleteAsync);
    }

    private static JsonAnswer List(HttpContext context, ResourceWriter writer, string section)
    {
        var (request, error) = ListRequest.Read(context.Request.Query);
        var model = writer.Current;
        return request is null ? Answers.Error(error!)
            : model.Find<FirewallSection>(section) is not { } found ? Answers.Error(ApiErrors.NotFound(nameof(FirewallSection), section))
            : Answers.List([.. found.Rules.Select((rule, at) => FirewallChecks.Show(model, found, rule, at))], request);
    }

    private static JsonAnswer Get(ResourceWriter writer, string section, string id)
    {
        var model = writer.Current;
        return model.Find<FirewallSection>(section) is { } found && IndexOf(found, id) is >= 0 and var at
            ? Answers.Ok(FirewallChecks.Show(model, found, found.Rules[at], at))
            : Answers.Error(ApiErrors.NotFound(nameof(FirewallRule), id));
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ResourceWriter writer, string section)
    {
        string? action = context.Query("action");
        if (action is not (null or "create_multiple"))
        {
            return Answers.Error(context.UnknownAction());
        }

        var (place, error) = context.Place();
        var (asked, wrong) = await ReadAsync(context, several: action is not null).ConfigureAwait(false);
        if ((error ?? wrong) is { } early)
        {
            return Answers.Error(early);
        }

        var ids = new List<string>();
        var outcome = await ChangeAsync(context, writer, section, (scope, found) =>
        {
            if (asked!.FirstOrDefault(rule => rule.Revision is { } given && given != found.Revision) is { } stale)
            {
                return (null, ApiErrors.StaleRevision(nameof(FirewallSection), section, stale.Revision!.Value, found.Revision));
            }

            var (numbered, refused) = RuleNumbers.Give(scope, [], asked!);
            ids.Clear();
            ids.AddRange((numbered ?? []).Select(rule => rule.Id!));
            return refused is not null ? (null, refused) : SectionOrder.Insert(found.Rules, numbered!, place);
        }).ConfigureAwait(false);
        if (outcome is not WriteOutcome.Stored { Resource: FirewallSection after })
        {
            return Answers.Of(outcome, writer.Current, ResourceCatalog.FirewallSections);
        }

        var made = after.Rules.Select((rule, at) => (rule, at)).Where(item => ids.Contains(item.rule.Id!)).Select(item => FirewallChecks.Show(writer.Current, after, item.rule, item.at)).ToList();
        return action is null ? Answers.Ok(made[0]) : Answers.Ok(new FirewallRuleList { Rules = made });
    }

    private static async Task<IResult> ReplaceAsync(HttpContext context, ResourceWriter writer, string section, string id, bool moves)
    {
        var (place, error) = context.Place();
        var (asked, wrong) = await ReadAsync(context, several: false).ConfigureAwait(false);
        if ((error ?? wrong) is { } early)
        {
            return Answers.Error(early);
        }

        if (asked![0].Revision is not { } revision)
        {
            return Answers.Error(ApiErrors.MissingRevision(nameof(FirewallRule), id));
        }

        var outcome = await ChangeAsync(context, writer, section, (_, found) =>
        {
            int at = IndexOf(found, id);
            if (at < 0)
            {
                return (null, ApiErrors.NotFound(nameof(FirewallRule), id));
            }

            if (revision != found.Revision)
            {
                return (null, ApiErrors.StaleRevision(nameof(FirewallRule), id, revision, found.Revision));
            }

            var rule = asked[0] with { Id = id, IsDefault = found.Rules[at].IsDefault };
            var rules = found.Rules.ToList();
            rules[at] = rule;
            if (!moves)
            {
                return (rules, null);
            }

            rules.RemoveAt(at);
            return rule.IsDefault ? (null, ApiErrors.DefaultSection()) : SectionOrder.Insert(rules, [rule], place);
        }).ConfigureAwait(false);
        return outcome is WriteOutcome.Stored { Resource: FirewallSection after } && IndexOf(after, id) is >= 0 and var where
            ? Answers.Ok(FirewallChecks.Show(writer.Current, after, after.Rules[where], where))
            : Answers.Of(outcome, writer.Current, ResourceCatalog.FirewallSections);
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, ResourceWriter writer, string section, string id)
    {
        var outcome = await ChangeAsync(context, writer, section, (_, found) => IndexOf(found, id) switch
        {
            < 0 => (null, ApiErrors.NotFound(nameof(FirewallRule), id)),
            var at when found.Rules[at].IsDefault => (null, ApiErrors.DefaultSection()),
            var at => ([.. found.Rules.Take(at), .. found.Rules.Skip(at + 1)], null),
        }).ConfigureAwait(false);
        return outcome is WriteOutcome.Refused refused ? Answers.Error(refused.Error) : Answers.Empty();
    }

    private static Task<WriteOutcome> ChangeAsync(
        HttpContext context, ResourceWriter writer, string section, Func<WriteScope, FirewallSection, (List<FirewallRule>? Rules, ApiError? Error)> change)
        => writer.ChangeAsync(
            context.Caller(),
            scope =>
            {
                if (scope.Model.Find<FirewallSection>(section) is not { } found)
                {
                    return ApiErrors.NotFound(nameof(FirewallSection), section);
                }

                var (rules, error) = change(scope, found);
                return error is not null ? error : ResourceWriter.Write(scope, ResourceCatalog.FirewallSections, found, found with { Rules = rules! });
            },
            context.RequestAborted);

    private static async Task<(IReadOnlyList<FirewallRule>? Rules, ApiError? Error)> ReadAsync(HttpContext context, bool several)
    {
        var (body, error) = await RequestBody.ReadAsync(context.Request).ConfigureAwait(false);
        (object? record, error) = body is null ? (null, error) : RecordReader.Read(several ? typeof(FirewallRuleList) : typeof(FirewallRule), body);
        return record switch
        {
            FirewallRule rule => ([rule], null),
            FirewallRuleList list => (list.Rules, null),
            _ => (null, error),
        };
    }

    private static int IndexOf(FirewallSection section, string id)
    {
        for (int at = 0; at < section.Rules.Count; at++)
        {
            if (section.Rules[at].Id == id)
            {
                return at;
            }
        }

        return -1;
    }
}
