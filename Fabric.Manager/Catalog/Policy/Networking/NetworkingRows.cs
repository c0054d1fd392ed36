namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>The rows of networking below an infra.</summary>
internal static class NetworkingRows
{
    public static IReadOnlyList<PolicyType> OfInfra =>
    [
    ];
}
