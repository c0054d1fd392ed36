using System.Text.Json.Serialization;

namespace Fabric.Manager.Catalog.Edge;

/// <summary>An edge appliance or an edge on bare metal.</summary>
internal sealed record EdgeNode : Node
{
    [Mandatory]
    public EdgeNodeSettings? NodeSettings { get; init; }

    [ServerSet]
    public IReadOnlyList<string>? AllocationList { get; init; }

    public EdgeNodeDeploymentConfig? DeploymentConfig { get; init; }

    [OneOf("VIRTUAL_MACHINE", "PHYSICAL_MACHINE", "UNKNOWN"), ServerSet]
    public string? DeploymentType { get; init; }
}

/// <summary>What an edge is told when it starts.</summary>
internal sealed record EdgeNodeSettings
{
    [Mandatory]
    public string Hostname { get; init; } = "";

    public IReadOnlyList<KeyValuePair>? AdvancedConfiguration { get; init; }

    public bool AllowSshRootLogin { get; init; }

    [WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? DnsServers { get; init; }

    public bool EnableSsh { get; init; }

    public bool? EnableUptMode { get; init; }

    public IReadOnlyList<string>? NtpServers { get; init; }

    public IReadOnlyList<string>? SearchDomains { get; init; }

    public IReadOnlyList<SyslogConfiguration>? SyslogServers { get; init; }
}

/// <summary>Where an edge sends its log.</summary>
internal sealed record SyslogConfiguration
{
    [Mandatory]
    public string Server { get; init; } = "";

    [OneOf("EMERGENCY", "ALERT", "CRITICAL", "ERROR", "WARNING", "NOTICE", "INFO", "DEBUG")]
    public string? LogLevel { get; init; }

    public string? Name { get; init; }

    [WrittenAs(TextForm.PortOrRange)]
    public string? Port { get; init; }

    [OneOf("TCP", "UDP", "TLS", "LI", "LI_TLS")]
    public string? Protocol { get; init; }
}

/// <summary>How an edge appliance is made.</summary>
internal sealed record EdgeNodeDeploymentConfig
{
    [Mandatory]
    public NodeUserSettings? NodeUserSettings { get; init; }

    [Mandatory]
    public DeploymentConfig? VmDeploymentConfig { get; init; }

    [OneOf("SMALL", "MEDIUM", "LARGE", "XLARGE")]
    public string FormFactor { get; init; } = "MEDIUM";
}

/// <summary>Accounts of an edge.</summary>
internal sealed record NodeUserSettings
{
    [Secret]
    public string? AuditPassword { get; init; }

    public string? AuditUsername { get; init; }

    [Secret]
    public string? CliPassword { get; init; }

    public string CliUsername { get; init; } = "admin";

    [Secret]
    public string? RootPassword { get; init; }
}

/// <summary>On what an appliance runs.</summary>
[Family(typeof(VsphereDeploymentConfig), By = "placement_type")]
internal abstract record DeploymentConfig
{
    [JsonPropertyOrder(-9)]
    public string PlacementType => GetType().Name;
}

/// <summary>On vSphere; nothing here makes appliances, so it is kept as it came.</summary>
internal sealed record VsphereDeploymentConfig : DeploymentConfig
{
    [Mandatory]
    public string ComputeId { get; init; } = "";

    [Mandatory, AtMost(3), AtLeast(1)]
    public IReadOnlyList<string> DataNetworkIds { get; init; } = [];

    [Mandatory]
    public string ManagementNetworkId { get; init; } = "";

    [Mandatory]
    public string StorageId { get; init; } = "";

    [Mandatory]
    public string VcId { get; init; } = "";

    public IReadOnlyList<KeyValuePair>? AdvancedConfiguration { get; init; }

    public string? ComputeFolderId { get; init; }

    [AtMost(1), AtLeast(1), WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string>? DefaultGatewayAddresses { get; init; }

    public string? HostId { get; init; }

    public bool? Ipv4AssignmentDisabled { get; init; }

    public bool? Ipv4AssignmentEnabled { get; init; }

    [OneOf("STATIC")]
    public string? Ipv6AssignmentType { get; init; }

    [AtMost(1), AtLeast(1)]
    public IReadOnlyList<IPSubnet>? ManagementPortSubnets { get; init; }

    public ReservationInfo? ReservationInfo { get; init; }

    public ResourceAssignment? ResourceAllocation { get; init; }
}

/// <summary>What an appliance is sure to get.</summary>
internal sealed record ReservationInfo
{
    public CPUReservation? CpuReservation { get; init; }

    public MemoryReservation? MemoryReservation { get; init; }
}

/// <summary>Processor time.</summary>
internal sealed record CPUReservation
{
    public int? ReservationInMhz { get; init; }

    [OneOf("EXTRA_HIGH_PRIORITY", "HIGH_PRIORITY", "NORMAL_PRIORITY", "LOW_PRIORITY")]
    public string? ReservationInShares { get; init; }
}

/// <summary>Memory.</summary>
internal sealed record MemoryReservation
{
    public int? ReservationPercentage { get; init; }
}

/// <summary>What an appliance has got.</summary>
internal sealed record ResourceAssignment
{
    [ServerSet]
    public int? CpuCount { get; init; }

    [ServerSet]
    public int? MemoryAllocationInMb { get; init; }
}
