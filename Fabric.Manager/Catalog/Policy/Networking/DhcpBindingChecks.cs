using Fabric.Manager.Catalog.Policy.Tenancy;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>Checks of static DHCP bindings: one per MAC and address on a segment or VPC subnet, and within its networks.</summary>
internal static class DhcpBindingChecks
{
    public static Checked<DhcpStaticBindingConfig> Complete(WriteScope scope, DhcpStaticBindingConfig? before, DhcpStaticBindingConfig binding)
    {
        var subnets = scope.Model.Find<Segment>(binding.ParentPath) is { } segment ? SegmentSubnets.PrefixesOf(segment).ToList()
            : (scope.Model.Find<VpcSubnet>(binding.ParentPath)?.IpAddresses ?? []).Select(IpPrefix.Parse).ToList();
        if (subnets.Count > 0 && AddressesOf(binding).FirstOrDefault(ip => !subnets.Any(subnet => subnet.Contains(IpAddress.Parse(ip)))) is { } outside)
        {
            return ApiErrors.Field($"{outside} is in no subnet of {binding.ParentPath}");
        }

        foreach (var other in scope.Model.ChildrenOf<DhcpStaticBindingConfig>(binding.ParentPath).Where(other => other.Id != binding.Id && other.GetType() == binding.GetType()))
        {
            if (MacAddress.Parse(MacOf(other)) == MacAddress.Parse(MacOf(binding)))
            {
                return ApiErrors.Field($"mac_address {MacOf(binding)} has a binding already: {other.Path}");
            }

            if (AddressesOf(binding).FirstOrDefault(ip => AddressesOf(other).Any(theirs => IpAddress.Parse(theirs) == IpAddress.Parse(ip))) is { } taken)
            {
                return ApiErrors.Field($"{taken} is bound already: {other.Path}");
            }
        }

        return binding;
    }

    private static string MacOf(DhcpStaticBindingConfig binding) => binding switch
    {
        DhcpV4StaticBindingConfig v4 => v4.MacAddress,
        DhcpV6StaticBindingConfig v6 => v6.MacAddress,
        _ => "",
    };

    private static IEnumerable<string> AddressesOf(DhcpStaticBindingConfig binding) => binding switch
    {
        DhcpV4StaticBindingConfig v4 => [v4.IpAddress],
        DhcpV6StaticBindingConfig v6 => v6.IpAddresses ?? [],
        _ => [],
    };
}
