using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Catalog.Policy.LoadBalancing;

namespace Fabric.Manager.Seeds.Policy;

/// <summary>The profiles and monitors of load balancing that a fresh NSX-T has.</summary>
internal static class LoadBalancingSeeds
{
    public static IEnumerable<(string Path, PolicyResource Object)> All =>
    [
        ("/infra/lb-app-profiles/default-tcp-lb-app-profile", new LBFastTcpProfile { SystemOwned = true }),
        ("/infra/lb-app-profiles/default-udp-lb-app-profile", new LBFastUdpProfile { SystemOwned = true }),
        ("/infra/lb-app-profiles/default-http-lb-app-profile", new LBHttpProfile { SystemOwned = true }),
        ("/infra/lb-persistence-profiles/default-cookie-lb-persistence-profile", new LBCookiePersistenceProfile { SystemOwned = true }),
        ("/infra/lb-persistence-profiles/default-generic-lb-persistence-profile", new LBGenericPersistenceProfile { SystemOwned = true }),
        ("/infra/lb-persistence-profiles/default-source-ip-lb-persistence-profile", new LBSourceIpPersistenceProfile { SystemOwned = true }),
        ("/infra/lb-monitor-profiles/default-http-lb-monitor", new LBHttpMonitorProfile { SystemOwned = true, MonitorPort = 80 }),
        ("/infra/lb-monitor-profiles/default-https-lb-monitor", new LBHttpsMonitorProfile { SystemOwned = true, MonitorPort = 443 }),
        ("/infra/lb-monitor-profiles/default-icmp-lb-monitor", new LBIcmpMonitorProfile { SystemOwned = true }),
        ("/infra/lb-monitor-profiles/default-tcp-lb-monitor", new LBTcpMonitorProfile { SystemOwned = true }),
        ("/infra/lb-monitor-profiles/default-passive-lb-monitor", new LBPassiveMonitorProfile { SystemOwned = true }),
        ("/infra/lb-client-ssl-profiles/default-balanced-client-ssl-profile", new LBClientSslProfile { SystemOwned = true, CipherGroupLabel = "BALANCED" }),
        ("/infra/lb-client-ssl-profiles/default-high-security-client-ssl-profile", new LBClientSslProfile { SystemOwned = true, CipherGroupLabel = "HIGH_SECURITY" }),
        ("/infra/lb-client-ssl-profiles/default-high-compatibility-client-ssl-profile", new LBClientSslProfile { SystemOwned = true, CipherGroupLabel = "HIGH_COMPATIBILITY" }),
        ("/infra/lb-server-ssl-profiles/default-balanced-server-ssl-profile", new LBServerSslProfile { SystemOwned = true, CipherGroupLabel = "BALANCED" }),
        ("/infra/lb-server-ssl-profiles/default-high-security-server-ssl-profile", new LBServerSslProfile { SystemOwned = true, CipherGroupLabel = "HIGH_SECURITY" }),
        ("/infra/lb-server-ssl-profiles/default-high-compatibility-server-ssl-profile", new LBServerSslProfile { SystemOwned = true, CipherGroupLabel = "HIGH_COMPATIBILITY" }),
    ];
}
