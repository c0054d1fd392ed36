using System.Globalization;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Catalog.Policy.Networking;
using Fabric.Manager.Errors;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Realization.Networking;

/// <summary>A segment is a logical switch; connected to a gateway it is a downlink of that router as well.</summary>
internal static class SegmentRealizer
{
    public static IEnumerable<ManagedResource> Wants(IntentReader reader, Segment segment)
    {
        bool overlay = segment.VlanIds is not { Count: > 0 };
        if (reader.Zone(segment.TransportZonePath, overlay) is not { } zone)
        {
            reader.Refuse(ApiErrors.Realization($"There is no transport zone for segment {segment.Path}."));
            return [];
        }

        return [Switch(reader, segment, zone), .. Downlink(reader, segment, GatewayPath(segment), (segment.Subnets ?? []).Select(subnet => subnet.GatewayAddress), segment.AdvancedConfig.UrpfMode)];
    }

    /// <summary>The gateway's interface, and the port of the switch that it is attached to.</summary>
    public static IEnumerable<ManagedResource> Downlink(IntentReader reader, PolicyResource network, string? gatewayPath, IEnumerable<string?> addresses, string? urpfMode)
    {
        var subnets = addresses.OfType<string>().Select(Subnet).ToList();
        if (gatewayPath is null || subnets.Count == 0 || reader.Gateway(gatewayPath) is not { } gateway)
        {
            yield break;
        }

        string router = RealizedId.Of(gateway);
        string port = RealizedId.Of(network, $"port to {router}");
        string downlink = RealizedId.Of(network, $"downlink of {router}");
        yield return new LogicalPort
        {
            Id = port,
            LogicalSwitchId = RealizedId.Of(network),
            Attachment = new LogicalPortAttachment { AttachmentType = "LOGICALROUTER", Id = downlink },
        };
        yield return new LogicalRouterDownLinkPort
        {
            Id = downlink,
            LogicalRouterId = router,
            LinkedLogicalSwitchPortId = new ResourceReference { TargetType = nameof(LogicalPort), TargetId = port },
            Subnets = subnets,
            UrpfMode = urpfMode ?? "STRICT",
        };
    }

    private static LogicalSwitch Switch(IntentReader reader, Segment segment, TransportZone zone)
    {
        bool overlay = zone.TransportType == "OVERLAY";
        var (vlan, trunk) = Vlans(overlay ? [] : segment.VlanIds ?? []);
        return new LogicalSwitch
        {
            Id = RealizedId.Of(segment),
            TransportZoneId = zone.Id,
            AdminState = segment.AdminState,
            Vni = overlay && segment.OverlayId is { } vni ? (uint)vni : null,
            Vlan = vlan,
            VlanTrunkSpec = trunk,
            ReplicationMode = overlay ? segment.ReplicationMode : null,
            AddressBindings = AddressBindings.Of(segment.AddressBindings),
            SwitchingProfileIds = ProfileRealizers.OfSegment(reader, segment),
            Hybrid = segment.AdvancedConfig.Hybrid,
            IpPoolId = segment.AdvancedConfig.AddressPoolPaths is [var pool, ..] && reader.Find<Catalog.Policy.Addressing.IpAddressPool>(pool) is { } found ? RealizedId.Of(found) : null,
            UplinkTeamingPolicyName = segment.AdvancedConfig.UplinkTeamingPolicyName,
        };
    }

    /// <summary>Where it is connected; one that stands below a tier-1 is connected to that.</summary>
    private static string? GatewayPath(Segment segment)
        => segment.AdvancedConfig.Connectivity == "OFF" ? null
            : string.IsNullOrEmpty(segment.ConnectivityPath) ? GatewayPaths.GatewayOf(segment.ParentPath)
            : segment.ConnectivityPath;

    private static IPSubnet Subnet(string gateway)
    {
        var prefix = IpPrefix.Parse(gateway);
        return new IPSubnet { IpAddresses = [prefix.Address.ToString()], PrefixLength = prefix.Length };
    }

    /// <summary>One VLAN is the switch's; several, or a range, travel inside it.</summary>
    private static (int? Vlan, VlanTrunkSpec? Trunk) Vlans(IReadOnlyList<string> ids)
    {
        if (ids is [var only] && int.TryParse(only, CultureInfo.InvariantCulture, out int vlan))
        {
            return (vlan, null);
        }

        var ranges = ids.Select(id => id.Split('-')).Select(ends => new TrunkVlanRange
        {
            Start = int.Parse(ends[0], CultureInfo.InvariantCulture),
            End = int.Parse(ends[^1], CultureInfo.InvariantCulture),
        }).ToList();
        return ranges.Count == 0 ? (null, null) : (null, new VlanTrunkSpec { VlanRanges = ranges });
    }
}
