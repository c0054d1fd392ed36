namespace Fabric.Manager.Catalog.Policy.Sites;

/// <summary>How a host switch uses its uplinks. The Manager API shows the same profile as a BaseHostSwitchProfile.</summary>
[Family(typeof(PolicyLldpHostSwitchProfile), typeof(PolicyNiocProfile), typeof(PolicyUplinkHostSwitchProfile), typeof(PolicyVtepHAHostSwitchProfile))]
internal abstract record PolicyBaseHostSwitchProfile : PolicyResource
{
    [ServerSet]
    public IReadOnlyList<string>? RequiredCapabilities { get; init; }
}

/// <summary>Teaming, transport VLAN, MTU and encapsulation of an uplink.</summary>
internal sealed record PolicyUplinkHostSwitchProfile : PolicyBaseHostSwitchProfile
{
    [Mandatory]
    public TeamingPolicy Teaming { get; init; } = new();

    [AtMost(32)]
    public IReadOnlyList<NamedTeamingPolicy>? NamedTeamings { get; init; }

    [AtMost(64)]
    public IReadOnlyList<Lag>? Lags { get; init; }

    /// <summary>Unset: the global physical uplink MTU, 1700.</summary>
    [Within(1280, 9000)]
    public int? Mtu { get; init; }

    [Within(0, 4094)]
    public int TransportVlan { get; init; }

    [OneOf("VXLAN", "GENEVE")]
    public string OverlayEncap { get; init; } = "GENEVE";
}

/// <summary>How a host fails over from a TEP that no longer answers.</summary>
internal sealed record PolicyVtepHAHostSwitchProfile : PolicyBaseHostSwitchProfile
{
    public bool Enabled { get; init; }

    /// <summary>Seconds.</summary>
    [Within(1, 60)]
    public int FailoverTimeout { get; init; } = 5;

    public bool AutoRecovery { get; init; } = true;

    /// <summary>Seconds.</summary>
    [Within(300, 3600)]
    public int AutoRecoveryInitialWait { get; init; } = 300;

    /// <summary>Seconds.</summary>
    [Within(3600, 86_400)]
    public int AutoRecoveryMaxBackoff { get; init; } = 86_400;
}

/// <summary>Link layer discovery on the uplinks.</summary>
internal sealed record PolicyLldpHostSwitchProfile : PolicyBaseHostSwitchProfile
{
    [Mandatory]
    public bool SendEnabled { get; init; }
}

/// <summary>Shares of bandwidth between kinds of host traffic.</summary>
internal sealed record PolicyNiocProfile : PolicyBaseHostSwitchProfile
{
    public bool Enabled { get; init; } = true;

    public IReadOnlyList<ResourceAllocation>? HostInfraTrafficRes { get; init; }
}
