namespace Fabric.Manager.Tests.Policy;

/// <summary>Gateways and what routes below them: what is born with each, what is filled in, and what cannot be.</summary>
internal sealed class GatewayTests : PolicyFixture
{
    [Test]
    public async Task A_gateway_is_born_with_its_nat_sections_and_takes_them_along()
    {
        await PatchAsync("/infra/tier-1s/t1");
        await PatchAsync("/infra/tier-0s/t0");
        foreach (string gateway in new[] { "/infra/tier-1s/t1", "/infra/tier-0s/t0" })
        {
            Assert.That((await Running.GetAsync(gateway + "/nat")).Results.Select(nat => (string)nat!["id"]!), Is.EquivalentTo(new[] { "INTERNAL", "USER", "DEFAULT", "NAT64" }));
            Assert.That((await Running.PutAsync(gateway + "/nat/MINE", Body("{}"))).Code, Is.EqualTo(405).Or.EqualTo(404).Or.EqualTo(501));
        }

        await PatchAsync("/infra/tier-1s/t1/nat/USER/nat-rules/r", """{"action":"SNAT","translated_network":"192.0.2.1"}""");
        Assert.That((await Running.DeleteAsync("/infra/tier-1s/t1")).Message, Does.Contain("/infra/tier-1s/t1/nat/USER/nat-rules/r"));
        await DeletesAsync("/infra/tier-1s/t1/nat/USER/nat-rules/r");
        await DeletesAsync("/infra/tier-1s/t1");
        Assert.That((await Running.GetAsync("/infra/tier-1s/t1/nat/USER")).Code, Is.EqualTo(404));
    }

    [Test]
    public async Task A_tier_0_has_its_inner_networks_and_a_locale_its_bgp()
    {
        await PatchAsync("/infra/tier-0s/t0");
        var gateway = await ReadAsync("/infra/tier-0s/t0");
        Assert.That(((string?)gateway["ha_mode"], (string?)gateway["transit_subnets"]![0], (string?)gateway["internal_transit_subnets"]![0]), Is.EqualTo(("ACTIVE_ACTIVE", "100.64.0.0/16", "169.254.0.0/24")));
        Assert.That(gateway["ipv6_profile_paths"]!.AsArray().Select(path => (string?)path), Is.EqualTo(new[] { "/infra/ipv6-ndra-profiles/default", "/infra/ipv6-dad-profiles/default" }));
        await PatchAsync("/infra/tier-0s/t0/locale-services/default");
        var bgp = await ReadAsync("/infra/tier-0s/t0/locale-services/default/bgp");
        Assert.That(((string?)bgp["local_as_num"], (bool)bgp["enabled"]!, (string?)bgp["graceful_restart_config"]!["mode"]), Is.EqualTo(("65000", true, "HELPER_ONLY")));
        await PatchAsync("/infra/tier-0s/t0/locale-services/default/bgp", """{"local_as_num":"65001.7","ecmp":false}""");
        await RefusesAsync("/infra/tier-0s/t0/locale-services/default/bgp", """{"local_as_num":"0"}""", 255, "local_as_num 0");
    }

    [Test]
    public async Task A_vrf_lives_on_a_gateway_that_is_none()
    {
        await PatchAsync("/infra/tier-0s/t0", """{"ha_mode":"ACTIVE_STANDBY"}""");
        await PatchAsync("/infra/tier-0s/vrf", """{"vrf_config":{"tier0_path":"/infra/tier-0s/t0"}}""");
        Assert.That((string?)(await ReadAsync("/infra/tier-0s/vrf"))["ha_mode"], Is.EqualTo("ACTIVE_STANDBY"));
        await RefusesAsync("/infra/tier-0s/other", """{"vrf_config":{"tier0_path":"/infra/tier-0s/vrf"}}""", 503500, "/infra/tier-0s/vrf");
        Assert.That((await Running.DeleteAsync("/infra/tier-0s/t0")).ErrorCode, Is.EqualTo(500030));
    }

