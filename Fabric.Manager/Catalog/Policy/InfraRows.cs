using Fabric.Manager.Catalog.Policy.Addressing;
using Fabric.Manager.Catalog.Policy.LoadBalancing;
using Fabric.Manager.Catalog.Policy.Networking;
using Fabric.Manager.Catalog.Policy.Security;
using Fabric.Manager.Catalog.Policy.Sites;
using Fabric.Manager.Catalog.Policy.Tenancy;

namespace Fabric.Manager.Catalog.Policy;

/// <summary>The row of <c>/infra</c>, which stands at the root and below each project.</summary>
internal static class InfraRows
{
    public static readonly PolicyType Infra = PolicyType.Single<Infra>(
        "infra",
        children:
        [
            .. NetworkingRows.OfInfra,
            .. AddressingRows.OfInfra,
            .. SiteRows.OfInfra,
            .. TenancyRows.OfInfra,
            .. SecurityRows.OfInfra,
            .. LoadBalancingRows.OfInfra,
        ],
        births: infra => infra.ParentPath.Length > 0 ? [new Domain { Id = "default", DisplayName = "default", SystemOwned = true }] : [], // a project's
        born: () => new Infra { DisplayName = "infra" });
}
