using Fabric.Manager.Catalog.Policy.Security;

namespace Fabric.Manager.Realization.Security;

/// <summary>What groups, services and policies of the distributed firewall become: what controllers hear of and hosts enforce.</summary>
internal static class SecurityRealizers
{
    public static readonly IReadOnlyList<Realizer> All =
    [
        Realizer.Of<Service>(ServiceRealization.Of),
        Realizer.Of<Group>(GroupRealization.Of),
        Realizer.Of<SecurityPolicy>(PolicyRealization.Of),
    ];
}
