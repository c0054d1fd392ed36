using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy.Security;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Endpoints.Policy.Security;

/// <summary>Lists of a group that have an address of their own: written, taken away, and added to or taken from item by item.</summary>
internal static class ExpressionViews
{
    public static IReadOnlyList<PolicyView> All { get; } =
    [
        .. Of<IPAddressExpression, IpAddressList>(
            "ip-address-expressions", list => list.IpAddresses, old => old?.IpAddresses, (old, items) => (old ?? new IPAddressExpression()) with { IpAddresses = items }),
        .. Of<MACAddressExpression, MacAddressList>(
            "mac-address-expressions", list => list.MacAddresses, old => old?.MacAddresses, (old, items) => (old ?? new MACAddressExpression()) with { MacAddresses = items }),
        .. Of<ExternalIDExpression, GroupMemberList>(
            "external-id-expressions", list => list.Members, old => old?.ExternalIds, (old, items) => (old ?? new ExternalIDExpression { MemberType = "VirtualMachine" }) with { ExternalIds = items }),
        .. Of<PathExpression, GroupMemberList>(
            "path-expressions", list => list.Members, old => old?.Paths, (old, items) => (old ?? new PathExpression()) with { Paths = items }),
    ];

    private static IEnumerable<PolicyView> Of<T, TList>(
        string collection, Func<TList, IReadOnlyList<string>> asked, Func<T?, IReadOnlyList<string>?> items, Func<T?, IReadOnlyList<string>, T> with)
        where T : Expression
        where TList : class
    {
        string one = $"{collection}/{{expression}}";
        yield return PolicyView.Patch<Group>(one, call => WriteAsync<T>(call));
        yield return PolicyView.Delete<Group>(one, call => ChangeAsync<T>(call, old => old is null ? (null, NoSuch(call)) : (null, null)));
        foreach (string action in new[] { "add", "remove" })
        {
            yield return PolicyView.Post<Group>($"{one}?action={action}", async call =>
            {
                var (list, error) = await call.Context.ReadAsync<TList>().ConfigureAwait(false);
                return list is null ? Answers.Error(error!) : await ChangeAsync<T>(call, old =>
                {
                    if (old is null && action == "remove")
                    {
                        return (null, NoSuch(call));
                    }

                    var left = (items(old) ?? []).Except(asked(list), StringComparer.OrdinalIgnoreCase);
                    return (with(old, action == "add" ? [.. left, .. asked(list)] : [.. left]), null);
                }).ConfigureAwait(false);
            });
        }
    }

    private static ApiError NoSuch(PolicyCall call) => ApiErrors.NoSuchObject($"{call.Path}/{string.Join('/', call.Values.Values)}");

    private static async Task<IResult> WriteAsync<T>(PolicyCall call)
        where T : Expression
    {
        var (body, error) = await RequestBody.ReadAsync(call.Context.Request).ConfigureAwait(false);
        if (body is not null)
        {
            body["resource_type"] ??= typeof(T).Name;
        }

        (object? read, error) = body is null ? (null, error) : RecordReader.Read(typeof(T), body);
        return read is not T expression ? Answers.Error(error!) : await ChangeAsync<T>(call, _ => (expression, null)).ConfigureAwait(false);
    }

    /// <summary>Replaces one expression of the group; null takes it away, with what joined it; one that is not there yet is joined by OR.</summary>
    private static async Task<IResult> ChangeAsync<T>(PolicyCall call, Func<T?, (T? After, ApiError? Error)> change)
        where T : Expression
    {
        string id = call.Values["expression"];
        var writer = call.Context.RequestServices.GetRequiredService<PolicyWriter>();
        var outcome = await writer.ChangeAsync(
            call.Context.Caller(),
            scope =>
            {
                if (scope.Model.Find<Group>(call.Path) is not { MarkedForDelete: false } group)
                {
                    return ApiErrors.NoSuchObject(call.Path);
                }

                var expressions = (group.Expression ?? []).ToList();
                int at = expressions.FindIndex(expression => expression is T && expression.Id == id);
                var (after, error) = change(at < 0 ? null : (T)expressions[at]);
                if ((error ?? scope.Forbids(group)) is { } refused)
                {
                    return refused;
                }

                Place(expressions, at, after is null ? null : after with { Id = id });
                var (completed, wrong) = call.Place.Type.Complete(scope, group, group with { Expression = expressions });
                return wrong is not null ? wrong : scope.Put(completed!);
            },
            call.Context.RequestAborted).ConfigureAwait(false);
        return outcome is WriteOutcome.Refused no ? Answers.Error(no.Error) : Answers.Empty();
    }

    private static void Place(List<Expression> expressions, int at, Expression? after)
    {
        if (after is null)
        {
            expressions.RemoveAt(at);
            if (expressions.Count > 0)
            {
                expressions.RemoveAt(Math.Max(0, at - 1)); // the word that joined it
            }
        }
        else if (at >= 0)
        {
            expressions[at] = after;
        }
        else
        {
            if (expressions.Count > 0)
            {
                expressions.Add(new ConjunctionOperator { Word = "OR" });
            }

            expressions.Add(after);
        }
    }
}

/// <summary>Addresses to add to a group or to take from it.</summary>
internal sealed record IpAddressList
{
    [Mandatory, AtMost(4000), WrittenAs(TextForm.IpOrCidrOrRange)]
    public IReadOnlyList<string> IpAddresses { get; init; } = [];
}

/// <summary>MAC addresses to add to a group or to take from it.</summary>
internal sealed record MacAddressList
{
    [Mandatory, AtMost(4000), WrittenAs(TextForm.Mac)]
    public IReadOnlyList<string> MacAddresses { get; init; } = [];
}

/// <summary>Paths or ids to add to a group or to take from it.</summary>
internal sealed record GroupMemberList
{
    [Mandatory, AtMost(500)]
    public IReadOnlyList<string> Members { get; init; } = [];
}
