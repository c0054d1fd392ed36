using Fabric.Contracts.V1;
using Fabric.Manager.Catalog;
using Wire = Fabric.Contracts.V1;

namespace Fabric.Manager.Publishing;

/// <summary>Switches, ports and switching profiles as controllers hear of them.</summary>
internal static class SwitchingTranslation
{
    public static LogicalSwitchConfig Translate(LogicalSwitch item)
    {
        var result = new LogicalSwitchConfig
        {
            DisplayName = item.DisplayName ?? item.Id,
            TransportZoneId = item.TransportZoneId,
            AdminUp = item.AdminState == "UP",
            Vni = item.Vni ?? 0,
            Vlan = (uint)(item.Vlan ?? 0),
            ReplicationMode = item.ReplicationMode == "SOURCE" ? ReplicationMode.Source : ReplicationMode.Mtep,
        };
        result.AddressBindings.AddRange((item.AddressBindings ?? []).SelectMany(WireAddresses.Bindings));
        result.SwitchingProfileIds.AddRange((item.SwitchingProfileIds ?? []).Select(entry => entry.Value));
        result.Tags.AddRange(Tags(item));
        result.TrunkVlans.AddRange((item.VlanTrunkSpec?.VlanRanges ?? []).Select(range
            => new PortRange { First = (uint)range.Start, Last = (uint)range.End }));
        return result;
    }

    public static LogicalPortConfig Translate(LogicalPort port)
    {
        var context = port.Attachment?.Context as VifAttachmentContext;
        var result = new LogicalPortConfig
        {
            DisplayName = port.DisplayName ?? port.Id,
            LogicalSwitchId = port.LogicalSwitchId,
            AdminUp = port.AdminState == "UP",
            AttachmentType = port.Attachment?.AttachmentType ?? "",
            AttachmentId = port.Attachment?.Id ?? "",
            VifType = context?.VifType switch
            {
                "PARENT" => VifType.Parent,
                "CHILD" => VifType.Child,
                "INDEPENDENT" => VifType.Independent,
                _ => VifType.Normal,
            },
            ParentVifId = context?.ParentVifId ?? "",
            TrafficTag = (uint)(context?.TrafficTag ?? 0),
            AppId = context?.AppId ?? "",
        };
        result.AddressBindings.AddRange((port.AddressBindings ?? []).Concat(Allocated(port)).SelectMany(WireAddresses.Bindings));
        result.IgnoreAddressBindings.AddRange((port.IgnoreAddressBindings ?? []).SelectMany(WireAddresses.Bindings));
        result.SwitchingProfileIds.AddRange((port.SwitchingProfileIds ?? []).Select(entry => entry.Value));
        result.Tags.AddRange(Tags(port));
        return result;
    }

    /// <summary>An address from a pool is bound to the port as one that the user states.</summary>
    public static IEnumerable<PacketAddressClassifier> Allocated(LogicalPort port)
        => port.Allocation is { } allocation ? [new PacketAddressClassifier { IpAddress = allocation.Ip, MacAddress = allocation.Mac }] : [];

    /// <summary>Null for a profile that shapes nothing a host switch does today.</summary>
    public static SwitchingProfileConfig? Translate(BaseSwitchingProfile profile)
    {
        var result = new SwitchingProfileConfig { DisplayName = profile.DisplayName ?? profile.Id, IsDefault = profile.IsDefault };
        switch (profile)
        {
            case SpoofGuardSwitchingProfile spoofGuard:
                result.SpoofGuard = new SpoofGuardProfile
                {
                    PortBindings = spoofGuard.WhiteListProviders.Contains("LPORT_BINDINGS"),
                    SwitchBindings = spoofGuard.WhiteListProviders.Contains("LSWITCH_BINDINGS"),
                };
                return result;
            case IpDiscoverySwitchingProfile discovery:
                result.IpDiscovery = Translate(discovery);
                return result;
            case MacManagementSwitchingProfile macs:
                result.MacManagement = Translate(macs);
                return result;
            case SwitchSecuritySwitchingProfile security:
                result.SwitchSecurity = Translate(security);
                return result;
            default:
                return null;
        }
    }

    public static IEnumerable<Wire.Tag> Tags(ManagedResource resource)
        => (resource.Tags ?? []).Select(tag => new Wire.Tag { Scope = tag.Scope, Tag_ = tag.Value });

    private static IpDiscoveryProfile Translate(IpDiscoverySwitchingProfile profile) => new()
    {
        ArpSnooping = profile.ArpSnoopingEnabled,
        ArpBindingsLimit = (uint)profile.ArpBindingsLimit,
        DhcpSnooping = profile.DhcpSnoopingEnabled,
        NdSnooping = profile.NdSnoopingEnabled,
        NdBindingsLimit = (uint)profile.NdBindingsLimit,
        Dhcpv6Snooping = profile.Dhcpv6SnoopingEnabled,
        TrustOnFirstUse = profile.TrustOnFirstUseEnabled,
        BindingTimeoutMinutes = (uint)profile.ArpNdBindingTimeout,
        DuplicateIpDetection = profile.DuplicateIpDetection?.DuplicateIpDetectionEnabled ?? false,
    };

    private static MacManagementProfile Translate(MacManagementSwitchingProfile profile)
    {
        var learning = profile.MacLearning ?? new MacLearningSpec();
        return new MacManagementProfile
        {
            MacChangeAllowed = profile.MacChangeAllowed,
            Learning = learning.Enabled,
            LearningLimit = (uint)learning.Limit,
            DropOverLimit = learning.LimitPolicy == "DROP",
            AgingSeconds = (uint)learning.AgingTime,
            UnicastFlooding = learning is { Enabled: true, UnicastFloodingAllowed: true },
        };
    }

    private static SwitchSecurityProfile Translate(SwitchSecuritySwitchingProfile profile)
    {
        var limits = profile.RateLimits is { Enabled: true } stated ? stated : new RateLimits();
        var result = new SwitchSecurityProfile
        {
            BpduFilter = profile.BpduFilter?.Enabled ?? false,
            DhcpClientBlockV4 = profile.DhcpFilter?.ClientBlockEnabled ?? false,
            DhcpClientBlockV6 = profile.DhcpFilter?.V6ClientBlockEnabled ?? false,
            DhcpServerBlockV4 = profile.DhcpFilter?.ServerBlockEnabled ?? false,
            DhcpServerBlockV6 = profile.DhcpFilter?.V6ServerBlockEnabled ?? false,
            RaGuard = profile.RaGuardEnabled,
            BlockNonIp = profile.BlockNonIpTraffic,
            RxBroadcastLimit = (uint)limits.RxBroadcast,
            RxMulticastLimit = (uint)limits.RxMulticast,
            TxBroadcastLimit = (uint)limits.TxBroadcast,
            TxMulticastLimit = (uint)limits.TxMulticast,
        };
        result.BpduWhiteList.AddRange((profile.BpduFilter?.WhiteList ?? []).Select(WireAddresses.Mac));
        return result;
    }
}
