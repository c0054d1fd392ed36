using Fabric.Manager.Catalog.Policy.Addressing;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>Addresses of a subnet that no port gets.</summary>
internal sealed record StaticIpAddressReservation : PolicyResource
{
    [Mandatory, AtLeast(1), WrittenAs(TextForm.IpOrCidrOrRange)]
    public IReadOnlyList<string> ReservedIps { get; init; } = [];

    /// <summary>The unique id of the subnet's pool.</summary>
    [Hidden]
    public string? PoolId { get; init; }

    public override IEnumerable<Claim> Claims()
    {
        foreach (var range in PoolId is null ? [] : ReservedIps.Select(AddressRange.Parse))
        {
            for (var ip = range.First; ip <= range.Last; ip = new IpAddress(ip.Bits + 1))
            {
                yield return ResourceLinks.PoolAddress(PoolId!, ip.ToString());
            }
        }
    }
}

/// <summary>A number of addresses of a subnet that no port gets.</summary>
internal sealed record DynamicIpAddressReservation : PolicyResource
{
    [Mandatory, Within(1, 65_536)]
    public int NumberOfIps { get; init; }

    [OneOf("IPV4", "IPV6")]
    public string? IpAddressType { get; init; }

    /// <summary>The addresses that were set aside.</summary>
    [ServerSet]
    public IReadOnlyList<string>? Ips { get; init; }

    /// <summary>The unique id of the subnet's pool.</summary>
    [Hidden]
    public string? PoolId { get; init; }

    public override IEnumerable<Claim> Claims() => PoolId is null ? [] : (Ips ?? []).Select(ip => ResourceLinks.PoolAddress(PoolId, ip));
}

/// <summary>A subnet whose frames travel tagged on the ports of another.</summary>
internal sealed record SubnetConnectionBindingMap : PolicyResource
{
    [Mandatory, Within(1, 4094)]
    public int VlanTrafficTag { get; init; }

    [Mandatory, PathTo(typeof(VpcSubnet))]
    public string SubnetPath { get; init; } = "";

    [OneOf("TRUNK", "BRANCH")]
    public string? SubnetAssociation { get; init; }
}
