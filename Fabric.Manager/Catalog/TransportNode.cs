using Fabric.Manager.Catalog.Edge;

namespace Fabric.Manager.Catalog;

/// <summary>A host that takes part in the fabric, with its host switches and, once realized, its TEPs.</summary>
internal sealed record TransportNode : ManagedResource
{
    [RefersTo(typeof(FailureDomain))]
    public string? FailureDomainId { get; init; }

    public HostSwitchSpec? HostSwitchSpec { get; init; }

    [ServerSet]
    public bool? IsOverridden { get; init; }

    [ServerSet]
    public string MaintenanceMode { get; init; } = "DISABLED";

    public Node? NodeDeploymentInfo { get; init; }

    [ServerSet]
    public string? NodeId { get; init; }

    /// <summary>The old form of the endpoints, still sent by clients of the 2.x API.</summary>
    public IReadOnlyList<TransportZoneEndPoint>? TransportZoneEndpoints { get; init; }

    /// <summary>Small, stable and unique; part of the node's private MAC.</summary>
    [Hidden]
    public uint NodeIndex { get; init; }

    /// <summary>The tunnel endpoints as the manager allocated them.</summary>
    [Hidden]
    public IReadOnlyList<TunnelEndpoint> Teps { get; init; } = [];
}

/// <summary>A tunnel endpoint of a node: its address on the underlay and its label on the wire.</summary>
internal sealed record TunnelEndpoint
{
    public string Ip { get; init; } = "";

    public int PrefixLength { get; init; }

    public string? Gateway { get; init; }

    public uint Label { get; init; }

    public string HostSwitchId { get; init; } = "";

    /// <summary>The pool the address came from; null: it was stated in the node.</summary>
    public string? PoolId { get; init; }
}

/// <summary>The machine a transport node runs on.</summary>
[Family(typeof(HostNode), typeof(EdgeNode))]
internal abstract record Node : TypedPart
{
    public string? Id { get; init; }

    [AtMost(255)]
    public string? DisplayName { get; init; }

    [AtMost(1024)]
    public string? Description { get; init; }

    public string? ExternalId { get; init; }

    [ServerSet]
    public string? Fqdn { get; init; }