    [Test]
    public async Task Neighbors_have_addresses_and_as_numbers_and_their_passwords_are_not_shown()
    {
        const string bgp = "/infra/tier-0s/t0/locale-services/default/bgp";
        await PatchAsync("/infra/tier-0s/t0");
        await PatchAsync("/infra/tier-0s/t0/locale-services/default");
        await PatchAsync(bgp + "/neighbors/n", """{"neighbor_address":"10.0.0.1","remote_as_num":"65001","password":"hidden-word"}""");
        Assert.That((await ReadAsync(bgp + "/neighbors/n")).ToJsonString(), Does.Not.Contain("hidden-word"));
        await RefusesAsync(bgp + "/neighbors/m", """{"neighbor_address":"10.0.0.1","remote_as_num":"65001"}""", 503500, bgp + "/neighbors/n");
        await RefusesAsync(bgp + "/neighbors/m", """{"neighbor_address":"10.0.0.2","remote_as_num":"x"}""", 255, "remote_as_num x");
        await RefusesAsync(bgp + "/neighbors/m", """{"neighbor_address":"10.0.0.2","remote_as_num":"1","keep_alive_time":90,"hold_down_time":30}""", 255, "keep_alive_time");
        await PatchAsync("/infra/tier-0s/t0/prefix-lists/p", """{"prefixes":[{"network":"10.0.0.0/8"}]}""");
        await PatchAsync(bgp + "/neighbors/n", """{"route_filtering":[{"address_family":"IPV4","in_route_filters":["/infra/tier-0s/t0/prefix-lists/p"]}]}""");
        Assert.That((await Running.DeleteAsync("/infra/tier-0s/t0/prefix-lists/p")).Message, Does.Contain(bgp + "/neighbors/n"));
    }

    [TestCase("""{"network":"10.0.0.1/24","next_hops":[{"ip_address":"10.9.0.1"}]}""", "10.0.0.1/24")]
    [TestCase("""{"network":"10.0.0.0/24","next_hops":[{"ip_address":"2001:db8::1"}]}""", "2001:db8::1")]
    [TestCase("""{"network":"10.0.0.0/24","next_hops":[]}""", "next_hops")]
    public async Task A_static_route_leads_to_a_network_by_next_hops_of_its_version(string body, string named)
    {
        await PatchAsync("/infra/tier-1s/t1");
        await RefusesAsync("/infra/tier-1s/t1/static-routes/r", body, 255, named);
    }

    [TestCase("prefix-lists", """{"prefixes":[{"network":"10.0.0.1/8"}]}""", "10.0.0.1/8")]
    [TestCase("prefix-lists", """{"prefixes":[{"network":"10.0.0.0/8","ge":24,"le":16}]}""", "ge")]
    [TestCase("community-lists", """{"communities":["65000"]}""", "65000")]
    public async Task Lists_of_routes_are_well_written(string list, string body, string named)
    {
        await PatchAsync("/infra/tier-0s/t0");
        await RefusesAsync($"/infra/tier-0s/t0/{list}/x", body, 255, named);
        await PatchAsync("/infra/tier-0s/t0/prefix-lists/any", """{"prefixes":[{"network":"ANY","action":"DENY"}]}""");
    }

