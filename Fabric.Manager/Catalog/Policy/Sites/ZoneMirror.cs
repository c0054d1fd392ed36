using Fabric.Manager.Catalog.Checks;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Sites;

/// <summary>A transport zone as each API shows it.</summary>
internal static class ZoneMirror
{
    public static PolicyTransportZone Policy(TransportZone zone, PolicyTransportZone? old) => (old ?? new PolicyTransportZone()) with
    {
        DisplayName = zone.DisplayName,
        Description = zone.Description,
        Tags = zone.Tags,
        TzType = zone.TransportType == "VLAN" ? "VLAN_BACKED" : old is { IsOverlay: true } ? old.TzType : zone.HostSwitchMode == "STANDARD" ? "OVERLAY_STANDARD" : "OVERLAY_ENS",
        IsDefault = zone.IsDefault,
        NestedNsx = zone.NestedNsx,
        ForwardingMode = zone.ForwardingMode,
        UplinkTeamingPolicyNames = zone.UplinkTeamingPolicyNames,
        AuthorizedVlans = zone.AuthorizedVlans,
        NsxId = zone.Id,
    };

    public static TransportZone Manager(PolicyTransportZone zone, TransportZone? old) => (old ?? new TransportZone { Id = zone.Id }) with
    {
        DisplayName = zone.DisplayName,
        Description = zone.Description,
        Tags = zone.Tags,
        TransportType = zone.IsOverlay ? "OVERLAY" : "VLAN",
        IsDefault = zone.IsDefault,
        NestedNsx = zone.NestedNsx,
        ForwardingMode = zone.ForwardingMode,
        UplinkTeamingPolicyNames = zone.UplinkTeamingPolicyNames,
        AuthorizedVlans = zone.AuthorizedVlans,
    };

    /// <summary>A zone of this fabric gets the id under which the Manager API has it; there is one default per kind.</summary>
    public static Checked<PolicyTransportZone> Complete(WriteScope scope, PolicyTransportZone? before, PolicyTransportZone zone)
    {
        if (!SitePaths.IsOfPoint(zone.Path))
        {
            return zone;
        }

        var done = ZoneChecks.Complete(scope, scope.Model.Find<TransportZone>(zone.Id), Manager(zone, null));
        return done.Error is { } error ? error : zone with { NsxId = zone.Id, RealizationId = zone.RealizationId ?? zone.Id };
    }

    /// <summary>A zone that objects of the Manager API name stays.</summary>
    public static ApiError? Release(WriteScope scope, PolicyTransportZone zone, DeleteWishes wishes)
        => !SitePaths.IsOfPoint(zone.Path) || scope.Model.ReferrersOf(ResourceKey.Of<TransportZone>(zone.Id)) is not { Count: > 0 } referrers ? null
            : ApiErrors.PathInUse(zone.Path, [.. referrers.Select(key => $"{key}")]);

    /// <summary>The same the other way: a zone that segments name stays.</summary>
    public static ApiError? Release(WriteScope scope, TransportZone zone, DeleteWishes wishes)
        => PolicyTree.Find(SitePaths.Zone(zone.Id)) is { } place && scope.Model.ReferrersOf(place.Key) is { Count: > 0 } referrers
            ? ApiErrors.InUse(ResourceKey.Of(zone), referrers)
            : null;
}
