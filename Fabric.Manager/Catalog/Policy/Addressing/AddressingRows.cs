namespace Fabric.Manager.Catalog.Policy.Addressing;

/// <summary>The rows of addressing below an infra.</summary>
internal static class AddressingRows
{
    public static IReadOnlyList<PolicyType> OfInfra =>
    [
    ];
}
