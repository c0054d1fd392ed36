using Fabric.Manager.Catalog.Policy.Addressing;
using Fabric.Manager.Catalog.Policy.Tenancy;

namespace Fabric.Manager.Endpoints.Policy.Networking;

/// <summary>What is computed from the objects of networking, addressing and tenancy, and served below them.</summary>
internal static class NetworkingViews
{
    public static IReadOnlyList<PolicyView> All =>
    [
        PolicyView.Get<IpAddressBlock>("usage", BlockUsageView.Answer),
        PolicyView.Get<VpcSubnet>("status", SubnetStatusView.Answer),
        PolicyView.Get<Org>("shared-with-me", SharedWithMeView.Answer),
        PolicyView.Get<Project>("shared-with-me", SharedWithMeView.Answer),
        PolicyView.Get<Vpc>("shared-with-me", SharedWithMeView.Answer),
    ];
}
