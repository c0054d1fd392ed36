namespace Fabric.Manager.Tests.Policy;

/// <summary>A case for each row of networking.</summary>
internal static class NetworkingCases
{
    public static IEnumerable<PolicyCase> All =>
    [
    ];
}
