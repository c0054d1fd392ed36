using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Appliance;
using Fabric.Manager.Catalog.Checks;
using Fabric.Manager.Catalog.Edge;
using Fabric.Manager.Catalog.Ipam;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Catalog.Policy.Security;
using Fabric.Manager.Catalog.Policy.Sites;
using Fabric.Manager.Catalog.Policy.Tenancy;
using Fabric.Manager.Seeds.Policy;
using Fabric.Manager.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fabric.Manager.Seeds;

/// <summary>
/// What a new data file starts with. Always: the settings, the default sections and the exclude list, which NSX never lacks. With seed
/// default also what a fresh NSX-T has: default zones, profiles, pools and the built-in services. With seed terraform also what the
/// acceptance suites of its provider look for.
/// </summary>
internal sealed class Seed(IOptions<ManagerOptions> options, ResourceStore store, ILogger<Seed> logger) : IHostedService
{
    private const string System = "system";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (store.Current.Find<FabricSettings>(FabricSettings.TheId) is not null)
        {
            return;
        }

        await store.WriteAsync(
            System,
            scope =>
            {
                Always(scope);
                if (options.Value.Seed != "none")
                {
                    Defaults(scope);
                }

                if (options.Value.Seed == "terraform")
                {
                    TerraformSeed.Put(scope);
                }

                return new WriteOutcome.Done();
            },
            cancellationToken).ConfigureAwait(false);
        logger.Seeded(options.Value.Seed, store.Current.Everything.Count());
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Always(WriteScope scope)
    {
        scope.Put(new FabricSettings { Id = FabricSettings.TheId });
        scope.Put(new FabricCounters { Id = FabricCounters.TheId });
        foreach (var config in GlobalConfigRows.Defaults)
        {
            scope.Put(config with { Id = scope.Ids.Next() });
        }

        scope.Put(new ExcludeList { Id = scope.Ids.Next(), DisplayName = "Exclude list" });
        scope.Put(DefaultSection(scope, "LAYER3", "Default Layer3 Section", stateful: true, ruleId: 2));
        scope.Put(DefaultSection(scope, "LAYER2", "Default Layer2 Section", stateful: false, ruleId: 1));
        Trees(scope);
    }

    /// <summary>What every tree of policy has: its roots, and the default organization, site, enforcement point and domain.</summary>
    private static void Trees(WriteScope scope)
    {
        (string Path, PolicyResource Object)[] all =
        [
            (PolicyTree.RootPath, new OrgRoot { SystemOwned = true }),
            ("/infra", new Infra()),
            ("/infra/sites/default", new Site()),
            ("/infra/sites/default/enforcement-points/default", new EnforcementPoint { AutoEnforce = true, ConnectionInfo = new NSXTConnectionInfo { EnforcementPointAddress = "127.0.0.1" } }),
            ("/infra/domains/default", new Domain()),
            ("/orgs/default", new Org()),
            ("/orgs/default/projects/default", new Project { Default = true, SystemOwned = true }),
        ];
        Plant(scope, all);
        Plant(scope, SecuritySeeds.Always);
    }

    private static void Plant(WriteScope scope, IEnumerable<(string Path, PolicyResource Object)> all)
    {
        foreach (var (path, planted) in all)
        {
            if (PolicyWriter.Plant(scope, path, planted) is { } error)
            {
                throw new InvalidOperationException($"{path}: {error.Message}");
            }
        }
    }

    private static FirewallSection DefaultSection(WriteScope scope, string type, string name, bool stateful, int ruleId)
    {
        string id = scope.Ids.Next();
        return new FirewallSection
        {
            Id = id,
            DisplayName = name,
            SectionType = type,
            Stateful = stateful,
            IsDefault = true,
            SystemOwned = true,
            Priority = SectionOrder.Last,
            RuleCount = 1,
            Rules =
            [
                new FirewallRule
                {
                    Id = $"{ruleId}",
                    ResourceType = nameof(FirewallRule),
                    DisplayName = type == "LAYER3" ? "Default Layer3 Rule" : "Default Layer2 Rule",
                    SectionId = id,
                    Action = "ALLOW",
                    IpProtocol = type == "LAYER3" ? "IPV4_IPV6" : null,
                    IsDefault = true,
                },
            ],
        };
    }

