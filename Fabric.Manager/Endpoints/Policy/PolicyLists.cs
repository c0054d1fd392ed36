using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Http;

namespace Fabric.Manager.Endpoints.Policy;

/// <summary>What objects of the tree look like in answers, alone and in lists.</summary>
internal static class PolicyLists
{
    public static IResult List(HttpContext context, FabricModel model, PolicyPlace place)
    {
        var (request, error) = ListRequest.Read(context.Request.Query);
        if (request is null)
        {
            return Answers.Error(error!);
        }

        if (place.ParentPath.Length > 0 && (PolicyTree.Find(place.ParentPath) is not { } above || model.Find(above.Key) is not PolicyResource { MarkedForDelete: false }))
        {
            return Answers.Error(ApiErrors.NoSuchObject(place.ParentPath));
        }

        bool withMarked = context.Flag("include_mark_for_delete_objects");
        bool withSystem = !place.Type.HidesSystemOwned || context.Flag("include_system_owned");
        var chosen = model.ChildrenOf(place.Type.Kind, place.ParentPath).Values.Cast<PolicyResource>()
            .Where(resource => (withMarked || !resource.MarkedForDelete) && (withSystem || !resource.SystemOwned));
        foreach (var (query, holds) in place.Type.Filters)
        {
            if (context.Query(query) is { } wanted)
            {
                chosen = chosen.Where(resource => holds(model, resource, wanted));
            }
        }

        if (place.Type.Order is { } order)
        {
            chosen = chosen.OrderBy(order);
        }

        return Answers.List([.. chosen], request, item => Shown(model, place.Type, (PolicyResource)item, inList: true));
    }

    /// <summary>The object with what is computed on reading, and with its embedded children.</summary>
    public static PolicyResource Shown(FabricModel model, PolicyType type, PolicyResource resource, bool inList = false, bool withEmbedded = true)
    {
        resource = type.Show(model, resource);
        foreach (var embedded in type.Embeds.Where(embedded => withEmbedded && (!inList || embedded.InLists)))
        {
            var children = model.ChildrenOf(embedded.Children.Kind, resource.Path).Values.Cast<PolicyResource>().Where(child => !child.MarkedForDelete);
            var ordered = embedded.Children.Order is { } order ? children.OrderBy(order) : children;
            resource = embedded.Fill(resource, [.. ordered.Select(child => Shown(model, embedded.Children, child))]);
        }

        return resource;
    }
}
