using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.LoadBalancing;
using Fabric.Manager.Catalog.Policy.LoadBalancing;
using Fabric.Manager.Catalog.Policy.Networking;
using Fabric.Manager.Catalog.Policy.Security;
using Fabric.Manager.Errors;

namespace Fabric.Manager.Realization.LoadBalancing;

/// <summary>What load balancers of the policy tree become. No data plane balances yet: what is realized is their configuration.</summary>
internal static class LoadBalancingRealizers
{
    public static readonly IReadOnlyList<Realizer> All =
    [
        Realizer.Of<LBMonitorProfile>((reader, profile) => [Rewording.Of<LbMonitor>(reader, profile, RealizedId.Of(profile))]),
        Realizer.Of<LBAppProfile>((reader, profile) => [Rewording.Of<LbAppProfile>(reader, profile, RealizedId.Of(profile))]),
        Realizer.Of<LBPersistenceProfile>((reader, profile) => [Rewording.Of<LbPersistenceProfile>(reader, profile, RealizedId.Of(profile))]),
        Realizer.Of<LBClientSslProfile>((reader, profile) => [Rewording.Of<LbClientSslProfile>(reader, profile, RealizedId.Of(profile))]),
        Realizer.Of<LBServerSslProfile>((reader, profile) => [Rewording.Of<LbServerSslProfile>(reader, profile, RealizedId.Of(profile))]),
        Realizer.Of<LBPool>(Pool),
        Realizer.Of<LBVirtualServer>(VirtualServer),
        Realizer.Of<LBService>(Service),
    ];

    private static IEnumerable<ManagedResource> Pool(IntentReader reader, LBPool pool)
    {
        var realized = Rewording.Of<LbPool>(reader, pool with { MemberGroup = null, SnatTranslation = pool.SnatTranslation is LBSnatDisabled ? null : pool.SnatTranslation }, RealizedId.Of(pool));
        if (pool.MemberGroup is { } members)
        {
            if (reader.Find<Group>(members.GroupPath) is not { } group)
            {
                reader.Refuse(ApiErrors.InvalidPath(members.GroupPath));
                yield break;
            }

            realized = realized with
            {
                MemberGroup = new PoolMemberGroup
                {
                    GroupingObject = new ResourceReference { TargetType = nameof(NSGroup), TargetId = RealizedId.Of(group), TargetDisplayName = group.DisplayName },
                    IpRevisionFilter = members.IpRevisionFilter,
                    MaxIpListSize = members.MaxIpListSize,
                    Port = members.Port,
                },
            };
        }

        yield return realized;
    }

    private static IEnumerable<ManagedResource> VirtualServer(IntentReader reader, LBVirtualServer server)
    {
        var rules = (server.Rules ?? []).Select((rule, at) => Rewording.Of<LbRule>(reader, rule, RealizedId.Of(server, $"rule-{at}")) with { DisplayName = rule.DisplayName }).ToList();
        foreach (var rule in rules)
        {
            yield return rule;
        }

        yield return Rewording.Of<LbVirtualServer>(reader, server with { Rules = null }, RealizedId.Of(server)) with
        {
            IpProtocol = reader.Find<LBAppProfile>(server.ApplicationProfilePath) is LBFastUdpProfile ? "UDP" : "TCP",
            RuleIds = rules.Count == 0 ? null : [.. rules.Select(rule => rule.Id)],
        };
    }

    private static IEnumerable<ManagedResource> Service(IntentReader reader, LBService service)
    {
        var servers = reader.Naming<LBVirtualServer>(ResourceKey.Of<LBService>(service.Path)).Where(server => server.LbServicePath == service.Path).Select(RealizedId.Of).ToList();
        var realized = Rewording.Of<LbService>(reader, service with { ConnectivityPath = null }, RealizedId.Of(service)) with { VirtualServerIds = servers.Count == 0 ? null : servers };
        if (service.ConnectivityPath is { Length: > 0 } path)
        {
            if (reader.Find<Tier1>(path) is not { } gateway || reader.Find<LogicalRouter>(RealizedId.Of(gateway)) is not { } router)
            {
                reader.Refuse(ApiErrors.LoadBalancing($"Gateway {path} is not realized."));
                yield break;
            }

            realized = realized with { Attachment = new ResourceReference { TargetType = nameof(LogicalRouter), TargetId = router.Id, TargetDisplayName = router.DisplayName } };
        }

        yield return realized;
    }
}
