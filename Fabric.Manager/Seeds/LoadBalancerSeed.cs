using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.LoadBalancing;

namespace Fabric.Manager.Seeds;

/// <summary>The load balancer profiles and monitors that come with the manager.</summary>
internal static class LoadBalancerSeed
{
    public static readonly IReadOnlyList<ManagedResource> All =
    [
        new LbFastTcpProfile { DisplayName = "nsx-default-lb-fast-tcp-profile" },
        new LbFastUdpProfile { DisplayName = "nsx-default-lb-fast-udp-profile" },
        new LbHttpProfile { DisplayName = "nsx-default-lb-http-profile" },
        new LbSourceIpPersistenceProfile { DisplayName = "nsx-default-source-ip-persistence-profile" },
        new LbCookiePersistenceProfile { DisplayName = "nsx-default-cookie-persistence-profile", CookieName = "NSXLB" },
        new LbClientSslProfile
        {
            DisplayName = "nsx-default-client-ssl-profile", Protocols = LbTls.DefaultProtocols, Ciphers = LbTls.BalancedCiphers, CipherGroupLabel = "BALANCED", IsSecure = true, IsFips = true,
        },
        new LbServerSslProfile
        {
            DisplayName = "nsx-default-server-ssl-profile", Protocols = LbTls.DefaultProtocols, Ciphers = LbTls.BalancedCiphers, CipherGroupLabel = "BALANCED", IsSecure = true, IsFips = true,
        },
        new LbHttpMonitor { DisplayName = "nsx-default-http-monitor", MonitorPort = "80", RequestUrl = "/", ResponseStatusCodes = [200] },
        new LbIcmpMonitor { DisplayName = "nsx-default-icmp-monitor" },
        new LbTcpMonitor { DisplayName = "nsx-default-tcp-monitor" },
        new LbPassiveMonitor { DisplayName = "nsx-default-passive-monitor" },
    ];
}
