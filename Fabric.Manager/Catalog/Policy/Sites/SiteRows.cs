namespace Fabric.Manager.Catalog.Policy.Sites;

/// <summary>The rows of sites and enforcement points below an infra, and of the profiles of host switches.</summary>
internal static class SiteRows
{
    public static IReadOnlyList<PolicyType> OfInfra =>
    [
        PolicyType.Of<Site>("sites", children:
        [
            PolicyType.Of<EnforcementPoint>("enforcement-points", children:
            [
                PolicyType.Of<PolicyTransportZone>(
                    "transport-zones",
                    ZoneMirror.Complete,
                    ZoneMirror.Release,
                    filters: [("tz_type", zone => zone.TzType), ("is_default", zone => zone.IsDefault)]),
                PolicyType.Of<PolicyEdgeCluster>("edge-clusters", verbs: PolicyVerbs.Read, children: [PolicyType.Of<PolicyEdgeNode>("edge-nodes", verbs: PolicyVerbs.Read)]),
                PolicyType.Of<HostTransportNode>("host-transport-nodes", HostMirror.Complete, HostMirror.Release),
                PolicyType.Of<HostTransportNodeCollection>("transport-node-collections"),
                PolicyType.Of<SubCluster>("sub-clusters"),
                PolicyType.Of<ClusterControlPlane>("cluster-control-planes", verbs: PolicyVerbs.Read | PolicyVerbs.Put | PolicyVerbs.Delete),
                PolicyType.Of<L2BridgeEndpointProfile>("edge-bridge-profiles"),
            ]),
        ]),
        PolicyType.Of<PolicyBaseHostSwitchProfile>("host-switch-profiles", release: HostSwitchProfileMirror.Release, hidesSystemOwned: true, filters: [("hostswitch_profile_type", profile => profile.ResourceType)]),
        PolicyType.Of<PolicyHostTransportNodeProfile>("host-transport-node-profiles"),
    ];
}
