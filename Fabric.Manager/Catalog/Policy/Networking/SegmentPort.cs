namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>Where a VM, a container or a server meets a segment.</summary>
internal sealed record SegmentPort : PolicyResource
{
    public PortAttachment? Attachment { get; init; }

    /// <summary>Addresses stated by hand.</summary>
    [AtMost(512)]
    public IReadOnlyList<PortAddressBindingEntry>? AddressBindings { get; init; }

    /// <summary>Discovered addresses to be left out.</summary>
    [AtMost(16)]
    public IReadOnlyList<PortAddressBindingEntry>? IgnoredAddressBindings { get; init; }

    [OneOf("UP", "DOWN")]
    public string AdminState { get; init; } = "UP";

    [OneOf("UNBLOCKED_VLAN", "RESTORE_VIF")]
    public string? InitState { get; init; }

    public IReadOnlyList<SegmentExtraConfig>? ExtraConfigs { get; init; }

    [ServerSet]
    public string? OriginId { get; init; }

    [ServerSet]
    public string? SourceSiteId { get; init; }

    /// <summary>A VIF is attached once.</summary>
    public override IEnumerable<Claim> Claims() => Attachment?.Id is { Length: > 0 } vif ? [VifOf(vif)] : [];

    public static Claim VifOf(string id) => new("policy-vif", id);
}

/// <summary>The VIF of a port, and how a container's frames are told from its host's.</summary>
internal sealed record PortAttachment
{
    public string? Id { get; init; }

    [OneOf("PARENT", "CHILD", "INDEPENDENT", "STATIC")]
    public string? Type { get; init; }

    /// <summary>Of a CHILD: the VIF of its parent.</summary>
    public string? ContextId { get; init; }

    [OneOf("PARENT"), ServerSet]
    public string? ContextType { get; init; }

    /// <summary>The VLAN that marks a child's frames on its parent's port.</summary>
    [Within(0, 4094)]
    public long? TrafficTag { get; init; }

    public string? AppId { get; init; }

    [OneOf("IP_POOL", "MAC_POOL", "BOTH", "DHCP", "DHCPV6", "SLAAC", "NONE")]
    public string? AllocateAddresses { get; init; }

    [OneOf("ENABLE", "DISABLE")]
    public string? HyperbusMode { get; init; }

    public IReadOnlyList<string>? EvpnVlans { get; init; }

    public AttachedInterfaceEntry? BmsInterfaceConfig { get; init; }
}

/// <summary>The interface of a bare-metal server behind a port.</summary>
internal sealed record AttachedInterfaceEntry
{
    [Mandatory]
    public string AppIntfName { get; init; } = "";

    [WrittenAs(TextForm.Ip)]
    public string? DefaultGateway { get; init; }

    public string? MigrateIntf { get; init; }

    public IReadOnlyList<string>? RoutingTable { get; init; }
}

/// <summary>An address that belongs to a port or segment: IP, MAC, VLAN.</summary>
internal sealed record PortAddressBindingEntry
{
    [WrittenAs(TextForm.IpOrCidrOrRange)]
    public string? IpAddress { get; init; }

    [Within(0, 4094)]
    public long? VlanId { get; init; }

    [WrittenAs(TextForm.Mac)]
    public string? MacAddress { get; init; }
}
