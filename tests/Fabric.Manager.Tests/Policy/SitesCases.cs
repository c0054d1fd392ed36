namespace Fabric.Manager.Tests.Policy;

/// <summary>A case for each row of sites and enforcement points.</summary>
internal static class SitesCases
{
    public static IEnumerable<PolicyCase> All =>
    [
        new("/infra/sites/s1"),
        new("/infra/sites/s1/enforcement-points/e1", """{"auto_enforce":true}""", [("/infra/sites/s1", "{}")]),
    ];
}
