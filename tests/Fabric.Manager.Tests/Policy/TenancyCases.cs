namespace Fabric.Manager.Tests.Policy;

/// <summary>A case for each row of organizations, projects, VPCs and sharing.</summary>
internal static class TenancyCases
{
    private const string Project = "/orgs/default/projects/p";
    private const string Vpc = Project + "/vpcs/v";
    private const string Subnet = Vpc + "/subnets/s";

    private static readonly (string Path, string Body)[] InProject = [(Project, "{}")];
    private static readonly (string Path, string Body)[] InVpc =
        [("/infra/ip-blocks/public", """{"cidr":"198.51.100.0/24","visibility":"EXTERNAL"}"""), .. InProject, (Vpc, """{"private_ips":["10.30.0.0/16"],"external_ipv4_blocks":["/infra/ip-blocks/public"]}""")];

    private static readonly (string Path, string Body)[] InSubnet = [.. InVpc, (Subnet, """{"access_mode":"Private","ipv4_subnet_size":32}""")];

    public static IEnumerable<PolicyCase> All =>
    [
        new("/orgs/default"),
        new("/orgs/default/projects/p1", """{"short_id":"p1"}"""),
        new(Project + "/infra", Needs: InProject),
        new(Project + "/transit-gateways/x", """{"transit_subnets":["100.72.0.0/21"]}""", InProject),
        new(Project + "/transit-gateways/default/attachments/x", """{"connection_path":"/infra/tier-0s/t0"}""", [("/infra/tier-0s/t0", "{}"), .. InProject]),
        new(Project + "/vpc-connectivity-profiles/x", """{"transit_gateway_path":"/orgs/default/projects/p/transit-gateways/default"}""", InProject),
        new(Project + "/vpc-service-profiles/x", """{"mac_discovery_profile":"/infra/mac-discovery-profiles/default-mac-discovery-profile"}""", InProject),
        new(Project + "/vpcs/x", """{"private_ips":["10.40.0.0/16"],"short_id":"x"}""", InProject),
        new(Vpc + "/attachments/x", """{"vpc_connectivity_profile":"/orgs/default/projects/p/vpc-connectivity-profiles/default"}""", InVpc),
        new(Vpc + "/ip-address-allocations/x", """{"ip_address_block_visibility":"EXTERNAL"}""", InVpc),
        new(Vpc + "/static-routes/x", """{"network":"10.50.0.0/16","next_hops":[{"ip_address":"10.30.0.5"}]}""", InVpc),
        new(Vpc + "/nat/USER", Needs: InVpc),
        new(Vpc + "/nat/USER/nat-rules/x", """{"action":"REFLEXIVE","source_network":"10.30.0.9","translated_network":"198.51.100.9"}""", InVpc),
        new(Vpc + "/subnets/x", """{"access_mode":"Private","ipv4_subnet_size":16}""", InVpc),
        new(Subnet + "/ports/x", """{"attachment":{"type":"INDEPENDENT","id":"c7d1a1f0-0000-4000-8000-0000000000aa","traffic_tag":0,"allocate_addresses":"BOTH"}}""", InSubnet),
        new(Subnet + "/ip-pools/static-ipv4-default", Needs: InSubnet),
        new(Subnet + "/ip-pools/static-ipv4-default/ip-allocations/x", Needs: InSubnet),
        new(Subnet + "/dhcp-static-binding-configs/x", """{"resource_type":"DhcpV4StaticBindingConfig","mac_address":"02:00:00:00:00:05","ip_address":"10.30.0.6"}""", InSubnet),
        new(Subnet + "/static-ip-reservations/x", """{"reserved_ips":["10.30.0.8-10.30.0.9"]}""", InSubnet),
        new(Subnet + "/dynamic-ip-reservations/x", """{"number_of_ips":3}""", InSubnet),
        new(Subnet + "/subnet-connection-binding-maps/x", """{"vlan_traffic_tag":7,"subnet_path":"/orgs/default/projects/p/vpcs/v/subnets/trunk"}""",
            [.. InSubnet, (Vpc + "/subnets/trunk", """{"ipv4_subnet_size":16}""")]),
        new(Vpc + "/vpc-lbs/x", """{"size":"SMALL"}""", InVpc),
        new(Vpc + "/vpc-lb-virtual-servers/x", """{"ip_address":"198.51.100.20","ports":["80"],"application_profile_path":"/infra/lb-app-profiles/tcp"}""",
            [.. InVpc, ("/infra/lb-app-profiles/tcp", """{"resource_type":"LBFastTcpProfile"}""")]),
        new(Vpc + "/vpc-lb-pools/x", """{"algorithm":"ROUND_ROBIN"}""", InVpc),
        new("/infra/shares/x", """{"sharing_strategy":"NONE_DESCENDANTS","sharedWith":["/orgs/default"]}"""),
        new("/infra/shares/s/resources/x", """{"resource_objects":[{"resource_path":"/infra/segments/web"}]}""", [("/infra/segments/web", "{}"), ("/infra/shares/s", "{}")]),
    ];
}
