using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Catalog.Policy.Networking;

namespace Fabric.Manager.Seeds.Policy;

/// <summary>The profiles of policy networking that a fresh NSX-T has, each with the values it has there.</summary>
internal static class NetworkSeeds
{
    public static IEnumerable<(string Path, PolicyResource Object)> All =>
    [
        ("/infra/segment-security-profiles/default-segment-security-profile", new SegmentSecurityProfile { SystemOwned = true, RaGuardEnabled = true }),
        ("/infra/spoofguard-profiles/default-spoofguard-profile", new SpoofGuardProfile { SystemOwned = true }),
        ("/infra/ip-discovery-profiles/default-ip-discovery-profile", new IPDiscoveryProfile { SystemOwned = true }),
        ("/infra/mac-discovery-profiles/default-mac-discovery-profile", new MacDiscoveryProfile { SystemOwned = true, MacChangeEnabled = true }),
        ("/infra/qos-profiles/default-qos-profile", new QosProfile { SystemOwned = true }),
        ("/infra/ipv6-ndra-profiles/default", new Ipv6NdraProfile { SystemOwned = true, RaMode = "SLAAC_DNS_THROUGH_RA" }),
        ("/infra/ipv6-dad-profiles/default", new Ipv6DadProfile { SystemOwned = true }),
        ("/infra/bfd-profiles/default", new BfdProfile { SystemOwned = true }),
    ];
}
