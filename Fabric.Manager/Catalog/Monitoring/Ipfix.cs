namespace Fabric.Manager.Catalog.Monitoring;

/// <summary>Collectors of flow records, in the old form.</summary>
[StorageOnly]
internal sealed record IpfixCollectorConfig : ManagedResource
{
    [Mandatory, AtMost(4), AtLeast(1)]
    public IReadOnlyList<IpfixCollector> Collectors { get; init; } = [];
}

/// <summary>Collectors of flow records.</summary>
[StorageOnly]
internal sealed record IpfixCollectorUpmProfile : ManagedResource
{
    [Mandatory, AtMost(4), AtLeast(1)]
    public IReadOnlyList<IpfixCollector> Collectors { get; init; } = [];
}

/// <summary>Where a collector listens.</summary>
internal sealed record IpfixCollector
{
    [Mandatory, WrittenAs(TextForm.Ip)]
    public string CollectorIpAddress { get; init; } = "";

    [Within(0, 65_535)]
    public int CollectorPort { get; init; } = 4739;
}

/// <summary>What flow records are made of.</summary>
[StorageOnly]
[Family(typeof(IpfixSwitchUpmProfile))]
internal abstract record IpfixUpmProfile : ManagedResource;

/// <summary>Of the flows that a switch sees.</summary>
internal sealed record IpfixSwitchUpmProfile : IpfixUpmProfile
{
    [Mandatory, RefersTo(typeof(IpfixCollectorUpmProfile))]
    public string CollectorProfile { get; init; } = "";

    [Mandatory, Within(0, 4_294_967_295)]
    public long ObservationDomainId { get; init; }

    [Mandatory, Within(0, 65_536)]
    public int Priority { get; init; }

    [Within(60, 3600)]
    public int ActiveTimeout { get; init; } = 300;

    public AppliedTos? AppliedTos { get; init; }

    public bool ExportOverlayFlow { get; init; } = true;

    [Within(60, 3600)]
    public int IdleTimeout { get; init; } = 300;

    [Within(0, 4_294_967_295)]
    public long MaxFlows { get; init; } = 16_384;

    public double PacketSampleProbability { get; init; } = 0.1;
}

/// <summary>Which objects a profile is about.</summary>
internal sealed record AppliedTos
{
    public IReadOnlyList<ResourceReference>? LogicalPorts { get; init; }

    public IReadOnlyList<ResourceReference>? LogicalSwitches { get; init; }

    public IReadOnlyList<ResourceReference>? Nsgroups { get; init; }
}
