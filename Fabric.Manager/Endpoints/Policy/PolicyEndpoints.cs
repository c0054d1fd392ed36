using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints.Policy;

/// <summary>One endpoint for the whole tree: the path says which row or view answers.</summary>
internal static class PolicyEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Post, HttpMethods.Delete];

    public static void MapPolicy(this IEndpointRouteBuilder policy) => policy.MapMethods("/{**path}", Methods, AnswerAsync);

    private static async Task<IResult> AnswerAsync(HttpContext context, PolicyWriter writer, string? path)
    {
        string method = HttpMethods.IsHead(context.Request.Method) ? HttpMethods.Get : context.Request.Method;
        var model = writer.Current;
        string[] pieces = (path ?? "").Split('/');
        if (pieces is [.. var whole, ""])
        {
            pieces = whole; // clients put a slash behind, most of all behind collections
        }

        if (pieces is ["org-root"])
        {
            return await OwnAsync(context, writer, method, PolicyTree.Find(PolicyTree.RootPath)!).ConfigureAwait(false);
        }

        var walk = new PolicyWalk(pieces);
        while (walk.Next() && walk.Place is { Id: not null } place)
        {
            var resource = Seen(model, place);
            var views = resource is null ? PolicyViews.PerhapsOf(method, place.Type.Record) : PolicyViews.Of(method, resource.GetType());
            if (ViewAt(context, views, walk.Rest) is var (view, values))
            {
                return resource is null
                    ? Answers.Error(ApiErrors.NoSuchObject(place.Path))
                    : await view.Answer(new PolicyCall(context, model, place, resource, values)).ConfigureAwait(false);
            }
        }

        return walk.Place is not null && walk.Rest.Length == 0
            ? await OwnAsync(context, writer, method, walk.Place).ConfigureAwait(false)
            : Answers.Error(context.NotServed());
    }

    private static PolicyResource? Seen(FabricModel model, PolicyPlace place) => model.Find(place.Key) is PolicyResource { MarkedForDelete: false } found ? found : null;

    private static (PolicyView View, Dictionary<string, string> Values)? ViewAt(HttpContext context, IReadOnlyList<PolicyView> views, ReadOnlySpan<string> rest)
    {
        string? action = context.Query("action");
        foreach (var view in views)
        {
            if (view.ActionName == action && view.Match(rest) is { } values)
            {
                return (view, values);
            }
        }

        return null;
    }

    private static async Task<IResult> OwnAsync(HttpContext context, PolicyWriter writer, string method, PolicyPlace place)
    {
        var verb = (method, place.Id) switch
        {
            ("GET", null) => PolicyVerbs.List,
            ("GET", _) => PolicyVerbs.Get,
            ("PUT", not null) => PolicyVerbs.Put,
            ("PATCH", not null) => PolicyVerbs.Patch,
            ("DELETE", not null) => PolicyVerbs.Delete,
            _ => PolicyVerbs.None,
        };
        if (method == "POST" && context.Query("action") is not null)
        {
            return Answers.Error(context.UnknownAction());
        }

        return verb == PolicyVerbs.None || !place.Type.Verbs.HasFlag(verb)
            ? Answers.Error(context.MethodNotServed())
            : verb switch
            {
                PolicyVerbs.List => PolicyLists.List(context, writer.Current, place),
                PolicyVerbs.Get => Get(context, writer.Current, place),
                PolicyVerbs.Delete => Answers.OfPolicy(
                    await writer.DeleteAsync(context.Caller(), place, context.DeleteWishes(), context.RequestAborted).ConfigureAwait(false), writer.Current, place),
                _ => await WriteAsync(context, writer, place, verb).ConfigureAwait(false),
            };
    }

    private static JsonAnswer Get(HttpContext context, FabricModel model, PolicyPlace place)
    {
        if (Seen(model, place) is not { } found)
        {
            return Answers.Error(ApiErrors.NoSuchObject(place.Path));
        }

        var (filter, typeFilter, below) = (context.Query("filter"), context.Query("type_filter"), context.Query("base_path"));
        return place.Type.Record != typeof(Infra) && place.Type.Record != typeof(OrgRoot) ? Answers.Ok(PolicyLists.Shown(model, place.Type, found))
            : (filter ?? typeFilter ?? below) is null ? Answers.Ok(PolicyLists.Shown(model, place.Type, found))
            : below is not null && (PolicyTree.Find(below) is not { Id: not null } at || Seen(model, at) is null) ? Answers.Error(ApiErrors.InvalidPath(below))
            : Answers.Ok(new PolicyHierarchy(model, PolicyHierarchy.TypesOf(filter, typeFilter), below).Of(place.Type, found));
    }

    private static async Task<IResult> WriteAsync(HttpContext context, PolicyWriter writer, PolicyPlace place, PolicyVerbs verb)
    {
        var (body, error) = await RequestBody.ReadAsync(context.Request).ConfigureAwait(false);
        if (body is null)
        {
            return Answers.Error(error!);
        }

        var mode = verb == PolicyVerbs.Put ? PolicyWriteMode.Put : PolicyWriteMode.Patch;
        var outcome = await writer.WriteAsync(context.Caller(), place, body, mode, context.Flag("enforce_revision_check"), context.RequestAborted).ConfigureAwait(false);
        return verb == PolicyVerbs.Patch && outcome is WriteOutcome.Stored ? Answers.Empty() : Answers.OfPolicy(outcome, writer.Current, place);
    }
}
