namespace Fabric.Manager.Tests.Policy;

/// <summary>A case for each row of groups, services, firewall policies and certificates.</summary>
internal static class SecurityCases
{
    private const string Domain = "/infra/domains/default";
    private const string Ids = "/infra/settings/firewall/security/intrusion-services";
    private const string Attribute = """[{"key":"APP_ID","datatype":"STRING","value":["AMQP"]}]""";
    private const string Timers = """
        {"icmp_error_reply":10,"icmp_first_packet":20,"tcp_closed":20,"tcp_closing":120,"tcp_established":43200,"tcp_finwait":45,"tcp_first_packet":120,
         "tcp_opening":30,"udp_first_packet":60,"udp_multiple":60,"udp_single":30}
        """;

    private static readonly (string Path, string Body) Flood = ("/infra/flood-protection-profiles/f1", """{"resource_type":"DistributedFloodProtectionProfile","icmp_active_flow_limit":100}""");
    private static readonly (string Path, string Body) Timer = ("/infra/firewall-session-timer-profiles/t1", Timers);

    public static IEnumerable<PolicyCase> All =>
    [
        new("/infra/domains/d1"),
        new("/infra/domains/d1/domain-deployment-maps/m1", """{"enforcement_point_path":"/infra/sites/default/enforcement-points/default"}""", [("/infra/domains/d1", "{}")]),
        new($"{Domain}/groups/case", """{"expression":[{"resource_type":"IPAddressExpression","id":"a","ip_addresses":["10.0.0.1"]}]}""",
            Change: """{"expression":[{"resource_type":"IPAddressExpression","id":"a","ip_addresses":["10.0.0.2"]}]}"""),
        new($"{Domain}/groups/case/firewall-flood-protection-profile-binding-maps/b1", $$"""{"profile_path":"{{Flood.Path}}","sequence_number":1}""", [($"{Domain}/groups/case", "{}"), Flood]),
        new($"{Domain}/groups/case/firewall-session-timer-profile-binding-maps/b1", $$"""{"firewall_session_timer_profile_path":"{{Timer.Path}}"}""", [($"{Domain}/groups/case", "{}"), Timer]),
        new($"{Domain}/security-policies/case", """{"category":"Application","sequence_number":7}""", Change: """{"sequence_number":8}"""),
        new($"{Domain}/security-policies/case/rules/r1", """{"action":"DROP","source_groups":["10.0.0.0/24"],"sequence_number":3}""", [($"{Domain}/security-policies/case", "{}")], """{"action":"REJECT"}"""),
        new($"{Domain}/security-policies/case/container-cluster-span/c1", """{"container_cluster_path":"/infra/sites/default/enforcement-points/default/cluster-control-planes/c"}""", [($"{Domain}/security-policies/case", "{}")]),
        new($"{Domain}/gateway-policies/case", """{"category":"LocalGatewayRules"}""", Change: """{"sequence_number":8}"""),
        new($"{Domain}/gateway-policies/case/rules/r1", """{"action":"DROP","destination_groups":["10.0.0.0/24"]}""", [($"{Domain}/gateway-policies/case", "{}")], """{"logged":true}"""),
        new("/infra/services/case", """{"service_entries":[{"id":"e","resource_type":"L4PortSetServiceEntry","l4_protocol":"TCP","destination_ports":["8443"]}]}"""),
        new("/infra/services/case/service-entries/e1", """{"resource_type":"ICMPTypeServiceEntry","protocol":"ICMPv4","icmp_type":8}""", [("/infra/services/case", "{}")], """{"resource_type":"ICMPTypeServiceEntry","icmp_type":0}"""),
        new("/infra/context-profiles/case", $$"""{"attributes":{{Attribute}}}"""),
        new("/infra/l7-access-profiles/case", """{"default_action":"ALLOW"}""", Change: """{"default_action":"REJECT"}"""),
        new("/infra/l7-access-profiles/case/l7-access-entries/e1", $$"""{"action":"ALLOW","attributes":{{Attribute}}}""", [("/infra/l7-access-profiles/case", """{"default_action":"ALLOW"}""")]),
        new("/infra/settings/firewall/security", """{"disable_auto_drafts":true}"""),
        new("/infra/settings/firewall/security/exclude-list", """{"members":[]}"""),
        new(Timer.Path, Timer.Body, Change: """{"udp_single":31}"""),
        new(Flood.Path, Flood.Body, Change: """{"resource_type":"DistributedFloodProtectionProfile","udp_active_flow_limit":5}"""),
        new("/infra/firewall-schedulers/case", """{"start_date":"02/03/2030","end_date":"03/04/2030","recurring":false,"timezone":"UTC"}"""),
        new("/infra/constraints/case", """{"target":{"target_resource_type":"Segment"},"message":"m","constraint_expression":{"resource_type":"ValueConstraintExpression","operator":"EXCLUDES","values":["x"]}}"""),
        new("/infra/tier-1s/gw/flood-protection-profile-bindings/b1", $$"""{"profile_path":"{{Flood.Path}}"}""", [("/infra/tier-1s/gw", "{}"), Flood]),
        new("/infra/tier-1s/gw/session-timer-profile-bindings/b1", $$"""{"profile_path":"{{Timer.Path}}"}""", [("/infra/tier-1s/gw", "{}"), Timer]),
        new("/infra/tier-1s/gw/security-config", """{"features":[{"feature":"IDPS","enable":true}]}""", [("/infra/tier-1s/gw", "{}")]),
        new("/infra/tier-1s/gw/locale-services/l/flood-protection-profile-bindings/b1", $$"""{"profile_path":"{{Flood.Path}}"}""", [("/infra/tier-1s/gw", "{}"), ("/infra/tier-1s/gw/locale-services/l", "{}"), Flood]),
        new("/infra/tier-1s/gw/locale-services/l/session-timer-profile-bindings/b1", $$"""{"profile_path":"{{Timer.Path}}"}""", [("/infra/tier-1s/gw", "{}"), ("/infra/tier-1s/gw/locale-services/l", "{}"), Timer]),
        new($"{Domain}/intrusion-service-policies/case", """{"sequence_number":7}""", Change: """{"sequence_number":8}"""),
        new($"{Domain}/intrusion-service-policies/case/rules/r1", $$"""{"action":"DETECT","ids_profiles":["{{Ids}}/profiles/DefaultIDSProfile"]}""", [($"{Domain}/intrusion-service-policies/case", "{}")]),
        new($"{Domain}/intrusion-service-gateway-policies/case", """{"sequence_number":7}"""),
        new($"{Domain}/intrusion-service-gateway-policies/case/rules/r1", """{"action":"DETECT_PREVENT"}""", [($"{Domain}/intrusion-service-gateway-policies/case", "{}")]),
        new(Ids, """{"auto_update":true}"""),
        new($"{Ids}/cluster-configs/c1", """{"ids_enabled":true,"cluster":{"target_id":"c"}}"""),
        new($"{Ids}/profiles/p1", """{"profile_severity":["HIGH"],"criteria":[{"resource_type":"IdsProfileFilterCriteria","filter_name":"CVSS","filter_value":["HIGH"]}]}"""),
        new($"{Ids}/signature-versions/DEFAULT"),
        new($"{Ids}/signature-versions/DEFAULT/signatures/1000001"),
        new("/infra/certificates/case", $$"""{"pem_encoded":"{{TestCertificates.Leaf.Replace("\n", "\\n", StringComparison.Ordinal)}}"}"""),
        new("/infra/crls/case", """{"crl_type":"OneCRL","one_crl":"{}"}"""),
    ];
}
