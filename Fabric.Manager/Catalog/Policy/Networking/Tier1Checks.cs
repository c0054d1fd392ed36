using Fabric.Manager.Catalog.Policy.Security;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>Checks of tier-1s, and what NSX fills in.</summary>
internal static class Tier1Checks
{
    public static Checked<Tier1> Complete(WriteScope scope, Tier1? before, Tier1 gateway)
    {
        if (gateway.RouteAdvertisementRules?.GroupBy(rule => rule.Name).FirstOrDefault(rules => rules.Count() > 1) is { } twice)
        {
            return ApiErrors.Field($"route_advertisement_rules has the name {twice.Key} twice");
        }

        if (before is null && DefaultPolicies.Plant(scope, gateway.Path) is { } error)
        {
            return error;
        }

        return gateway with { Ipv6ProfilePaths = Networking.Ipv6ProfilePaths.Complete(scope.Model, gateway.Ipv6ProfilePaths) };
    }

    public static ApiError? Release(WriteScope scope, Tier1 gateway, DeleteWishes wishes)
    {
        _ = wishes;
        DefaultPolicies.Remove(scope, gateway.Path);
        return null;
    }

    public static IEnumerable<PolicyResource> Births(Tier1 gateway) => NatSections.Of();
}
