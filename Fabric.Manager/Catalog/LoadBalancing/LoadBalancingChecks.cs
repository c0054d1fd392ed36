using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.LoadBalancing;

/// <summary>Checks of the load balancer's resources.</summary>
internal static class LoadBalancingChecks
{
    public static Checked<LbService> Complete(WriteScope scope, LbService? before, LbService service)
    {
        if (service.Attachment is { } attachment)
        {
            if (scope.Model.Find<LogicalRouter>(attachment.TargetId) is not { } router)
            {
                return ApiErrors.MissingReference("attachment", ResourceKey.Of<LogicalRouter>(attachment.TargetId ?? ""));
            }

            if (router.RouterType != "TIER1")
            {
                return ApiErrors.LoadBalancing($"Load balancer {service.Id} can stand on a TIER1 router only; {router.Id} is {router.RouterType}.");
            }

            if (scope.Model.All<LbService>().FirstOrDefault(other => other.Id != service.Id && other.Attachment?.TargetId == router.Id) is { } other)
            {
                return ApiErrors.LoadBalancing($"Router {router.Id} has load balancer {other.Id} already.");
            }
        }

        foreach (string server in service.VirtualServerIds ?? [])
        {
            if (scope.Model.All<LbService>().FirstOrDefault(other => other.Id != service.Id && other.VirtualServerIds?.Contains(server) == true) is { } holder)
            {
                return ApiErrors.LoadBalancing($"Virtual server {server} belongs to load balancer {holder.Id}.");
            }
        }

        return AddressTwice(scope.Model, service, null) is { } twice ? twice : service;
    }

    public static Checked<LbVirtualServer> Complete(WriteScope scope, LbVirtualServer? before, LbVirtualServer server)
    {
        var profile = scope.Model.Find<LbAppProfile>(server.ApplicationProfileId);
        if ((profile is LbFastUdpProfile) != (server.IpProtocol == "UDP"))
        {
            return ApiErrors.LoadBalancing($"Application profile {profile?.ResourceType} cannot serve ip_protocol {server.IpProtocol}.");
        }

        if (server.Ports is not null && server.Port is not null && (server.Ports.Count != 1 || server.Ports[0] != server.Port))
        {
            return ApiErrors.Field("port and ports may not both be given");
        }

        if (server.DefaultPoolMemberPorts is not null && server.DefaultPoolMemberPort is not null)
        {
            return ApiErrors.Field("default_pool_member_port and default_pool_member_ports may not both be given");
        }

        bool layer7 = profile is LbHttpProfile;
        if (scope.Model.Find<LbPersistenceProfile>(server.PersistenceProfileId) is LbCookiePersistenceProfile && !layer7)
        {
            return ApiErrors.LoadBalancing("Cookie persistence needs an HTTP application profile.");
        }

        foreach (string rule in server.RuleIds ?? [])
        {
            if (!layer7 && scope.Model.Find<LbRule>(rule)?.Phase != "TRANSPORT")
            {
                return ApiErrors.LoadBalancing($"Rule {rule} needs an HTTP application profile.");
            }
        }

        var service = scope.Model.All<LbService>().FirstOrDefault(service => service.VirtualServerIds?.Contains(server.Id) == true);
        return service is not null && AddressTwice(scope.Model, service, server) is { } twice ? twice : server;
    }

    public static Checked<LbPool> Complete(WriteScope scope, LbPool? before, LbPool pool)
    {
        if (pool.Members is { Count: > 0 } && pool.MemberGroup is not null)
        {
            return ApiErrors.Field("members and member_group may not both be given");
        }

        var twice = (pool.Members ?? []).GroupBy(member => (member.IpAddress, member.Port)).FirstOrDefault(same => same.Count() > 1);
        if (twice is not null)
        {
            return ApiErrors.Field($"members has {twice.Key.IpAddress} port {twice.Key.Port} twice");
        }

        if ((pool.ActiveMonitorIds ?? []).FirstOrDefault(id => scope.Model.Find<LbMonitor>(id) is LbPassiveMonitor) is { } passive)
        {
            return ApiErrors.LoadBalancing($"Monitor {passive} is passive, so it cannot stand in active_monitor_ids.");
        }

        return pool.PassiveMonitorId is { } named && scope.Model.Find<LbMonitor>(named) is not LbPassiveMonitor
            ? ApiErrors.LoadBalancing($"Monitor {named} is active, so it cannot be passive_monitor_id.")
            : pool;
    }

    public static Checked<LbRule> Complete(WriteScope scope, LbRule? before, LbRule rule)
    {
        bool choosesPool = rule.Actions.Any(action => action is LbSelectPoolAction);
        return choosesPool && rule.Phase is not ("HTTP_FORWARDING" or "TRANSPORT")
            ? ApiErrors.LoadBalancing($"LbSelectPoolAction is no action of phase {rule.Phase}.")
            : rule.Actions.Count == 0 ? ApiErrors.Field("actions has 0 items, at least 1 are needed") : rule;
    }

    public static Checked<LbMonitor> Complete(WriteScope scope, LbMonitor? before, LbMonitor monitor) => monitor switch
    {
        LbHttpMonitor http => http with { ResponseStatusCodes = http.ResponseStatusCodes ?? [200] },
        LbHttpsMonitor https => https with
        {
            ResponseStatusCodes = https.ResponseStatusCodes ?? [200],
            Protocols = https.Protocols ?? LbTls.DefaultProtocols,
            Ciphers = https.Ciphers ?? LbTls.BalancedCiphers,
            IsSecure = LbTls.IsSafe(https.Protocols, https.Ciphers),
            IsFips = LbTls.IsSafe(https.Protocols, https.Ciphers),
        },
        _ => monitor,
    };

    public static Checked<LbClientSslProfile> Complete(WriteScope scope, LbClientSslProfile? before, LbClientSslProfile profile) => profile with
    {
        Protocols = profile.Protocols ?? LbTls.DefaultProtocols,
        Ciphers = profile.Ciphers ?? LbTls.BalancedCiphers,
        IsSecure = LbTls.IsSafe(profile.Protocols, profile.Ciphers),
        IsFips = LbTls.IsSafe(profile.Protocols, profile.Ciphers),
    };

    public static Checked<LbServerSslProfile> Complete(WriteScope scope, LbServerSslProfile? before, LbServerSslProfile profile) => profile with
    {
        Protocols = profile.Protocols ?? LbTls.DefaultProtocols,
        Ciphers = profile.Ciphers ?? LbTls.BalancedCiphers,
        IsSecure = LbTls.IsSafe(profile.Protocols, profile.Ciphers),
        IsFips = LbTls.IsSafe(profile.Protocols, profile.Ciphers),
    };

    /// <summary>One service cannot listen twice on the same address and port.</summary>
    private static ApiError? AddressTwice(FabricModel model, LbService service, LbVirtualServer? changed)
    {
        var taken = new Dictionary<(string Ip, string Protocol, string Port), string>();
        foreach (string id in service.VirtualServerIds ?? [])
        {
            var server = id == changed?.Id ? changed : model.Find<LbVirtualServer>(id);
            foreach (string port in server?.Ports ?? (server?.Port is { } one ? [one] : []))
            {
                if (!taken.TryAdd((server!.IpAddress, server.IpProtocol, port), id))
                {
                    return ApiErrors.LoadBalancing($"Virtual servers {taken[(server.IpAddress, server.IpProtocol, port)]} and {id} of load balancer {service.Id} have the same address {server.IpAddress} port {port}.");
                }
            }
        }

        return null;
    }
}
