using Fabric.Manager.Catalog.Policy.Sites;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>Checks of segments: subnets and their overlap, VLANs, the VNI asked for, and what still hangs on one that is deleted.</summary>
internal static class SegmentChecks
{
    public static Checked<Segment> Complete(WriteScope scope, Segment? before, Segment segment)
    {
        if (GatewayAbove(segment) is { } fixedTo)
        {
            if (segment.ConnectivityPath is { } other && other != fixedTo)
            {
                return NetworkErrors.Segment($"Segment {segment.Path} belongs to {fixedTo} and cannot be connected to {other}.");
            }

            segment = segment with { ConnectivityPath = fixedTo };
        }

        var (subnets, error) = SegmentSubnets.Complete(segment.Subnets);
        error ??= CheckZone(scope, ref segment) ?? CheckOverlap(scope, before, segment) ?? CheckOverlayId(scope, segment);
        return error is not null ? error : segment with
        {
            Subnets = subnets,
            Type = (segment.ConnectivityPath, segment.L2Extension) switch
            {
                (null, null) => "DISCONNECTED",
                (null, _) => "EXTENDED",
                (_, null) => "ROUTED",
                _ => "ROUTED_AND_EXTENDED",
            },
        };
    }

    /// <summary>A segment with VIFs stays, unless it is forced; then its ports go with it.</summary>
    public static ApiError? Release(WriteScope scope, Segment segment, DeleteWishes wishes)
    {
        if (wishes.Force)
        {
            var place = PolicyTree.Find(segment.Path)!;
            RemoveBelow(scope, place.Type, segment.Path);
            return null;
        }

        int attached = scope.Model.ChildrenOf<SegmentPort>(segment.Path).Count(port => port.Attachment?.Id is { Length: > 0 }) + UnmanagedVifs(scope.Model, segment);
        return attached > 0 ? NetworkErrors.SegmentHasVifs(segment.Path, attached) : null;
    }

    private static void RemoveBelow(WriteScope scope, PolicyType type, string path)
    {
        foreach (var (row, child) in PolicyTree.ChildrenOf(scope.Model, type, path).ToList())
        {
            RemoveBelow(scope, row, child.Path);
            scope.Remove(ResourceKey.Of(child));
        }
    }

    /// <summary>The tier-1 that a segment stands below; null: below infra.</summary>
    private static string? GatewayAbove(Segment segment) => segment.ParentPath.Contains("/tier-1s/", StringComparison.Ordinal) ? segment.ParentPath : null;

    /// <summary>VIFs that hosts attached to the switch, for which no segment port was stated.</summary>
    private static int UnmanagedVifs(FabricModel model, Segment segment)
        => model.ReferrersOf(ResourceKey.Of<LogicalSwitch>(segment.UniqueId ?? "")).Select(model.Find).OfType<LogicalPort>()
            .Count(port => port.CreateUser != RealizedBy && port.Attachment is { AttachmentType: "VIF" });

    /// <summary>The user by whom realization writes Manager objects.</summary>
    private const string RealizedBy = "nsx_policy";

    private static ApiError? CheckZone(WriteScope scope, ref Segment segment)
    {
        // NSX takes the default overlay zone when none is named (NSX-T API guide, Segment.transport_zone_path).
        string? path = segment.TransportZonePath ?? scope.Model.All<PolicyTransportZone>().FirstOrDefault(zone => zone.IsDefault && zone.IsOverlay)?.Path;
        segment = segment with { TransportZonePath = path };
        bool overlay = path is null || scope.Model.Find<PolicyTransportZone>(path)?.IsOverlay != false;
        foreach (string vlans in segment.VlanIds ?? [])
        {
            if (!VlanRanges.TryParse(vlans, out _, out _))
            {
                return ApiErrors.Field($"vlan_ids '{vlans}' is no VLAN from 0 to 4094 and no range of them");
            }
        }

        return overlay || segment.VlanIds is { Count: > 0 } ? null : ApiErrors.Field($"vlan_ids may not be empty in the VLAN transport zone {path}");
    }

    /// <summary>No two segments of a gateway share addresses (error 500105).</summary>
    private static ApiError? CheckOverlap(WriteScope scope, Segment? before, Segment segment)
    {
        var own = SegmentSubnets.PrefixesOf(segment).ToList();
        if (segment.ConnectivityPath is not { } gateway || own.Count == 0
            || (before?.ConnectivityPath == gateway && SegmentSubnets.PrefixesOf(before).SequenceEqual(own)))
        {
            return null;
        }

        var key = PolicyTree.Find(gateway)?.Key;
        foreach (var other in (key is null ? [] : scope.Model.ReferrersOf(key.Value)).Select(scope.Model.Find).OfType<Segment>())
        {
            if (other.Path == segment.Path || other.MarkedForDelete)
            {
                continue;
            }

            foreach (var theirs in SegmentSubnets.PrefixesOf(other))
            {
                if (own.Any(prefix => prefix.Contains(theirs.Network) || theirs.Contains(prefix.Network)))
                {
                    return NetworkErrors.Overlap(segment.Path, $"{theirs.Network}/{theirs.Length}", other.Path);
                }
            }
        }

        return null;
    }

    private static ApiError? CheckOverlayId(WriteScope scope, Segment segment)
        => segment.OverlayId is { } vni && scope.Model.HolderOf(Segment.OverlayClaim(vni)) is { } holder && holder != ResourceKey.Of(segment)
            ? NetworkErrors.OverlayIdTaken(vni, holder.Id)
            : null;
}
