using Fabric.Manager.Catalog;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints;

/// <summary>Members of groups, IP sets, MAC sets and the exclude list, one at a time.</summary>
internal static class GroupEndpoints
{
    public static void MapGroups(this IEndpointRouteBuilder api)
    {
        api.MapPost("/ns-groups/{id}", ChangeMembersAsync);
        api.MapPost("/ip-sets/{id}", ChangeAddressesAsync);
        api.MapGet("/ip-sets/{id}/members", (HttpContext context, ResourceWriter writer, string id) => Elements(
            context, writer.Current.Find<IPSet>(id), nameof(IPSet), id, set => (set.IpAddresses ?? []).Select(ip => new IPAddressElement { IpAddress = ip })));
        api.MapGet("/mac-sets/{id}/members", (HttpContext context, ResourceWriter writer, string id) => Elements(
            context, writer.Current.Find<MACSet>(id), nameof(MACSet), id, set => (set.MacAddresses ?? []).Select(mac => new MACAddressElement { MacAddress = mac })));
        api.MapPost("/mac-sets/{id}/members", AddMacAsync);
        api.MapDelete("/mac-sets/{id}/members/{mac}", RemoveMacAsync);
        api.MapPost("/firewall/excludelist", ChangeExcludedAsync);
    }

    private static async Task<IResult> ChangeMembersAsync(HttpContext context, ResourceWriter writer, string id)
    {
        string? action = context.Query("action");
        if (action is not ("ADD_MEMBERS" or "REMOVE_MEMBERS"))
        {
            return Answers.Error(context.UnknownAction());
        }

        var (list, error) = await context.ReadAsync<NSGroupExpressionList>().ConfigureAwait(false);
        if (list is null)
        {
            return Answers.Error(error!);
        }

        if (list.Members.Any(member => member is not NSGroupSimpleExpression))
        {
            return Answers.Error(ApiErrors.Field("members must be of type NSGroupSimpleExpression"));
        }

        var members = list.Members.Cast<NSGroupSimpleExpression>().ToList();
        var outcome = await ChangeAsync<NSGroup>(context, writer, id, group =>
        {
            var kept = (group.Members ?? []).Where(member => !members.Exists(other => Same(member, other)));
            return group with { Members = action == "ADD_MEMBERS" ? [.. kept, .. members] : [.. kept] };
        }).ConfigureAwait(false);
        return Answers.Of(outcome, writer.Current, ResourceCatalog.Of<NSGroup>());
    }

    private static async Task<IResult> ChangeAddressesAsync(HttpContext context, ResourceWriter writer, string id)
    {
        string? action = context.Query("action");
        if (action is not ("add_ip" or "remove_ip"))
        {
            return Answers.Error(context.UnknownAction());
        }

        var (element, error) = await context.ReadAsync<IPAddressElement>().ConfigureAwait(false);
        if (element is null)
        {
            return Answers.Error(error!);
        }

        var outcome = await ChangeAsync<IPSet>(context, writer, id, set =>
        {
            var kept = (set.IpAddresses ?? []).Where(ip => ip != element.IpAddress);
            return set with { IpAddresses = action == "add_ip" ? [.. kept, element.IpAddress] : [.. kept] };
        }).ConfigureAwait(false);
        return outcome is WriteOutcome.Refused refused ? Answers.Error(refused.Error) : Answers.Ok(element, 201);
    }

    private static async Task<IResult> AddMacAsync(HttpContext context, ResourceWriter writer, string id)
    {
        var (element, error) = await context.ReadAsync<MACAddressElement>().ConfigureAwait(false);
        if (element is null)
        {
            return Answers.Error(error!);
        }

        var outcome = await ChangeAsync<MACSet>(context, writer, id, set => set with
        {
            MacAddresses = [.. (set.MacAddresses ?? []).Where(mac => !IsSame(mac, element.MacAddress)), element.MacAddress],
        }).ConfigureAwait(false);
        return outcome is WriteOutcome.Refused refused ? Answers.Error(refused.Error) : Answers.Ok(element, 201);
    }

    private static async Task<IResult> RemoveMacAsync(HttpContext context, ResourceWriter writer, string id, string mac)
    {
        var outcome = await writer.ChangeAsync(
            context.Caller(),
            scope => scope.Model.Find<MACSet>(id) is not { } set ? ApiErrors.NotFound(nameof(MACSet), id)
                : !(set.MacAddresses ?? []).Any(member => IsSame(member, mac)) ? ApiErrors.NotFound(nameof(MACAddressElement), mac)
                : scope.Put(set with { MacAddresses = [.. set.MacAddresses!.Where(member => !IsSame(member, mac))] }),
            context.RequestAborted).ConfigureAwait(false);
        return outcome is WriteOutcome.Refused refused ? Answers.Error(refused.Error) : Answers.Empty();
    }

