namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>The NAT sections that a gateway is born with: the user's own, the system's, and IPv6 to IPv4.</summary>
internal static class NatSections
{
    private static readonly string[] Types = ["INTERNAL", "USER", "DEFAULT", "NAT64"];

    public static IEnumerable<PolicyResource> Of() => Types.Select(type => new PolicyNat { Id = type, DisplayName = type, NatType = type, SystemOwned = true });
}
