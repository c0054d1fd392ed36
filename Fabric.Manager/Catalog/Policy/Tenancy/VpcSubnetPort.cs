using Fabric.Manager.Catalog.Policy.Networking;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>Where a VM or container meets a subnet.</summary>
internal sealed record VpcSubnetPort : PolicyResource
{
    public PortAttachment? Attachment { get; init; }

    [AtMost(512)]
    public IReadOnlyList<PortAddressBindingEntry>? AddressBindings { get; init; }

    [AtMost(16)]
    public IReadOnlyList<PortAddressBindingEntry>? IgnoredAddressBindings { get; init; }

    public ExternalAddressBinding? ExternalAddressBinding { get; init; }

    [OneOf("UP", "DOWN")]
    public string AdminState { get; init; } = "UP";

    [OneOf("UNBLOCKED_VLAN", "RESTORE_VIF")]
    public string? InitState { get; init; }

    public IReadOnlyList<SegmentExtraConfig>? ExtraConfigs { get; init; }

    [OneOf("IPV4", "IPV6", "IPV4_IPV6", "NONE")]
    public string? StaticIpAllocationType { get; init; }

    /// <summary>What the subnet's pool gave to the port.</summary>
    [Hidden]
    public IReadOnlyList<PortAddressBindingEntry>? AllocatedAddresses { get; init; }

    [ServerSet]
    public string? OriginId { get; init; }

    [ServerSet]
    public string? SourceSiteId { get; init; }

    /// <summary>The unique id of the pool that its addresses are of.</summary>
    [Hidden]
    public string? PoolId { get; init; }

    /// <summary>A VIF is attached once, and an address has one port.</summary>
    public override IEnumerable<Claim> Claims()
    {
        foreach (var binding in PoolId is null ? [] : (AllocatedAddresses ?? []).Concat(AddressBindings ?? []))
        {
            if (IpAddress.TryParse(binding.IpAddress, out var ip))
            {
                yield return ResourceLinks.PoolAddress(PoolId!, ip.ToString());
            }
        }

        if (Attachment?.Id is { Length: > 0 } vif)
        {
            yield return SegmentPort.VifOf(vif);
        }
    }
}

/// <summary>A public address that leads to one port.</summary>
internal sealed record ExternalAddressBinding
{
    [WrittenAs(TextForm.Ip)]
    public string? ExternalIpAddress { get; init; }

    [PathTo(typeof(VpcIpAddressAllocation))]
    public string? AllocatedExternalIpPath { get; init; }
}
