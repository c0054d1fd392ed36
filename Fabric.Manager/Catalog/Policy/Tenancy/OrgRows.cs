namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>The rows of organizations, and of projects and VPCs below them.</summary>
internal static class OrgRows
{
    public static IReadOnlyList<PolicyType> AtRoot =>
    [
        PolicyType.Of<Org>("orgs", verbs: PolicyVerbs.Read | PolicyVerbs.Patch, children:
        [
            PolicyType.Of<Project>("projects", ProjectChecks.Complete, births: ProjectChecks.Births, systemOwnedMayChange: true, children:
            [
                InfraRows.Infra,
                VpcRows.Vpcs,
                PolicyType.Of<TransitGateway>("transit-gateways", systemOwnedMayChange: true, children: [PolicyType.Of<TransitGatewayAttachment>("attachments")]),
                PolicyType.Of<VpcConnectivityProfile>("vpc-connectivity-profiles", systemOwnedMayChange: true),
                PolicyType.Of<VpcServiceProfile>("vpc-service-profiles", systemOwnedMayChange: true),
            ]),
        ]),
    ];
}
