using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>Checks of profiles. Some have a field under two names: whichever a request changed counts, and both are shown.</summary>
internal static class SegmentProfileChecks
{
    public static Checked<SpoofGuardProfile> Complete(WriteScope scope, SpoofGuardProfile? before, SpoofGuardProfile profile)
    {
        bool allowed = profile.AddressBindingWhitelist != (before?.AddressBindingWhitelist ?? false) ? profile.AddressBindingWhitelist : profile.AddressBindingAllowlist;
        return profile with { AddressBindingAllowlist = allowed, AddressBindingWhitelist = allowed };
    }

    public static Checked<GatewayQosProfile> Complete(WriteScope scope, GatewayQosProfile? before, GatewayQosProfile profile)
    {
        int rate = profile.CommittedBandwitdth != (before?.CommittedBandwitdth ?? 1) ? profile.CommittedBandwitdth : profile.CommittedBandwidth;
        return profile with { CommittedBandwidth = rate, CommittedBandwitdth = rate };
    }

    public static Checked<MetadataProxyConfig> Complete(WriteScope scope, MetadataProxyConfig? before, MetadataProxyConfig proxy)
        => proxy.Secret is null ? ApiErrors.Field("secret may not be null") : proxy;
}
