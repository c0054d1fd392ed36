using Fabric.Manager.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Faults;

/// <summary>An ordered lag of the search: what is younger is not found yet.</summary>
internal static class SearchLag
{
    public static readonly object Key = new();

    public static IReadOnlyList<ManagedResource> Held(this HttpContext context, IReadOnlyList<ManagedResource> hits)
    {
        if (context.Items[Key] is not TimeSpan lag)
        {
            return hits;
        }

        long seen = (context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() - lag).ToUnixTimeMilliseconds();
        return [.. hits.Where(hit => hit.CreateTime <= seen)];
    }
}