    private static async Task<IResult> ChangeExcludedAsync(HttpContext context, ResourceWriter writer)
    {
        string? action = context.Query("action");
        if (action is "add_member")
        {
            var (member, error) = await context.ReadAsync<ResourceReference>().ConfigureAwait(false);
            return member is null ? Answers.Error(error!) : await ExcludeAsync(context, writer, member, add: true).ConfigureAwait(false);
        }

        var named = new ResourceReference { TargetId = context.Query("object_id"), TargetType = context.Query("object_type") };
        if (action is "remove_member")
        {
            return await ExcludeAsync(context, writer, named, add: false).ConfigureAwait(false);
        }

        return action is not "check_if_exists" ? Answers.Error(context.UnknownAction())
            : Excluded(writer.Current).FirstOrDefault(member => member.TargetId == named.TargetId) is { } found ? Answers.Ok(Catalog.Checks.FirewallChecks.Named(writer.Current, found))
            : Answers.Error(ApiErrors.NotFound(named.TargetType ?? "", named.TargetId ?? ""));
    }

    private static async Task<IResult> ExcludeAsync(HttpContext context, ResourceWriter writer, ResourceReference member, bool add)
    {
        var outcome = await writer.ChangeAsync(
            context.Caller(),
            scope =>
            {
                if (scope.Model.All<ExcludeList>().FirstOrDefault() is not { } list)
                {
                    return ApiErrors.NotFound(nameof(ExcludeList), "");
                }

                bool known = list.Members.Any(other => other.TargetId == member.TargetId);
                if (known == add)
                {
                    return add ? ApiErrors.AlreadyExists(member.TargetType ?? "", member.TargetId ?? "") : ApiErrors.NotFound(member.TargetType ?? "", member.TargetId ?? "");
                }

                var kept = list.Members.Where(other => other.TargetId != member.TargetId);
                return ResourceWriter.Write(scope, ResourceCatalog.Of<ExcludeList>(), list, list with { Members = add ? [.. kept, member] : [.. kept] });
            },
            context.RequestAborted).ConfigureAwait(false);
        return outcome is WriteOutcome.Refused refused ? Answers.Error(refused.Error) : Answers.Ok(Catalog.Checks.FirewallChecks.Named(writer.Current, member));
    }

    private static IReadOnlyList<ResourceReference> Excluded(FabricModel model) => model.All<ExcludeList>().FirstOrDefault()?.Members ?? [];

    private static Task<WriteOutcome> ChangeAsync<T>(HttpContext context, ResourceWriter writer, string id, Func<T, T> change)
        where T : ManagedResource
        => writer.ChangeAsync(
            context.Caller(),
            scope =>
            {
                if (scope.Model.Find<T>(id) is not { } before)
                {
                    return ApiErrors.NotFound(typeof(T).Name, id);
                }

                var after = change(before);
                return TooMany(after) is { } error ? error : ResourceWriter.Write(scope, ResourceCatalog.Of<T>(), before, after);
            },
            context.RequestAborted);

    private static ApiError? TooMany(ManagedResource resource) => resource switch
    {
        NSGroup { Members.Count: > 500 } => ApiErrors.Field("members has more than 500 items"),
        IPSet { IpAddresses.Count: > 4000 } => ApiErrors.Field("ip_addresses has more than 4000 items"),
        MACSet { MacAddresses.Count: > 4000 } => ApiErrors.Field("mac_addresses has more than 4000 items"),
        _ => null,
    };

    private static JsonAnswer Elements<T>(HttpContext context, T? set, string kind, string id, Func<T, IEnumerable<object>> elements)
        where T : class
    {
        var (request, error) = ListRequest.Read(context.Request.Query);
        return request is null ? Answers.Error(error!)
            : set is null ? Answers.Error(ApiErrors.NotFound(kind, id))
            : Answers.List([.. elements(set)], request);
    }

    private static bool Same(NSGroupSimpleExpression left, NSGroupSimpleExpression right)
        => left.TargetType == right.TargetType && left.TargetProperty == right.TargetProperty && left.Value == right.Value;

    private static bool IsSame(string left, string right) => string.Equals(left.Replace('-', ':'), right.Replace('-', ':'), StringComparison.OrdinalIgnoreCase);
}
