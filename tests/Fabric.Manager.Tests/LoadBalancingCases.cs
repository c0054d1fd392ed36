namespace Fabric.Manager.Tests;

/// <summary>The load balancer's types as the catalog tests use them.</summary>
internal static class LoadBalancingCases
{
    public static IEnumerable<CatalogCase> All =>
    [
        new("/loadbalancer/services", _ => CatalogCase.Done("""{"display_name":"lb","size":"SMALL"}"""), ("enabled", "yes"), ("size", "HUGE"),
            ("virtual_server_ids", id => CatalogCase.Array($"""["{id}"]"""))),
        new("/loadbalancer/virtual-servers", async manager => CatalogCase.Json($$"""
            {"ip_address":"192.0.2.10","ip_protocol":"TCP","ports":["443","8000-8010"],"application_profile_id":"{{await ProfileAsync(manager)}}"}
            """), ("ports", "443"), ("ip_address", "192.0.2.300"), ("pool_id", id => id)),
        new("/loadbalancer/pools", _ => CatalogCase.Done("""{"algorithm":"LEAST_CONNECTION","members":[{"ip_address":"10.0.0.1","port":"80","weight":2}],"snat_translation":{"type":"LbSnatAutoMap"}}"""),
            ("members", "10.0.0.1"), ("members", CatalogCase.Array("""[{"ip_address":"10.0.0.1","weight":257}]""")), ("passive_monitor_id", id => id)),
        new("/loadbalancer/monitors", _ => CatalogCase.Done("""{"resource_type":"LbHttpMonitor","monitor_port":"8080","request_url":"/live","interval":7}"""), ("interval", "7"), ("interval", 0)),
        new("/loadbalancer/application-profiles", _ => CatalogCase.Done("""{"resource_type":"LbHttpProfile","http_redirect_to":"https://example.com"}"""), ("idle_timeout", "1"), ("idle_timeout", 0)),
        new("/loadbalancer/persistence-profiles", _ => CatalogCase.Done("""{"resource_type":"LbCookiePersistenceProfile","cookie_name":"c","cookie_time":{"type":"LbSessionCookieTime","cookie_max_idle":60}}"""),
            ("cookie_time", "long"), ("cookie_mode", "EAT")),
        new("/loadbalancer/client-ssl-profiles", _ => CatalogCase.Done("""{"protocols":["TLS_V1_2"],"session_cache_timeout":60}"""), ("protocols", "TLS_V1_2"), ("ciphers", CatalogCase.Array("""["ROT13"]"""))),
        new("/loadbalancer/server-ssl-profiles", _ => CatalogCase.Done("""{"protocols":["TLS_V1_2"],"session_cache_enabled":false}"""), ("protocols", "TLS_V1_2"), ("protocols", CatalogCase.Array("""["TLS_V9"]"""))),
        new("/loadbalancer/rules", _ => CatalogCase.Done("""
            {"phase":"HTTP_FORWARDING","match_strategy":"ALL","match_conditions":[{"type":"LbHttpRequestUriCondition","uri":"/a.*","match_type":"REGEX"}],
             "actions":[{"type":"LbHttpRejectAction","reply_status":"404"}]}
            """), ("actions", "reject"), ("phase", "LATER"), ("actions", id => CatalogCase.Array($$"""[{"type":"LbSelectPoolAction","pool_id":"{{id}}"}]"""))),
    ];

    private static Task<string> ProfileAsync(RunningManager manager)
        => manager.CreateIdAsync("/loadbalancer/application-profiles", CatalogCase.Json("""{"resource_type":"LbFastTcpProfile"}"""));
}
