namespace Fabric.Manager.Catalog;

/// <summary>A port of a logical switch, with what is attached to it.</summary>
internal sealed record LogicalPort : ManagedResource
{
    [Mandatory, Immutable, RefersTo(typeof(LogicalSwitch))]
    public string LogicalSwitchId { get; init; } = "";

    [Mandatory, OneOf("UP", "DOWN")]
    public string AdminState { get; init; } = "UP";

    public LogicalPortAttachment? Attachment { get; init; }

    [AtMost(512)]
    public IReadOnlyList<PacketAddressClassifier>? AddressBindings { get; init; }

    [AtMost(16)]
    public IReadOnlyList<PacketAddressClassifier>? IgnoreAddressBindings { get; init; }

    public IReadOnlyList<SwitchingProfileTypeIdEntry>? SwitchingProfileIds { get; init; }

    [OneOf("UNBLOCKED_VLAN", "RESTORE_VIF")]
    public string? InitState { get; init; }

    public IReadOnlyList<ExtraConfig>? ExtraConfigs { get; init; }

    [ServerSet]
    public string? InternalId { get; init; }

    [ServerSet]
    public string? OriginId { get; init; }

    /// <summary>What the attachment's allocate_addresses was answered with.</summary>
    [Hidden]
    public PortAllocation? Allocation { get; init; }
}

/// <summary>An address and a MAC that the manager has given to a port.</summary>
internal sealed record PortAllocation
{
    [RefersTo(typeof(IpPool))]
    public string? PoolId { get; init; }

    public string? Ip { get; init; }

    public string? Mac { get; init; }
}

/// <summary>What is plugged into a port.</summary>
internal sealed record LogicalPortAttachment
{
    [OneOf("VIF", "LOGICALROUTER", "BRIDGEENDPOINT", "DHCP_SERVICE", "METADATA_PROXY", "L2VPN_SESSION", "L2FORWARDER")]
    public string AttachmentType { get; init; } = "VIF";

    public AttachmentContext? Context { get; init; }

    [Mandatory, AtMost(255)]
    public string Id { get; init; } = "";
}

/// <summary>More about an attachment, by kind.</summary>
[Family(typeof(VifAttachmentContext), typeof(L2VpnAttachmentContext))]
internal abstract record AttachmentContext : TypedPart
{
    [OneOf("IpPool", "MacPool", "Both", "None", "Dhcp", "DhcpV6", "SLAAC")]
    public string? AllocateAddresses { get; init; }
}

/// <summary>A vnic that carries others (PARENT), one of those (CHILD), or one of a host without a hypervisor (INDEPENDENT).</summary>
internal sealed record VifAttachmentContext : AttachmentContext
{
    [Mandatory, OneOf("PARENT", "CHILD", "INDEPENDENT")]
    public string VifType { get; init; } = "PARENT";

    public string? ParentVifId { get; init; }

    /// <summary>The VLAN by which the child's frames are told apart on the parent's vnic.</summary>
    [Within(0, 4093)]
    public int? TrafficTag { get; init; }

    public string? AppId { get; init; }

    [RefersTo(typeof(TransportNode))]
    public string? TransportNodeUuid { get; init; }
}

/// <summary>A layer 2 VPN session on a port.</summary>
internal sealed record L2VpnAttachmentContext : AttachmentContext
{
    [Within(1, 4093)]
    public int? TunnelId { get; init; }
}
