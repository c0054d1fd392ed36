using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>Checks of projects and VPCs: short ids, and what each is born with.</summary>
internal static class ProjectChecks
{
    private const int ShortLength = 8;

    public static Checked<Project> Complete(WriteScope scope, Project? before, Project project)
    {
        var taken = scope.Model.ChildrenOf<Project>(project.ParentPath).Where(other => other.Id != project.Id).Select(other => other.ShortId).ToHashSet();
        if (project.ShortId is { } wanted)
        {
            return taken.Contains(wanted) ? ApiErrors.Field($"short_id {wanted} is used by another project") : project;
        }

        return project with { ShortId = ShortOf(project, taken) };
    }

    public static Checked<Vpc> Complete(WriteScope scope, Vpc? before, Vpc vpc)
    {
        var networks = (vpc.PrivateIps ?? []).Select(Addressing.AddressRange.Parse).ToList();
        for (int i = 0; i < networks.Count; i++)
        {
            if (networks.Take(i).Any(networks[i].Overlaps))
            {
                return NetworkErrors.Overlap(vpc.Path, vpc.PrivateIps![i], vpc.Path);
            }
        }

        var used = scope.Model.ChildrenOf<VpcSubnet>(vpc.Path).Where(subnet => subnet.AccessMode == "Private" && subnet.IpBlocks is null)
            .SelectMany(subnet => (subnet.IpAddresses ?? []).Select(cidr => (subnet.Path, Range: Addressing.AddressRange.Parse(cidr)))).ToList();
        if (vpc.PrivateIps is not null && used.FirstOrDefault(one => !networks.Any(network => network.Contains(one.Range))) is { Path: { } left })
        {
            return NetworkErrors.VpcSubnet($"private_ips of {vpc.Path} cannot leave out the addresses of {left}.");
        }

        var taken = scope.Model.ChildrenOf<Vpc>(vpc.ParentPath).Where(other => other.Id != vpc.Id).Select(other => other.ShortId).ToHashSet();
        return vpc.ShortId is null ? vpc with { ShortId = ShortOf(vpc, taken) }
            : taken.Contains(vpc.ShortId) ? ApiErrors.Field($"short_id {vpc.ShortId} is used by another VPC")
            : vpc;
    }

    /// <summary>What NSX 9 gives each project: a transit gateway, and the profiles that VPCs use when nobody says otherwise.</summary>
    public static IEnumerable<PolicyResource> Births(Project project) =>
    [
        new TransitGateway { Id = "default", DisplayName = "Default Transit Gateway", SystemOwned = true, IsDefault = true, TransitSubnets = ["100.64.0.0/21"] },
        new VpcConnectivityProfile
        {
            Id = "default",
            DisplayName = "Default VPC Connectivity Profile",
            SystemOwned = true,
            IsDefault = true,
            TransitGatewayPath = $"{project.Path}/transit-gateways/default",
        },
        new VpcServiceProfile { Id = "default", DisplayName = "Default VPC Service Profile", SystemOwned = true, IsDefault = true },
    ];

    /// <summary>The id if it is short enough, else the start of its unique id.</summary>
    private static string ShortOf(PolicyResource resource, HashSet<string?> taken)
        => resource.Id.Length <= ShortLength && !taken.Contains(resource.Id) ? resource.Id : resource.UniqueId![..ShortLength];
}
