using Fabric.Manager.Catalog.Policy.Addressing;

namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>Addresses of a VPC's blocks: the ones asked for, or the next free.</summary>
internal sealed record VpcIpAddressAllocation : PolicyResource, ITakesFromBlock
{
    [OneOf("EXTERNAL", "PRIVATE", "PRIVATE_TGW")]
    public string? IpAddressBlockVisibility { get; init; }

    [OneOf("IPV4", "IPV6")]
    public string IpAddressType { get; init; } = "IPV4";

    [WrittenAs(TextForm.Ip), Immutable]
    public string? AllocationIp { get; init; }

    /// <summary>The same as NSX 9 writes it: an address or a block.</summary>
    [Immutable]
    public string? AllocationIps { get; init; }

    [Immutable, Within(1, 65_536)]
    public int? AllocationSize { get; init; }

    /// <summary>The block that they come from.</summary>
    [Immutable, PathTo(typeof(IpAddressBlock))]
    public string? IpBlock { get; init; }

    public IEnumerable<string> TakenFrom(string block) => IpBlock == block && AllocationIps is { } taken ? [taken] : [];

    public override IEnumerable<Claim> Claims() => IpBlock is { } block ? TakenFrom(block).Select(taken => BlockSpace.Claim(block, taken)) : [];
}
