namespace Fabric.Manager.Catalog.Policy.Sites;

/// <summary>A profile of host switches as each API shows it: the fields are the same, the names of the types are not.</summary>
internal static class HostSwitchProfileMirror
{
    /// <summary>Null: policy has no such profile.</summary>
    public static PolicyResource? Policy(BaseHostSwitchProfile profile, PolicyResource? old)
    {
        PolicyBaseHostSwitchProfile? same = profile switch
        {
            UplinkHostSwitchProfile => old as PolicyUplinkHostSwitchProfile ?? new PolicyUplinkHostSwitchProfile(),
            LldpHostSwitchProfile => old as PolicyLldpHostSwitchProfile ?? new PolicyLldpHostSwitchProfile(),
            NiocProfile => old as PolicyNiocProfile ?? new PolicyNiocProfile(),
            _ => null,
        };
        return same is null ? null : SiteMirror.Copy(profile, same) with { SystemOwned = profile.SystemOwned };
    }

    /// <summary>Null: the Manager API has no such profile.</summary>
    public static ManagedResource? Manager(PolicyBaseHostSwitchProfile profile, ManagedResource? old)
    {
        BaseHostSwitchProfile? same = profile switch
        {
            PolicyUplinkHostSwitchProfile => old as UplinkHostSwitchProfile ?? new UplinkHostSwitchProfile(),
            PolicyLldpHostSwitchProfile => old as LldpHostSwitchProfile ?? new LldpHostSwitchProfile(),
            PolicyNiocProfile => old as NiocProfile ?? new NiocProfile(),
            _ => null,
        };
        return same is null ? null : SiteMirror.Copy(profile, same) with { SystemOwned = profile.SystemOwned };
    }

    /// <summary>A profile that hosts use stays.</summary>
    public static Errors.ApiError? Release(Storage.WriteScope scope, PolicyBaseHostSwitchProfile profile, DeleteWishes wishes)
        => scope.Model.ReferrersOf(ResourceKey.Of<BaseHostSwitchProfile>(profile.Id)) is { Count: > 0 } referrers
            ? Errors.ApiErrors.PathInUse(profile.Path, [.. referrers.Select(key => $"{key}")])
            : null;
}
