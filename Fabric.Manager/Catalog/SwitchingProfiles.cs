namespace Fabric.Manager.Catalog;

/// <summary>How a port treats what its VM sends and receives. A port takes its own, else its switch's, else the default of the kind.</summary>
[Family(
    typeof(SpoofGuardSwitchingProfile), typeof(IpDiscoverySwitchingProfile), typeof(MacManagementSwitchingProfile),
    typeof(SwitchSecuritySwitchingProfile), typeof(QosSwitchingProfile))]
internal abstract record BaseSwitchingProfile : ManagedResource
{
    [ServerSet]
    public IReadOnlyList<string>? RequiredCapabilities { get; init; }

    /// <summary>For whoever names none of its kind.</summary>
    [Hidden]
    public bool IsDefault { get; init; }
}

/// <summary>Which senders a port lets speak. An empty list: anyone.</summary>
internal sealed record SpoofGuardSwitchingProfile : BaseSwitchingProfile
{
    [Mandatory, OneOf("LPORT_BINDINGS", "LSWITCH_BINDINGS")]
    public IReadOnlyList<string> WhiteListProviders { get; init; } = [];
}

/// <summary>How the addresses behind a port are found.</summary>
internal sealed record IpDiscoverySwitchingProfile : BaseSwitchingProfile
{
    [Within(1, 256)]
    public int ArpBindingsLimit { get; init; } = 1;

    /// <summary>Minutes.</summary>
    [Within(5, 120)]
    public int ArpNdBindingTimeout { get; init; } = 10;

    public bool ArpSnoopingEnabled { get; init; } = true;

    public bool DhcpSnoopingEnabled { get; init; } = true;

    public bool Dhcpv6SnoopingEnabled { get; init; }

    public DuplicateIPDetection? DuplicateIpDetection { get; init; }

    [Within(2, 15)]
    public int NdBindingsLimit { get; init; } = 3;

    public bool NdSnoopingEnabled { get; init; }

    public bool TrustOnFirstUseEnabled { get; init; } = true;

    public bool VmToolsEnabled { get; init; } = true;

    public bool VmToolsV6Enabled { get; init; }
}

/// <summary>Whether an address that another port holds is withheld.</summary>
internal sealed record DuplicateIPDetection
{
    public bool DuplicateIpDetectionEnabled { get; init; }
}

/// <summary>Which MACs a port may use, and whether they are learned.</summary>
internal sealed record MacManagementSwitchingProfile : BaseSwitchingProfile
{
    public bool MacChangeAllowed { get; init; }

    public MacLearningSpec? MacLearning { get; init; }
}

/// <summary>Learning of MACs behind a port.</summary>
internal sealed record MacLearningSpec
{
    [Mandatory]
    public bool Enabled { get; init; }

    /// <summary>Seconds.</summary>
    [ServerSet]
    public int AgingTime { get; init; } = 600;

    [Within(0, 4096)]
    public int Limit { get; init; } = 4096;

    [OneOf("ALLOW", "DROP")]
    public string LimitPolicy { get; init; } = "ALLOW";

    [Within(2048, 8192)]
    public int RemoteOverlayMacLimit { get; init; } = 2048;

    public bool UnicastFloodingAllowed { get; init; } = true;
}

/// <summary>Stateless filters on what a VM sends.</summary>
internal sealed record SwitchSecuritySwitchingProfile : BaseSwitchingProfile
{
    public bool BlockNonIpTraffic { get; init; }

    public BpduFilter? BpduFilter { get; init; }

    public DhcpFilter? DhcpFilter { get; init; }

    public bool RaGuardEnabled { get; init; } = true;

    public RateLimits? RateLimits { get; init; }
}

/// <summary>Whether bridge protocol frames are dropped, and which MACs are spared.</summary>
internal sealed record BpduFilter
{
    [Mandatory]
    public bool Enabled { get; init; }

    [AtMost(32), WrittenAs(TextForm.Mac)]
    public IReadOnlyList<string>? WhiteList { get; init; }
}

/// <summary>Which sides of DHCP a VM may not play.</summary>
internal sealed record DhcpFilter
{
    [Mandatory]
    public bool ClientBlockEnabled { get; init; }

    [Mandatory]
    public bool ServerBlockEnabled { get; init; }

    public bool V6ClientBlockEnabled { get; init; }

    public bool V6ServerBlockEnabled { get; init; }
}

/// <summary>Packets per second of broadcast and multicast; 0: no limit.</summary>
internal sealed record RateLimits
{
    public bool Enabled { get; init; }

    [Within(0, int.MaxValue)]
    public int RxBroadcast { get; init; }

    [Within(0, int.MaxValue)]
    public int RxMulticast { get; init; }

    [Within(0, int.MaxValue)]
    public int TxBroadcast { get; init; }

    [Within(0, int.MaxValue)]
    public int TxMulticast { get; init; }
}

/// <summary>Priority marks and rate limits of a port.</summary>
internal sealed record QosSwitchingProfile : BaseSwitchingProfile
{
    [Within(0, 7)]
    public int ClassOfService { get; init; }

    public Dscp? Dscp { get; init; }

    [AtMost(3)]
    public IReadOnlyList<QosBaseRateShaper>? ShaperConfiguration { get; init; }
}

/// <summary>Whether the inner DSCP is kept, or which one is set.</summary>
internal sealed record Dscp
{
    [OneOf("TRUSTED", "UNTRUSTED")]
    public string Mode { get; init; } = "TRUSTED";

    [Within(0, 63)]
    public int Priority { get; init; }
}

/// <summary>A limit on the rate of a port.</summary>
[Family(typeof(IngressRateShaper), typeof(IngressBroadcastRateShaper), typeof(EgressRateShaper))]
internal abstract record QosBaseRateShaper : TypedPart
{
    [Mandatory]
    public bool Enabled { get; init; }

    [Within(0, int.MaxValue)]
    public int BurstSizeBytes { get; init; }
}

/// <summary>From the VM into the switch, in megabits per second.</summary>
internal sealed record IngressRateShaper : QosBaseRateShaper
{
    [Within(0, int.MaxValue)]
    public int AverageBandwidthMbps { get; init; }

    [Within(0, int.MaxValue)]
    public int PeakBandwidthMbps { get; init; }
}

/// <summary>Broadcast from the VM into the switch, in kilobits per second.</summary>
internal sealed record IngressBroadcastRateShaper : QosBaseRateShaper
{
    [Within(0, int.MaxValue)]
    public int AverageBandwidthKbps { get; init; }

    [Within(0, int.MaxValue)]
    public int PeakBandwidthKbps { get; init; }
}

/// <summary>From the switch to the VM, in megabits per second.</summary>
internal sealed record EgressRateShaper : QosBaseRateShaper
{
    [Within(0, int.MaxValue)]
    public int AverageBandwidthMbps { get; init; }

    [Within(0, int.MaxValue)]
    public int PeakBandwidthMbps { get; init; }
}
