namespace Fabric.Manager.Tests.Policy;

/// <summary>A case for each row of load balancing.</summary>
internal static class LoadBalancingCases
{
    private static readonly (string Path, string Body) Tcp = ("/infra/lb-app-profiles/case", """{"resource_type":"LBFastTcpProfile"}""");

    public static IEnumerable<PolicyCase> All =>
    [
        new("/infra/lb-services/case", """{"size":"MEDIUM"}""", Change: """{"size":"LARGE"}"""),
        new("/infra/lb-virtual-servers/case", $$"""{"ip_address":"10.0.0.1","ports":["80"],"application_profile_path":"{{Tcp.Path}}"}""", [Tcp], """{"ports":["81"]}"""),
        new("/infra/lb-pools/case", """{"members":[{"ip_address":"10.0.0.2","port":"80"}],"snat_translation":{"type":"LBSnatAutoMap"}}""", Change: """{"algorithm":"IP_HASH"}"""),
        new("/infra/lb-monitor-profiles/case", """{"resource_type":"LBHttpMonitorProfile","request_url":"/healthy"}""", Change: """{"resource_type":"LBHttpMonitorProfile","interval":9}"""),
        new(Tcp.Path, Tcp.Body, Change: """{"resource_type":"LBFastTcpProfile","idle_timeout":9}"""),
        new("/infra/lb-persistence-profiles/case", """{"resource_type":"LBSourceIpPersistenceProfile","timeout":60}""", Change: """{"resource_type":"LBSourceIpPersistenceProfile","timeout":61}"""),
        new("/infra/lb-client-ssl-profiles/case", """{"cipher_group_label":"HIGH_SECURITY"}""", Change: """{"session_cache_timeout":9}"""),
        new("/infra/lb-server-ssl-profiles/case", """{"protocols":["TLS_V1_2"]}""", Change: """{"session_cache_enabled":false}"""),
    ];
}