    private static void Defaults(WriteScope scope)
    {
        Plant(scope, NetworkSeeds.All);
        Plant(scope, SecuritySeeds.All);
        Plant(scope, LoadBalancingSeeds.All);
        scope.Put(new TransportZone { Id = scope.Ids.Next(), DisplayName = "nsx-overlay-transportzone", TransportType = "OVERLAY", IsDefault = true });
        scope.Put(new TransportZone { Id = scope.Ids.Next(), DisplayName = "nsx-vlan-transportzone", TransportType = "VLAN", IsDefault = true });
        scope.Put(new VniPool { Id = scope.Ids.Next(), DisplayName = "DefaultVniPool", Ranges = [new VniRange { Start = 65_536, End = 75_000 }] });
        scope.Put(new MacPool { Id = scope.Ids.Next(), DisplayName = "DefaultMacPool", Ranges = [new MacRange { Start = "04:50:56:00:50:00", End = "04:50:56:00:FF:FF" }] });
        scope.Put(new EdgeHighAvailabilityProfile { Id = scope.Ids.Next(), DisplayName = "nsx-default-edge-high-availability-profile", SystemOwned = true });
        foreach (var profile in LoadBalancerSeed.All)
        {
            scope.Put(profile with { Id = scope.Ids.Next(), SystemOwned = true });
        }

        foreach (var profile in SwitchingProfiles())
        {
            scope.Put(profile with { Id = scope.Ids.Next(), SystemOwned = true, IsDefault = true });
        }

        foreach (var profile in HostSwitchProfiles())
        {
            scope.Put(profile with { Id = scope.Ids.Next(), SystemOwned = profile.SystemOwned });
        }

        ServiceSeeds.Put(scope);
    }

    /// <summary>Values of the default profiles (reference: switching profiles; MAC change is on in the default profile since 3.0).</summary>
    private static IEnumerable<BaseSwitchingProfile> SwitchingProfiles() =>
    [
        new SpoofGuardSwitchingProfile { DisplayName = "nsx-default-spoof-guard-vif-profile", WhiteListProviders = [] },
        new IpDiscoverySwitchingProfile
        {
            DisplayName = "nsx-default-ip-discovery-vif-profile", DuplicateIpDetection = new DuplicateIPDetection(),
        },
        new MacManagementSwitchingProfile
        {
            DisplayName = "nsx-default-mac-profile", MacChangeAllowed = true, MacLearning = new MacLearningSpec { Enabled = false, UnicastFloodingAllowed = true },
        },
        new SwitchSecuritySwitchingProfile
        {
            DisplayName = "nsx-default-switch-security-vif-profile",
            BpduFilter = new BpduFilter { Enabled = true, WhiteList = [] },
            DhcpFilter = new DhcpFilter { ClientBlockEnabled = false, ServerBlockEnabled = true },
            RateLimits = new RateLimits(),
        },
        new QosSwitchingProfile { DisplayName = "nsx-default-qos-switching-profile", Dscp = new Dscp(), ShaperConfiguration = [new IngressRateShaper(), new IngressBroadcastRateShaper(), new EgressRateShaper()] },
    ];

    private static IEnumerable<BaseHostSwitchProfile> HostSwitchProfiles() =>
    [
        new UplinkHostSwitchProfile
        {
            DisplayName = "nsx-default-uplink-hostswitch-profile",
            SystemOwned = true,
            Teaming = new TeamingPolicy
            {
                Policy = "FAILOVER_ORDER",
                ActiveList = [new Uplink { UplinkName = "uplink-1", UplinkType = "PNIC" }],
                StandbyList = [new Uplink { UplinkName = "uplink-2", UplinkType = "PNIC" }],
            },
        },
        new UplinkHostSwitchProfile
        {
            DisplayName = "nsx-edge-single-nic-uplink-profile",
            SystemOwned = true,
            Teaming = new TeamingPolicy { Policy = "FAILOVER_ORDER", ActiveList = [new Uplink { UplinkName = "uplink-1", UplinkType = "PNIC" }] },
        },
        new LldpHostSwitchProfile { DisplayName = "LLDP [Send Packet Disabled]", SystemOwned = true, SendEnabled = false },
        new LldpHostSwitchProfile { DisplayName = "LLDP [Send Packet Enabled]", SystemOwned = true, SendEnabled = true },
        new NiocProfile { DisplayName = "nsx-default-nioc-hostswitch-profile", SystemOwned = true },
    ];
}
