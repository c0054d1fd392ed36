namespace Fabric.Manager.Tests.Policy;

/// <summary>A case for each row of groups, services, firewall policies and certificates.</summary>
internal static class SecurityCases
{
    public static IEnumerable<PolicyCase> All =>
    [
        new("/infra/domains/d1"),
    ];
}
