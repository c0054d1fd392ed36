namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>The rows of organizations, and of projects and VPCs below them.</summary>
internal static class OrgRows
{
    public static IReadOnlyList<PolicyType> AtRoot =>
    [
        PolicyType.Of<Org>("orgs", verbs: PolicyVerbs.Read | PolicyVerbs.Patch, children:
        [
            PolicyType.Of<Project>("projects", children: [InfraRows.Infra]),
        ]),
    ];
}
