using Fabric.Manager.Catalog;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints;

/// <summary>List, create, read, replace and delete, for every row of the catalog alike.</summary>
internal static class ResourceEndpoints
{
    public static void MapResources(this IEndpointRouteBuilder api)
    {
        foreach (var type in ResourceCatalog.All)
        {
            string one = $"{type.Path}/{{id}}";
            api.MapGet(type.Path, (HttpContext context, ResourceWriter writer) => List(context, writer.Current, type));
            api.MapPost(type.Path, (HttpContext context, ResourceWriter writer) => CreateAsync(context, writer, type));
            api.MapGet(one, (HttpContext context, ResourceWriter writer, string id) => Get(context, writer.Current, type, id));
            api.MapPut(one, (HttpContext context, ResourceWriter writer, string id) => ReplaceAsync(context, writer, type, id));
            api.MapDelete(one, (HttpContext context, ResourceWriter writer, string id) => DeleteAsync(context, writer, type, id));
        }

        foreach (var type in ResourceCatalog.Singletons)
        {
            api.MapGet(type.Path, (HttpContext context, ResourceWriter writer) => Get(context, writer.Current, type, TheId(context, writer.Current, type)));
            api.MapPut(type.Path, (HttpContext context, ResourceWriter writer) => ReplaceAsync(context, writer, type, TheId(context, writer.Current, type)));
        }
    }

    public static IResult List(HttpContext context, FabricModel model, ResourceType type)
    {
        var (request, error) = ListRequest.Read(context.Request.Query);
        if (request is null)
        {
            return Answers.Error(error!);
        }

        string? parent = Parent(context);
        if (parent is not null && model.Find(new ResourceKey(type.Parent!.Name, parent)) is null)
        {
            return Answers.Error(ApiErrors.NotFound(type.Parent!.Name, parent));
        }

        return Answers.List(ListCache.Get(context, model, type.Kind, type.Filters.Keys, () => Chosen(context, model, type, parent)), request, item => Shown(context, model, type, (ManagedResource)item));
    }

    private static ManagedResource[] Chosen(HttpContext context, FabricModel model, ResourceType type, string? parent)
    {
        var chosen = Candidates(context, model, type, parent);
        if (parent is not null)
        {
            chosen = chosen.Where(resource => type.ParentOf(resource) == parent);
        }

        if (type.HidesSystemOwned && !context.Flag("include_system_owned"))
        {
            chosen = chosen.Where(resource => !resource.SystemOwned);
        }

        foreach (var (query, holds) in type.Filters)
        {
            if (context.Query(query) is { } wanted)
            {
                chosen = chosen.Where(resource => holds(model, resource, wanted));
            }
        }

        if (type.Order is { } order)
        {
            chosen = chosen.OrderBy(order);
        }

        return [.. chosen];
    }

    /// <summary>By rising id, all that may be asked for: what the smallest fitting index has, or everything.</summary>
    private static IEnumerable<ManagedResource> Candidates(HttpContext context, FabricModel model, ResourceType type, string? parent)
    {
        var smallest = type.Lookups
            .Select(lookup => (Find: lookup.Value, Wanted: lookup.Key == ResourceType.ParentLookup ? parent : context.Query(lookup.Key)))
            .Where(lookup => lookup.Wanted is not null)
            .Select(lookup => lookup.Find(model, lookup.Wanted!))
            .MinBy(found => found.Count);
        return smallest is null
            ? model.OfKind(type.Kind).Values
            : smallest.Select(model.Find).OfType<ManagedResource>().OrderBy(resource => resource.Id, StringComparer.Ordinal);
    }

    private static string? Parent(HttpContext context) => context.Request.RouteValues.TryGetValue("parent", out object? value) ? (string?)value : null;

    private static string TheId(HttpContext context, FabricModel model, ResourceType type)
        => Parent(context) ?? model.OfKind(type.Kind).Keys.FirstOrDefault() ?? "";

    private static async Task<IResult> CreateAsync(HttpContext context, ResourceWriter writer, ResourceType type)
    {
        if (context.Query("action") is not null)
        {
            return Answers.Error(context.UnknownAction());
        }

        var (body, error) = await RequestBody.ReadAsync(context.Request).ConfigureAwait(false);
        if (body is null)
        {
            return Answers.Error(error!);
        }

        var outcome = await writer.CreateAsync(context.Caller(), type, body, Parent(context), context.RequestAborted).ConfigureAwait(false);
        return Answers.Of(outcome, writer.Current, type, type.CreatedStatus);
    }

    private static JsonAnswer Get(HttpContext context, FabricModel model, ResourceType type, string id)
        => ResourceWriter.Find(model, type, id, Parent(context)) is { } found
            ? Answers.Ok(Shown(context, model, type, found))
            : Answers.Error(ApiErrors.NotFound(type.Kind, id));

    private static async Task<IResult> ReplaceAsync(HttpContext context, ResourceWriter writer, ResourceType type, string id)
    {
        var (body, error) = await RequestBody.ReadAsync(context.Request).ConfigureAwait(false);
        if (body is null)
        {
            return Answers.Error(error!);
        }

        var outcome = await writer.ReplaceAsync(context.Caller(), type, id, body, Parent(context), context.RequestAborted).ConfigureAwait(false);
        return Answers.Of(outcome, writer.Current, type);
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, ResourceWriter writer, ResourceType type, string id)
    {
        var outcome = await writer.DeleteAsync(context.Caller(), type, id, Parent(context), context.DeleteWishes(), context.RequestAborted).ConfigureAwait(false);
        return Answers.Of(outcome, writer.Current, type);
    }

    private static ManagedResource Shown(HttpContext context, FabricModel model, ResourceType type, ManagedResource resource)
        => type.Show(model, resource) is NSGroup group && context.Flag("populate_references")
            ? Catalog.Checks.GroupChecks.Populate(model, group)
            : type.Show(model, resource);
}