    [WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? IpAddresses { get; init; }

    [ServerSet]
    public IReadOnlyList<string>? DiscoveredIpAddresses { get; init; }

    [AtMost(30)]
    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary>A hypervisor.</summary>
internal sealed record HostNode : Node
{
    [Mandatory, OneOf("ESXI", "RHELSERVER", "WINDOWSSERVER", "RHELCONTAINER", "UBUNTUSERVER", "HYPERV", "CENTOSSERVER", "CENTOSCONTAINER", "SLESSERVER", "OELSERVER")]
    public string OsType { get; init; } = "";

    public string? OsVersion { get; init; }

    public HostNodeLoginCredential? HostCredential { get; init; }

    [ServerSet]
    public string? MaintenanceModeState { get; init; }

    [ServerSet]
    public string? DiscoveredNodeId { get; init; }

    [ServerSet]
    public string? ManagedByServer { get; init; }

    [ServerSet]
    public string? ComputeCollectionId { get; init; }

    public string? WindowsInstallLocation { get; init; }
}

/// <summary>How NSX would log in to a host to prepare it. Nothing here logs in, so the password is taken and forgotten.</summary>
internal sealed record HostNodeLoginCredential
{
    [ServerSet]
    public string? Password { get; init; }

    public string? Thumbprint { get; init; }

    public string? Username { get; init; }
}

/// <summary>The host switches of a node.</summary>
[Family(typeof(StandardHostSwitchSpec), typeof(PreconfiguredHostSwitchSpec))]
internal abstract record HostSwitchSpec : TypedPart;

/// <summary>Host switches that the fabric creates.</summary>
internal sealed record StandardHostSwitchSpec : HostSwitchSpec
{
    [Mandatory]
    public IReadOnlyList<StandardHostSwitch> HostSwitches { get; init; } = [];
}

/// <summary>Host switches that someone else made.</summary>
internal sealed record PreconfiguredHostSwitchSpec : HostSwitchSpec
{
    public IReadOnlyList<PreconfiguredHostSwitch>? HostSwitches { get; init; }
}

/// <summary>A host switch that someone else made, by id.</summary>
internal sealed record PreconfiguredHostSwitch
{
    [Mandatory]
    public string HostSwitchId { get; init; } = "";

    public IReadOnlyList<TransportZoneEndPoint>? TransportZoneEndpoints { get; init; }
}

/// <summary>One host switch: its zones, profiles, physical links, and how its TEPs get addresses.</summary>
internal sealed record StandardHostSwitch
{
    public string? HostSwitchId { get; init; }

    [OneOf("STANDARD", "ENS", "ENS_INTERRUPT", "LEGACY")]
    public string HostSwitchMode { get; init; } = "STANDARD";

    public string HostSwitchName { get; init; } = "nsxDefaultHostSwitch";

    public IReadOnlyList<HostSwitchProfileTypeIdEntry>? HostSwitchProfileIds { get; init; }

    [OneOf("NVDS", "VDS")]
    public string HostSwitchType { get; init; } = "NVDS";

    public IpAssignmentSpec? IpAssignmentSpec { get; init; }

    public bool IsMigratePnics { get; init; }

    public IReadOnlyList<Pnic>? Pnics { get; init; }

    public IReadOnlyList<Pnic>? PnicsUninstallMigration { get; init; }

    public IReadOnlyList<TransportZoneEndPoint>? TransportZoneEndpoints { get; init; }

    public IReadOnlyList<VdsUplink>? Uplinks { get; init; }
}

/// <summary>Which profile of a kind a host switch uses.</summary>
internal sealed record HostSwitchProfileTypeIdEntry
{
    [OneOf("UplinkHostSwitchProfile", "LldpHostSwitchProfile", "NiocProfile", "ExtraConfigHostSwitchProfile", "VtepHAHostSwitchProfile", "HighPerformanceHostSwitchProfile")]
    public string? Key { get; init; }

    [Mandatory, RefersTo(typeof(BaseHostSwitchProfile))]
    public string Value { get; init; } = "";
}

/// <summary>Membership of a host switch in a transport zone.</summary>
internal sealed record TransportZoneEndPoint
{
    [Mandatory, RefersTo(typeof(TransportZone))]
    public string TransportZoneId { get; init; } = "";

    public IReadOnlyList<TransportZoneProfileTypeIdEntry>? TransportZoneProfileIds { get; init; }
}

/// <summary>Which physical link is which uplink of the profile.</summary>
internal sealed record Pnic
{
    [Mandatory]
    public string DeviceName { get; init; } = "";

    [Mandatory]
    public string UplinkName { get; init; } = "";
}

/// <summary>Which uplink of a distributed switch is which uplink of the profile.</summary>
internal sealed record VdsUplink
{
    [Mandatory]
    public string UplinkName { get; init; } = "";

    public string? VdsUplinkName { get; init; }

    public string? VdsLagName { get; init; }
}

/// <summary>How the TEPs of a host switch get their addresses.</summary>
[Family(typeof(StaticIpPoolSpec), typeof(StaticIpListSpec), typeof(AssignedByDhcp), typeof(NoIpv4))]
internal abstract record IpAssignmentSpec : TypedPart;

/// <summary>From a pool of the manager.</summary>
internal sealed record StaticIpPoolSpec : IpAssignmentSpec
{
    [Mandatory, RefersTo(typeof(IpPool))]
    public string IpPoolId { get; init; } = "";
}

/// <summary>Stated one by one.</summary>
internal sealed record StaticIpListSpec : IpAssignmentSpec
{
    [Mandatory, WrittenAs(TextForm.Ip)]
    public string DefaultGateway { get; init; } = "";

    [Mandatory, AtLeast(1), AtMost(32), WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string> IpList { get; init; } = [];

    [Mandatory, WrittenAs(TextForm.Ip)]
    public string SubnetMask { get; init; } = "";
}

/// <summary>By a DHCP server on the underlay.</summary>
internal sealed record AssignedByDhcp : IpAssignmentSpec;

/// <summary>No IPv4 address at all.</summary>
internal sealed record NoIpv4 : IpAssignmentSpec;
