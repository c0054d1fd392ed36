using Fabric.Manager.Catalog;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Http;

namespace Fabric.Manager.Endpoints;

/// <summary>
/// The last few long lists as they were selected and ordered, so that who reads one page after the other of what does not change meanwhile does
/// not have it all selected again for each page.
/// </summary>
internal static class ListCache
{
    private const int Kept = 8;
    private const int Long = 1_000; // a page

    private static readonly Lock Turn = new();
    private static readonly LinkedList<(object Basis, string Request, ManagedResource[] List)> Lists = new();

    /// <param name="context">Its path and the parameters that select are what the list is known by.</param>
    /// <param name="model">What the list is selected from.</param>
    /// <param name="kind">Of its items: as long as none of them changes, a list without filters stays the same.</param>
    /// <param name="filters">Parameters that select, which may look at other resources too.</param>
    /// <param name="select">Makes the list.</param>
    public static ManagedResource[] Get(HttpContext context, FabricModel model, string kind, IEnumerable<string> filters, Func<ManagedResource[]> select)
    {
        var asked = filters.Where(context.Request.Query.ContainsKey).Select(filter => $"{filter}={context.Request.Query[filter]}").ToList();
        object basis = asked.Count > 0 ? model : model.OfKind(kind);
        string request = $"{context.Request.Path}?{context.Flag("include_system_owned")}&{string.Join('&', asked)}";
        lock (Turn)
        {
            for (var node = Lists.First; node is not null; node = node.Next)
            {
                if (ReferenceEquals(node.Value.Basis, basis) && node.Value.Request == request)
                {
                    return node.Value.List;
                }
            }
        }

        var list = select();
        if (list.Length > Long)
        {
            lock (Turn)
            {
                Lists.AddFirst((basis, request, list));
                if (Lists.Count > Kept)
                {
                    Lists.RemoveLast();
                }
            }
        }

        return list;
    }
}
