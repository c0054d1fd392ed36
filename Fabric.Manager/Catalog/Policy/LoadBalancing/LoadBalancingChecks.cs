using Fabric.Manager.Catalog.LoadBalancing;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.LoadBalancing;

/// <summary>Checks of the load balancer's objects in the policy tree.</summary>
internal static class LoadBalancingChecks
{
    private const string Gateways = "/tier-1s/";

    public static Checked<LBService> Complete(WriteScope scope, LBService? before, LBService service)
    {
        _ = before;
        if (service.ConnectivityPath is not { Length: > 0 } gateway)
        {
            return service;
        }

        if (service.Size != "DLB" && !gateway.Contains(Gateways, StringComparison.Ordinal))
        {
            return ApiErrors.LoadBalancing($"Load balancer {service.Path} needs a tier-1 gateway as connectivity_path, not {gateway}.");
        }

        var other = scope.Model.ChildrenOf<LBService>(service.ParentPath).FirstOrDefault(other => other.Path != service.Path && other.ConnectivityPath == gateway);
        return other is null ? service : ApiErrors.LoadBalancing($"Gateway {gateway} has load balancer {other.Path} already.");
    }

    public static Checked<LBVirtualServer> Complete(WriteScope scope, LBVirtualServer? before, LBVirtualServer server)
    {
        _ = before;
        var profile = scope.Model.Find<LBAppProfile>(server.ApplicationProfilePath);
        if (server.LbPersistenceProfilePath is { Length: > 0 } path && scope.Model.Find<LBPersistenceProfile>(path) is LBCookiePersistenceProfile && profile is not (null or LBHttpProfile))
        {
            return ApiErrors.LoadBalancing("Cookie persistence needs an HTTP application profile.");
        }

        if (profile is not (null or LBHttpProfile) && (server.Rules ?? []).FirstOrDefault(rule => rule.Phase != "TRANSPORT") is { } rule)
        {
            return ApiErrors.LoadBalancing($"A rule of phase {rule.Phase} needs an HTTP application profile.");
        }

        if ((server.Rules ?? []).FirstOrDefault(rule => rule.Phase is not ("HTTP_FORWARDING" or "TRANSPORT") && rule.Actions.Any(action => action is LBSelectPoolAction)) is { } chooser)
        {
            return ApiErrors.LoadBalancing($"LBSelectPoolAction is no action of phase {chooser.Phase}.");
        }

        if (server.DefaultPoolMemberPorts is { Count: > 1 } members && members.Count != server.Ports.Count)
        {
            return ApiErrors.Field("default_pool_member_ports must be one, or as many as ports");
        }

        if (server.Ports.Count != server.Ports.Distinct().Count())
        {
            return ApiErrors.Field("ports names a port twice");
        }

        return Twice(scope.Model, server, profile) is { } error ? error : server;
    }

    public static Checked<LBPool> Complete(WriteScope scope, LBPool? before, LBPool pool)
    {
        _ = before;
        if (pool.Members is { Count: > 0 } && pool.MemberGroup is not null)
        {
            return ApiErrors.Field("members and member_group may not both be given");
        }

        if ((pool.Members ?? []).GroupBy(member => (member.IpAddress, member.Port)).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            return ApiErrors.Field($"members has {twice.Key.IpAddress} port {twice.Key.Port} twice");
        }

        if ((pool.ActiveMonitorPaths ?? []).FirstOrDefault(path => scope.Model.Find<LBMonitorProfile>(path) is LBPassiveMonitorProfile) is { } passive)
        {
            return ApiErrors.LoadBalancing($"Monitor {passive} is passive, so it cannot stand in active_monitor_paths.");
        }

        return pool.PassiveMonitorPath is { Length: > 0 } named && scope.Model.Find<LBMonitorProfile>(named) is LBActiveMonitor
            ? ApiErrors.LoadBalancing($"Monitor {named} is active, so it cannot be passive_monitor_path.")
            : pool;
    }

    public static Checked<LBAppProfile> Complete(WriteScope scope, LBAppProfile? before, LBAppProfile profile)
    {
        _ = (scope, before);
        return profile is LBHttpProfile { HttpRedirectToHttps: true, HttpRedirectTo: not null }
            ? ApiErrors.Field("http_redirect_to and http_redirect_to_https may not both be given")
            : Kept(profile);
    }

    public static Checked<LBClientSslProfile> Complete(WriteScope scope, LBClientSslProfile? before, LBClientSslProfile profile)
    {
        _ = (scope, before);
        var (label, ciphers, protocols) = SslGroups.Of(profile.CipherGroupLabel, profile.Ciphers, profile.Protocols);
        bool safe = LbTls.IsSafe(protocols, ciphers);
        return profile with { CipherGroupLabel = label, Ciphers = ciphers, Protocols = protocols, IsSecure = safe, IsFips = safe };
    }

    public static Checked<LBServerSslProfile> Complete(WriteScope scope, LBServerSslProfile? before, LBServerSslProfile profile)
    {
        _ = (scope, before);
        var (label, ciphers, protocols) = SslGroups.Of(profile.CipherGroupLabel, profile.Ciphers, profile.Protocols);
        bool safe = LbTls.IsSafe(protocols, ciphers);
        return profile with { CipherGroupLabel = label, Ciphers = ciphers, Protocols = protocols, IsSecure = safe, IsFips = safe };
    }

    private static Checked<LBAppProfile> Kept(LBAppProfile profile) => new(profile, null);

    /// <summary>One load balancer cannot listen twice on the same address and port.</summary>
    private static ApiError? Twice(FabricModel model, LBVirtualServer server, LBAppProfile? profile)
    {
        if (server.LbServicePath is not { Length: > 0 } service)
        {
            return null;
        }

        bool datagrams = profile is LBFastUdpProfile;
        var other = model.ReferrersOf(ResourceKey.Of<LBService>(service)).Select(model.Find).OfType<LBVirtualServer>()
            .FirstOrDefault(other => other.Path != server.Path && !other.MarkedForDelete && other.IpAddress == server.IpAddress
                && model.Find<LBAppProfile>(other.ApplicationProfilePath) is LBFastUdpProfile == datagrams && other.Ports.Intersect(server.Ports).Any());
        return other is null ? null
            : ApiErrors.LoadBalancing($"Virtual servers {other.Path} and {server.Path} of load balancer {service} have the same address {server.IpAddress} and port {other.Ports.Intersect(server.Ports).First()}.");
    }
}
