using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Catalog.Policy.Networking;

namespace Fabric.Manager.Realization.Networking;

/// <summary>
/// Profiles of segments are switching profiles, and binding maps say which of them a switch or port uses. The default ones are the Manager API's
/// own, which whoever names none gets anyway.
/// </summary>
internal static class ProfileRealizers
{
    public static IEnumerable<ManagedResource> Security(IntentReader reader, SegmentSecurityProfile profile) => Made(profile, () => new SwitchSecuritySwitchingProfile
    {
        BlockNonIpTraffic = profile.NonIpTrafficBlockEnabled,
        RaGuardEnabled = profile.RaGuardEnabled,
        BpduFilter = new BpduFilter { Enabled = profile.BpduFilterEnable, WhiteList = profile.BpduFilterAllow },
        DhcpFilter = new DhcpFilter
        {
            ClientBlockEnabled = profile.DhcpClientBlockEnabled,
            ServerBlockEnabled = profile.DhcpServerBlockEnabled,
            V6ClientBlockEnabled = profile.DhcpClientBlockV6Enabled,
            V6ServerBlockEnabled = profile.DhcpServerBlockV6Enabled,
        },
        RateLimits = new RateLimits
        {
            Enabled = profile.RateLimitsEnabled,
            RxBroadcast = profile.RateLimits.RxBroadcast,
            RxMulticast = profile.RateLimits.RxMulticast,
            TxBroadcast = profile.RateLimits.TxBroadcast,
            TxMulticast = profile.RateLimits.TxMulticast,
        },
    });

    public static IEnumerable<ManagedResource> IpDiscovery(IntentReader reader, IPDiscoveryProfile profile) => Made(profile, () => new IpDiscoverySwitchingProfile
    {
        ArpBindingsLimit = profile.IpV4DiscoveryOptions.ArpSnoopingConfig.ArpBindingLimit,
        ArpSnoopingEnabled = profile.IpV4DiscoveryOptions.ArpSnoopingConfig.ArpSnoopingEnabled,
        DhcpSnoopingEnabled = profile.IpV4DiscoveryOptions.DhcpSnoopingEnabled,
        VmToolsEnabled = profile.IpV4DiscoveryOptions.VmtoolsEnabled,
        ArpNdBindingTimeout = profile.ArpNdBindingTimeout,
        Dhcpv6SnoopingEnabled = profile.IpV6DiscoveryOptions.DhcpSnoopingV6Enabled,
        NdSnoopingEnabled = profile.IpV6DiscoveryOptions.NdSnoopingConfig.NdSnoopingEnabled,
        NdBindingsLimit = profile.IpV6DiscoveryOptions.NdSnoopingConfig.NdSnoopingLimit,
        VmToolsV6Enabled = profile.IpV6DiscoveryOptions.VmtoolsV6Enabled,
        TrustOnFirstUseEnabled = profile.TofuEnabled,
        DuplicateIpDetection = new DuplicateIPDetection { DuplicateIpDetectionEnabled = profile.DuplicateIpDetection.DuplicateIpDetectionEnabled },
    });

    public static IEnumerable<ManagedResource> MacDiscovery(IntentReader reader, MacDiscoveryProfile profile) => Made(profile, () => new MacManagementSwitchingProfile
    {
        MacChangeAllowed = profile.MacChangeEnabled,
        MacLearning = new MacLearningSpec
        {
            Enabled = profile.MacLearningEnabled,
            Limit = profile.MacLimit,
            LimitPolicy = profile.MacLimitPolicy,
            RemoteOverlayMacLimit = profile.RemoteOverlayMacLimit,
            UnicastFloodingAllowed = profile.UnknownUnicastFloodingEnabled,
        },
    });

    public static IEnumerable<ManagedResource> SpoofGuard(IntentReader reader, SpoofGuardProfile profile) => Made(profile, () => new SpoofGuardSwitchingProfile
    {
        WhiteListProviders = profile.AddressBindingAllowlist || profile.AddressBindingWhitelist ? ["LPORT_BINDINGS"] : [],
    });

    public static IEnumerable<ManagedResource> Qos(IntentReader reader, QosProfile profile) => Made(profile, () => new QosSwitchingProfile
    {
        ClassOfService = profile.ClassOfService,
        Dscp = new Dscp { Mode = profile.Dscp.Mode, Priority = profile.Dscp.Priority },
        ShaperConfiguration = [.. (profile.ShaperConfigurations ?? []).Select(Shaper)],
    });

