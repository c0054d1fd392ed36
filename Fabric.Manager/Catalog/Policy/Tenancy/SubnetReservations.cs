namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>Addresses of a subnet that no port gets.</summary>
internal sealed record StaticIpAddressReservation : PolicyResource
{
    [Mandatory, AtLeast(1), WrittenAs(TextForm.IpOrCidrOrRange)]
    public IReadOnlyList<string> ReservedIps { get; init; } = [];
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
