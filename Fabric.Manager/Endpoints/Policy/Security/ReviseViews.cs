using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Catalog.Policy.Security;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Endpoints.Policy.Security;

/// <summary>Revise: a policy or rule is replaced as by a PUT, and put at a place among its like, whose sequence numbers follow.</summary>
internal static class ReviseViews
{
    private static readonly string[] Operations = ["insert_top", "insert_bottom", "insert_before", "insert_after"];

    public static readonly IReadOnlyList<PolicyView> All =
    [
        PolicyView.Post<SecurityPolicy>("?action=revise", call => ReviseAsync<SecurityPolicy>(
            call, policy => policy.SequenceNumber, (policy, number) => policy with { SequenceNumber = number }, (one, other) => one.Category == other.Category && !other.IsDefault, PolicyOrder.KeyOf)),
        PolicyView.Post<GatewayPolicy>("?action=revise", call => ReviseAsync<GatewayPolicy>(
            call, policy => policy.SequenceNumber, (policy, number) => policy with { SequenceNumber = number }, (one, other) => one.Category == other.Category && !other.IsDefault, PolicyOrder.KeyOf)),
        PolicyView.Post<Rule>("?action=revise", call => ReviseAsync<Rule>(
            call, rule => rule.SequenceNumber, (rule, number) => rule with { SequenceNumber = number }, (_, other) => !other.IsDefault, RuleChecks.Order)),
    ];

    private static async Task<IResult> ReviseAsync<T>(PolicyCall call, Func<T, int> numberOf, Func<T, int, T> numbered, Func<T, T, bool> isLike, Func<T, IComparable> order)
        where T : PolicyResource
    {
        var (body, error) = await RequestBody.ReadAsync(call.Context.Request).ConfigureAwait(false);
        string operation = call.Context.Query("operation") ?? "insert_top";
        string? anchor = call.Context.Query("anchor_path");
        error ??= !Operations.Contains(operation) ? ApiErrors.BadQuery("operation", $"'{operation}' is not one of {string.Join(", ", Operations)}")
            : anchor is null && operation is "insert_before" or "insert_after" ? ApiErrors.BadQuery("anchor_path", $"it is needed for {operation}") : null;
        if (error is not null)
        {
            return Answers.Error(error);
        }

        var writer = call.Context.RequestServices.GetRequiredService<PolicyWriter>();
        var outcome = await writer.WriteAsync(
            call.Context.Caller(), call.Place, body!, PolicyWriteMode.Put, checksRevisions: true, call.Context.RequestAborted,
            scope => Move(scope, call.Path, operation, anchor, numberOf, numbered, isLike, order)).ConfigureAwait(false);
        return Answers.OfPolicy(outcome, writer.Current, call.Place);
    }

    private static ApiError? Move<T>(
        WriteScope scope, string path, string operation, string? anchor, Func<T, int> numberOf, Func<T, int, T> numbered, Func<T, T, bool> isLike, Func<T, IComparable> order)
        where T : PolicyResource
    {
        var moved = scope.Model.Find<T>(path)!;
        if (moved is IRulePolicy { IsDefault: true } or Rule { IsDefault: true })
        {
            return ApiErrors.DefaultSection();
        }

        var others = scope.Model.ChildrenOf<T>(moved.ParentPath).Where(other => other.Path != path && isLike(moved, other)).OrderBy(order).ToList();
        int at = operation switch
        {
            "insert_top" => 0,
            "insert_bottom" => others.Count,
            _ => others.FindIndex(other => other.Path == anchor),
        };
        if (at < 0)
        {
            return ApiErrors.InvalidPath(anchor!);
        }

        at += operation == "insert_after" ? 1 : 0;
        if (PolicyOrder.Between(at > 0 ? numberOf(others[at - 1]) : null, at < others.Count ? numberOf(others[at]) : null) is { } free)
        {
            return Set(scope, moved, numberOf, numbered, free);
        }

        others.Insert(at, moved);
        return others.Select((each, place) => Set(scope, each, numberOf, numbered, PolicyOrder.Fresh(place))).FirstOrDefault(error => error is not null);
    }

    private static ApiError? Set<T>(WriteScope scope, T one, Func<T, int> numberOf, Func<T, int, T> numbered, int number)
        where T : PolicyResource
    {
        if (numberOf(one) != number)
        {
            if (scope.Forbids(one) is { } forbidden)
            {
                return forbidden;
            }

            var (completed, error) = PolicyTree.Find(one.Path)!.Type.Complete(scope, one, numbered(one, number));
            if (error is not null)
            {
                return error;
            }

            scope.Put(completed!);
        }

        return null;
    }
}
