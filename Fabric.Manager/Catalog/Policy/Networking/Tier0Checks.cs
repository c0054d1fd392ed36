using Fabric.Manager.Catalog.Policy.Security;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>Checks of tier-0s, and what NSX fills in: the networks of their inner links, IPv6 profiles.</summary>
internal static class Tier0Checks
{
    public static Checked<Tier0> Complete(WriteScope scope, Tier0? before, Tier0 gateway)
    {
        if (gateway.VrfConfig is { } vrf)
        {
            if (before is not null && before.VrfConfig?.Tier0Path != vrf.Tier0Path)
            {
                return ApiErrors.Immutable("vrf_config.tier0_path");
            }

            if (vrf.Tier0Path == gateway.Path || scope.Model.Find<Tier0>(vrf.Tier0Path)?.VrfConfig is not null)
            {
                return NetworkErrors.Gateway($"VRF {gateway.Path} cannot live on {vrf.Tier0Path}, which is a VRF itself.");
            }

            gateway = gateway with { HaMode = scope.Model.Find<Tier0>(vrf.Tier0Path)?.HaMode ?? gateway.HaMode };
        }

        if (before is null && DefaultPolicies.Plant(scope, gateway.Path) is { } error)
        {
            return error;
        }

        return gateway with
        {
            TransitSubnets = gateway.TransitSubnets is { Count: > 0 } ? gateway.TransitSubnets : ["100.64.0.0/16"],
            InternalTransitSubnets = gateway.InternalTransitSubnets is { Count: > 0 } ? gateway.InternalTransitSubnets : ["169.254.0.0/24"],
            VrfTransitSubnets = gateway.VrfTransitSubnets is { Count: > 0 } ? gateway.VrfTransitSubnets : ["169.254.2.0/23"],
            Ipv6ProfilePaths = Networking.Ipv6ProfilePaths.Complete(scope.Model, gateway.Ipv6ProfilePaths),
        };
    }

    public static ApiError? Release(WriteScope scope, Tier0 gateway, DeleteWishes wishes)
    {
        _ = wishes;
        DefaultPolicies.Remove(scope, gateway.Path);
        return null;
    }

    public static IEnumerable<PolicyResource> Births(Tier0 gateway) => NatSections.Of();
}