    /// <summary>Which profiles the segment's binding maps name.</summary>
    public static IReadOnlyList<SwitchingProfileTypeIdEntry> OfSegment(IntentReader reader, PolicyResource segment) =>
    [
        .. reader.Below<SegmentSecurityProfileBindingMap>(segment.Path).SelectMany(map => Security(reader, map.SegmentSecurityProfilePath, map.SpoofguardProfilePath)),
        .. reader.Below<SegmentDiscoveryProfileBindingMap>(segment.Path).SelectMany(map => Discovery(reader, map.IpDiscoveryProfilePath, map.MacDiscoveryProfilePath)),
        .. reader.Below<SegmentQosProfileBindingMap>(segment.Path).SelectMany(map => Entry<QosProfile>(reader, map.QosProfilePath, nameof(QosSwitchingProfile))),
    ];

    /// <summary>Which profiles the port's binding maps name.</summary>
    public static IReadOnlyList<SwitchingProfileTypeIdEntry> OfPort(IntentReader reader, PolicyResource port) =>
    [
        .. reader.Below<PortSecurityProfileBindingMap>(port.Path).SelectMany(map => Security(reader, map.SegmentSecurityProfilePath, map.SpoofguardProfilePath)),
        .. reader.Below<PortDiscoveryProfileBindingMap>(port.Path).SelectMany(map => Discovery(reader, map.IpDiscoveryProfilePath, map.MacDiscoveryProfilePath)),
        .. reader.Below<PortQosProfileBindingMap>(port.Path).SelectMany(map => Entry<QosProfile>(reader, map.QosProfilePath, nameof(QosSwitchingProfile))),
    ];

    private static IEnumerable<SwitchingProfileTypeIdEntry> Security(IntentReader reader, string? security, string? spoofGuard)
        => Entry<SegmentSecurityProfile>(reader, security, nameof(SwitchSecuritySwitchingProfile)).Concat(Entry<SpoofGuardProfile>(reader, spoofGuard, nameof(SpoofGuardSwitchingProfile)));

    private static IEnumerable<SwitchingProfileTypeIdEntry> Discovery(IntentReader reader, string? ip, string? mac)
        => Entry<IPDiscoveryProfile>(reader, ip, nameof(IpDiscoverySwitchingProfile)).Concat(Entry<MacDiscoveryProfile>(reader, mac, nameof(MacManagementSwitchingProfile)));

    private static IEnumerable<SwitchingProfileTypeIdEntry> Entry<T>(IntentReader reader, string? path, string key)
        where T : PolicyResource
        => reader.Find<T>(path) is { SystemOwned: false } profile ? [new SwitchingProfileTypeIdEntry { Key = key, Value = RealizedId.Of(profile) }] : [];

    private static IEnumerable<ManagedResource> Made(PolicyResource profile, Func<BaseSwitchingProfile> make)
        => profile.SystemOwned ? [] : [make() with { Id = RealizedId.Of(profile) }];

    private static QosBaseRateShaper Shaper(QosBaseRateLimiter limiter) => limiter switch
    {
        IngressRateLimiter ingress => new IngressRateShaper
        {
            Enabled = ingress.Enabled,
            BurstSizeBytes = ingress.BurstSize,
            AverageBandwidthMbps = ingress.AverageBandwidth,
            PeakBandwidthMbps = ingress.PeakBandwidth,
        },
        IngressBroadcastRateLimiter broadcast => new IngressBroadcastRateShaper
        {
            Enabled = broadcast.Enabled,
            BurstSizeBytes = broadcast.BurstSize,
            AverageBandwidthKbps = broadcast.AverageBandwidth,
            PeakBandwidthKbps = broadcast.PeakBandwidth,
        },
        EgressRateLimiter egress => new EgressRateShaper
        {
            Enabled = egress.Enabled,
            BurstSizeBytes = egress.BurstSize,
            AverageBandwidthMbps = egress.AverageBandwidth,
            PeakBandwidthMbps = egress.PeakBandwidth,
        },
        _ => throw new InvalidOperationException($"{limiter.GetType().Name} has no shaper"),
    };
}
