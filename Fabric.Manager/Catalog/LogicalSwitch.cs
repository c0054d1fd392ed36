namespace Fabric.Manager.Catalog;

/// <summary>A layer 2 network, on an overlay by VNI or on the underlay by VLAN.</summary>
internal sealed record LogicalSwitch : ManagedResource
{
    [Mandatory, Immutable, RefersTo(typeof(TransportZone))]
    public string TransportZoneId { get; init; } = "";

    [Mandatory, OneOf("UP", "DOWN")]
    public string AdminState { get; init; } = "UP";

    /// <summary>Allocated from the default pool when an overlay switch states none.</summary>
    [Immutable, Within(0, 16_777_215)]
    public uint? Vni { get; init; }

    [Within(0, 4094)]
    public int? Vlan { get; init; }

    public VlanTrunkSpec? VlanTrunkSpec { get; init; }

    /// <summary>Mandatory for overlay switches; VLAN switches have none.</summary>
    [OneOf("MTEP", "SOURCE")]
    public string? ReplicationMode { get; init; }

    [AtMost(100)]
    public IReadOnlyList<PacketAddressClassifier>? AddressBindings { get; init; }

    public IReadOnlyList<SwitchingProfileTypeIdEntry>? SwitchingProfileIds { get; init; }

    public bool? Hybrid { get; init; }

    public bool? NodeLocalSwitch { get; init; }

    [RefersTo(typeof(IpPool))]
    public string? IpPoolId { get; init; }

    public string? MacPoolId { get; init; }

    [OneOf("DEFAULT", "SERVICE_PLANE", "DHCP_RELAY", "GLOBAL", "INTER_ROUTER", "EVPN", "DVPG")]
    public string SwitchType { get; init; } = "DEFAULT";

    public string? UplinkTeamingPolicyName { get; init; }

    public IReadOnlyList<string>? Span { get; init; }

    public uint? GlobalVni { get; init; }

    public IReadOnlyList<ExtraConfig>? ExtraConfigs { get; init; }

    [ServerSet]
    public string? OriginId { get; init; }

    [ServerSet]
    public string? OriginType { get; init; }
}

/// <summary>VLANs that travel unchanged inside the switch.</summary>
internal sealed record VlanTrunkSpec
{
    [Mandatory]
    public IReadOnlyList<TrunkVlanRange> VlanRanges { get; init; } = [];
}

/// <summary>A range of VLANs, both ends included.</summary>
internal sealed record TrunkVlanRange
{
    [Mandatory, Within(0, 4094)]
    public int Start { get; init; }

    [Mandatory, Within(0, 4094)]
    public int End { get; init; }
}

/// <summary>An address that belongs to a port: MAC, IP or subnet, and VLAN.</summary>
internal sealed record PacketAddressClassifier
{
    [WrittenAs(TextForm.IpOrCidrOrRange)]
    public string? IpAddress { get; init; }

    [WrittenAs(TextForm.Mac)]
    public string? MacAddress { get; init; }

    [Within(0, 4094)]
    public int? Vlan { get; init; }
}

/// <summary>Which switching profile of a kind a switch or port uses.</summary>
internal sealed record SwitchingProfileTypeIdEntry
{
    [OneOf("QosSwitchingProfile", "PortMirroringSwitchingProfile", "IpDiscoverySwitchingProfile", "SpoofGuardSwitchingProfile", "SwitchSecuritySwitchingProfile", "MacManagementSwitchingProfile")]
    public string? Key { get; init; }

    [Mandatory, RefersTo(typeof(BaseSwitchingProfile))]
    public string Value { get; init; } = "";
}

/// <summary>Something vendor specific for a switch or port, kept as it came.</summary>
internal sealed record ExtraConfig
{
    [Mandatory]
    public KeyValuePair ConfigPair { get; init; } = new();
}
