using System.Collections.Concurrent;

namespace Fabric.Manager.Endpoints.Policy;

/// <summary>Every view, put together from the lists of its areas: a new one is a line there.</summary>
internal static class PolicyViews
{
    public static readonly IReadOnlyList<PolicyView> All =
    [
        .. Realization.RealizationViews.All,
        .. Security.ReviseViews.All,
        .. Security.GroupViews.All,
        .. Security.ExpressionViews.All,
        .. Security.TagViews.All,
        .. Security.ContextAttributeViews.All,
        .. Security.StatisticsViews.All,
        .. Security.IntrusionViews.All,
        .. LoadBalancing.LoadBalancingViews.All,
        .. Networking.NetworkingViews.All,
    ];

    private static readonly ConcurrentDictionary<(string Method, Type Record), PolicyView[]> Known = new();

    /// <summary>The views of one method below objects of one type.</summary>
    public static IReadOnlyList<PolicyView> Of(string method, Type record)
        => Known.GetOrAdd((method, record), static wanted => [.. All.Where(view => view.Method == wanted.Method && view.Record.IsAssignableFrom(wanted.Record))]);

    /// <summary>Those below an object of a row that is not there, of which only the family is known.</summary>
    public static IReadOnlyList<PolicyView> PerhapsOf(string method, Type family)
        => [.. All.Where(view => view.Method == method && (view.Record.IsAssignableFrom(family) || view.Record.IsAssignableTo(family)))];
}
