using Fabric.Contracts.V1;
using Fabric.Controller.Derivation;
using Fabric.Controller.Intent;

namespace Fabric.Controller.Compute;

/// <summary>The profiles in force on a port: its own, else its switch's, else the default of the type.</summary>
internal sealed record EffectiveProfiles(
    SpoofGuardProfile SpoofGuard, IpDiscoveryProfile IpDiscovery, MacManagementProfile MacManagement, SwitchSecurityProfile SwitchSecurity);

/// <summary>Finds the profiles of each port (reference: nsx-dataplane.md, section 3).</summary>
internal sealed class PortProfiles
{
    // What stands when the manager has no default of a type, with the values of a fresh NSX-T (reference: nsx-dataplane.md, 3.1 to 3.4).
    private static readonly SwitchingProfileConfig[] Bare =
    [
        new() { SpoofGuard = new SpoofGuardProfile() },
        new()
        {
            IpDiscovery = new IpDiscoveryProfile
            {
                ArpSnooping = true,
                ArpBindingsLimit = 1,
                DhcpSnooping = true,
                NdBindingsLimit = 3,
                TrustOnFirstUse = true,
                BindingTimeoutMinutes = 10,
            },
        },
        new() { MacManagement = new MacManagementProfile { MacChangeAllowed = true, LearningLimit = 4096, AgingSeconds = 600 } },
        new() { SwitchSecurity = new SwitchSecurityProfile { BpduFilter = true, DhcpServerBlockV4 = true, RaGuard = true } },
    ];

    private readonly FabricIntent _intent;
    private readonly Derived<string, EffectiveProfiles> _profiles;

    public PortProfiles(DerivationGraph graph, FabricIntent intent)
    {
        _intent = intent;
        _profiles = new Derived<string, EffectiveProfiles>(graph, Choose);
    }

    public EffectiveProfiles this[string port] => _profiles[port];

    private EffectiveProfiles Choose(string portId)
    {
        var port = _intent.Ports[portId];
        var own = port?.SwitchingProfileIds ?? [];
        var inherited = (port is null ? null : _intent.Switches[port.LogicalSwitchId])?.SwitchingProfileIds ?? [];
        return new EffectiveProfiles(
            Find(ProfileKind.SpoofGuard).SpoofGuard,
            Find(ProfileKind.IpDiscovery).IpDiscovery,
            Find(ProfileKind.MacManagement).MacManagement,
            Find(ProfileKind.SwitchSecurity).SwitchSecurity);

        SwitchingProfileConfig Find(ProfileKind kind)
            => own.Concat(inherited).Concat(_intent.DefaultProfiles[kind])
                .Select(id => _intent.Profiles[id])
                .FirstOrDefault(profile => profile?.KindOf() == kind)
                ?? Bare.First(profile => profile.KindOf() == kind);
    }
}
