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
        .. Networking.NetworkingViews.All,
    ];

    private static readonly ILookup<string, PolicyView> ByMethod = All.ToLookup(view => view.Method);

    public static IEnumerable<PolicyView> Of(string method) => ByMethod[method];
}
