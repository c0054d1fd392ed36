namespace Fabric.Manager.Tests.Policy;

/// <summary>A case for each row of addressing.</summary>
internal static class AddressingCases
{
    public static IEnumerable<PolicyCase> All =>
    [
    ];
}
