using Fabric.Manager.Catalog.Policy.Addressing;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>The IP blocks from which a VPC's subnets and addresses come: those it names itself, and those of the profile that attaches it.</summary>
internal static class VpcBlocks
{
    /// <param name="model">What is configured.</param>
    /// <param name="vpc">The VPC.</param>
    /// <param name="visibility">EXTERNAL, PRIVATE or PRIVATE_TGW.</param>
    public static IEnumerable<IpAddressBlock> Of(FabricModel model, Vpc vpc, string visibility)
    {
        var profiles = model.ChildrenOf<VpcAttachment>(vpc.Path).Select(attachment => model.Find<VpcConnectivityProfile>(attachment.VpcConnectivityProfile)).OfType<VpcConnectivityProfile>();
        var paths = visibility switch
        {
            "EXTERNAL" => (vpc.ExternalIpv4Blocks ?? []).Concat(profiles.SelectMany(profile => profile.ExternalIpBlocks ?? [])),
            "PRIVATE_TGW" => profiles.SelectMany(profile => profile.PrivateTgwIpBlocks ?? []),
            _ => vpc.PrivateIpv4Blocks ?? [],
        };
        return paths.Distinct().Select(path => model.Find<IpAddressBlock>(path)).OfType<IpAddressBlock>().Where(block => !block.MarkedForDelete);
    }

    public static string VisibilityOf(string accessMode) => accessMode switch
    {
        "Public" => "EXTERNAL",
        "Private_TGW" => "PRIVATE_TGW",
        _ => "PRIVATE",
    };
}