    [TestCase("USER", """{"action":"SNAT"}""", "translated_network")]
    [TestCase("USER", """{"action":"DNAT","translated_network":"10.0.0.1"}""", "destination_network")]
    [TestCase("USER", """{"action":"REFLEXIVE","source_network":"10.0.0.1","translated_network":"192.0.2.1","destination_network":"10.1.0.0/16"}""", "destination_network")]
    [TestCase("USER", """{"action":"NO_SNAT","translated_network":"192.0.2.1"}""", "translated_network")]
    [TestCase("USER", """{"action":"SNAT","translated_network":"192.0.2.1","translated_ports":"80"}""", "translated_ports")]
    [TestCase("USER", """{"action":"SNAT","translated_network":"192.0.2.999"}""", "192.0.2.999")]
    public async Task A_nat_rule_has_the_networks_of_its_action(string section, string body, string named)
    {
        await PatchAsync("/infra/tier-1s/t1");
        await RefusesAsync($"/infra/tier-1s/t1/nat/{section}/nat-rules/r", body, 255, named);
        await RefusesAsync("/infra/tier-1s/t1/nat/NAT64/nat-rules/r", """{"action":"SNAT","translated_network":"192.0.2.1"}""", 503600, "NAT64");
        await PatchAsync("/infra/tier-1s/t1/nat/USER/nat-rules/b", """{"action":"DNAT","destination_network":"192.0.2.1","translated_network":"10.0.0.1","translated_ports":"8080","sequence_number":20}""");
        await PatchAsync("/infra/tier-1s/t1/nat/USER/nat-rules/a", """{"action":"NO_SNAT","sequence_number":30}""");
        Assert.That((await Running.GetAsync("/infra/tier-1s/t1/nat/USER/nat-rules")).Results.Select(rule => (string)rule!["id"]!), Is.EqualTo(new[] { "b", "a" }), "by sequence number");
    }

    [Test]
    public async Task Interfaces_have_a_segment_and_the_address_of_a_host()
    {
        await PatchAsync("/infra/segments/up");
        await PatchAsync("/infra/tier-0s/t0");
        await PatchAsync("/infra/tier-0s/t0/locale-services/default");
        const string ports = "/infra/tier-0s/t0/locale-services/default/interfaces";
        await RefusesAsync(ports + "/a", """{"subnets":[{"ip_addresses":["10.0.0.2"],"prefix_len":24}]}""", 255, "segment_path");
        await RefusesAsync(ports + "/a", """{"segment_path":"/infra/segments/up","subnets":[{"ip_addresses":["10.0.0.255"],"prefix_len":24}]}""", 255, "10.0.0.255/24");
        await RefusesAsync(ports + "/a", """{"segment_path":"/infra/segments/up","subnets":[{"ip_addresses":["10.0.0.2"],"prefix_len":33}]}""", 255, "33");
        await PatchAsync(ports + "/a", """{"segment_path":"/infra/segments/up","subnets":[{"ip_addresses":["10.0.0.2"],"prefix_len":24}]}""");
        await PatchAsync(ports + "/lo", """{"type":"LOOPBACK","subnets":[{"ip_addresses":["10.255.0.1"],"prefix_len":32}]}""");
        Assert.That((await Running.DeleteAsync("/infra/segments/up")).Message, Does.Contain(ports + "/a"));
        await PatchAsync("/infra/tier-1s/t1");
        await PatchAsync("/infra/tier-1s/t1/locale-services/default");
        await RefusesAsync("/infra/tier-1s/t1/locale-services/default", """{"route_redistribution_config":{"bgp_enabled":true}}""", 503500, "tier-1");
    }

    [Test]
    public async Task The_default_zone_of_a_dns_forwarder_answers_for_everything()
    {
        await PatchAsync("/infra/tier-1s/t1");
        await PatchAsync("/infra/dns-forwarder-zones/all", """{"upstream_servers":["10.0.0.53"]}""");
        await PatchAsync("/infra/dns-forwarder-zones/some", """{"upstream_servers":["10.0.0.54"],"dns_domain_names":["example.com"]}""");
        await RefusesAsync("/infra/tier-1s/t1/dns-forwarder", """{"listener_ip":"10.0.0.1","default_forwarder_zone_path":"/infra/dns-forwarder-zones/some"}""", 503500, "zones/some");
        await PatchAsync("/infra/tier-1s/t1/dns-forwarder", """{"listener_ip":"10.0.0.1","default_forwarder_zone_path":"/infra/dns-forwarder-zones/all","conditional_forwarder_zone_paths":["/infra/dns-forwarder-zones/some"]}""");
        await DeletesAsync("/infra/tier-1s/t1/dns-forwarder");
        await DeletesAsync("/infra/tier-1s/t1");
    }
}
