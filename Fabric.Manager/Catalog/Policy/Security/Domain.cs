using Fabric.Manager.Catalog.Policy.Sites;

namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>A room for groups and policies; there is one, <c>default</c>, unless somebody makes more.</summary>
internal sealed record Domain : PolicyResource;

/// <summary>Where a domain's groups and policies are enforced.</summary>
internal sealed record DomainDeploymentMap : PolicyResource
{
    [Mandatory, PathTo(typeof(EnforcementPoint))]
    public string EnforcementPointPath { get; init; } = "";
}
