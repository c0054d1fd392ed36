using Fabric.Contracts.V1;

namespace Fabric.Controller.Intent;

/// <summary>The types of switching profile that shape a port; a port has at most one of each.</summary>
internal enum ProfileKind
{
    Other,
    SpoofGuard,
    IpDiscovery,
    MacManagement,
    SwitchSecurity,
}

/// <summary>Names the type of a switching profile.</summary>
internal static class ProfileKinds
{
    public static ProfileKind KindOf(this SwitchingProfileConfig profile) => profile.ProfileCase switch
    {
        SwitchingProfileConfig.ProfileOneofCase.SpoofGuard => ProfileKind.SpoofGuard,
        SwitchingProfileConfig.ProfileOneofCase.IpDiscovery => ProfileKind.IpDiscovery,
        SwitchingProfileConfig.ProfileOneofCase.MacManagement => ProfileKind.MacManagement,
        SwitchingProfileConfig.ProfileOneofCase.SwitchSecurity => ProfileKind.SwitchSecurity,
        _ => ProfileKind.Other,
    };
}
