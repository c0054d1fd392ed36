namespace Fabric.Manager.Tests.Policy;

/// <summary>Segments and their ports: what is filled in, and what cannot be.</summary>
internal sealed class SegmentTests : PolicyFixture
{
    [Test]
    public async Task A_segment_says_its_type_network_and_zone()
    {
        await PatchAsync("/infra/segments/alone");
        var alone = await ReadAsync("/infra/segments/alone");
        Assert.That(((string?)alone["type"], (string?)alone["admin_state"], (string?)alone["replication_mode"]), Is.EqualTo(("DISCONNECTED", "UP", "MTEP")));
        Assert.That((string?)alone["transport_zone_path"], Is.EqualTo($"/infra/sites/default/enforcement-points/default/transport-zones/{await Running.OverlayZoneAsync()}"));
        Assert.That(((string?)alone["advanced_config"]!["connectivity"], (string?)alone["advanced_config"]!["urpf_mode"]), Is.EqualTo(("ON", "STRICT")));

        await PatchAsync("/infra/tier-1s/t1");
        await PatchAsync("/infra/segments/alone", """{"connectivity_path":"/infra/tier-1s/t1","subnets":[{"gateway_address":"10.1.2.1/23"}]}""");
        var routed = await ReadAsync("/infra/segments/alone");
        Assert.That(((string?)routed["type"], (string?)routed["subnets"]![0]!["network"]), Is.EqualTo(("ROUTED", "10.1.2.0/23")));
        var gateway = await Running.DeleteAsync("/infra/tier-1s/t1");
        Assert.That(gateway.Message, Is.EqualTo("The object path=[/infra/tier-1s/t1] cannot be deleted as either it has children or it is being referenced by other objects path=[/infra/segments/alone]."));
    }

    [TestCase("10.0.0.0/24")]
    [TestCase("10.0.0.255/24")]
    [TestCase("224.0.0.1/24")]
    public async Task A_gateway_has_the_address_of_a_host(string address)
        => await RefusesAsync("/infra/segments/s", $$$"""{"subnets":[{"gateway_address":"{{{address}}}"}]}""", 255, address);

    [Test]
    public async Task Dhcp_stays_within_its_subnet()
    {
        await RefusesAsync("/infra/segments/s", """{"subnets":[{"gateway_address":"10.0.0.1/24","dhcp_ranges":["10.0.1.10-10.0.1.20"]}]}""", 255, "10.0.1.10-10.0.1.20");
        await RefusesAsync("/infra/segments/s", """{"subnets":[{"gateway_address":"10.0.0.1/24","dhcp_config":{"resource_type":"SegmentDhcpV4Config","server_address":"10.0.0.1/24"}}]}""", 255, "server_address");
        await RefusesAsync("/infra/segments/s", """{"subnets":[{"gateway_address":"10.0.0.1/24","dhcp_config":{"resource_type":"SegmentDhcpV6Config"}}]}""", 255, "SegmentDhcpV6Config");
        await PatchAsync("/infra/segments/s", """{"subnets":[{"gateway_address":"10.0.0.1/24","dhcp_ranges":["10.0.0.10-10.0.0.20"],"dhcp_config":{"resource_type":"SegmentDhcpV4Config","server_address":"10.0.0.2/24"}}]}""");
        await PatchAsync("/infra/segments/s/dhcp-static-binding-configs/b", """{"resource_type":"DhcpV4StaticBindingConfig","mac_address":"02:00:00:00:00:01","ip_address":"10.0.0.30"}""");
        await RefusesAsync("/infra/segments/s/dhcp-static-binding-configs/c", """{"resource_type":"DhcpV4StaticBindingConfig","mac_address":"02:00:00:00:00:02","ip_address":"10.0.0.30"}""", 255, "10.0.0.30 is bound already");
        await RefusesAsync("/infra/segments/s/dhcp-static-binding-configs/c", """{"resource_type":"DhcpV4StaticBindingConfig","mac_address":"02:00:00:00:00:02","ip_address":"10.9.0.30"}""", 255, "10.9.0.30");
    }

    [Test]
    public async Task Segments_of_one_gateway_share_no_addresses()
    {
        await PatchAsync("/infra/tier-1s/t1");
        await PatchAsync("/infra/tier-1s/t2");
        await PatchAsync("/infra/segments/a", """{"connectivity_path":"/infra/tier-1s/t1","subnets":[{"gateway_address":"10.0.0.1/24"}]}""");
        await RefusesAsync("/infra/segments/b", """{"connectivity_path":"/infra/tier-1s/t1","subnets":[{"gateway_address":"10.0.0.129/25"}]}""", 500105, "/infra/segments/a");
        await RefusesAsync("/infra/tier-1s/t1/segments/b", """{"subnets":[{"gateway_address":"10.0.0.129/25"}]}""", 500105, "/infra/segments/a");
        await PatchAsync("/infra/segments/b", """{"connectivity_path":"/infra/tier-1s/t2","subnets":[{"gateway_address":"10.0.0.129/25"}]}""");
        await PatchAsync("/infra/tier-1s/t2/segments/fixed", """{"subnets":[{"gateway_address":"10.7.0.1/24"}]}""");
        Assert.That((string?)(await ReadAsync("/infra/tier-1s/t2/segments/fixed"))["connectivity_path"], Is.EqualTo("/infra/tier-1s/t2"));
    }

    [Test]
    public async Task Vlan_segments_name_their_vlans_and_no_two_segments_one_vni()
    {
        const string zone = "/infra/sites/default/enforcement-points/default/transport-zones/vlans";
        await PatchAsync(zone, """{"tz_type":"VLAN_BACKED"}""");
        await RefusesAsync("/infra/segments/v", $$"""{"transport_zone_path":"{{zone}}"}""", 255, "vlan_ids");
        await RefusesAsync("/infra/segments/v", $$"""{"transport_zone_path":"{{zone}}","vlan_ids":["20-10"]}""", 255, "20-10");
        await RefusesAsync("/infra/segments/v", $$"""{"transport_zone_path":"{{zone}}","vlan_ids":["4095"]}""", 255, "4095");
        await PatchAsync("/infra/segments/v", $$"""{"transport_zone_path":"{{zone}}","vlan_ids":["10","20-30"]}""");
        await PatchAsync("/infra/segments/a", """{"overlay_id":71000}""");
        await RefusesAsync("/infra/segments/b", """{"overlay_id":71000}""", 503012, "/infra/segments/a");
    }

    [Test]
    public async Task A_segment_with_vifs_stays_unless_it_is_forced()
    {
        await PatchAsync("/infra/segments/s");
        await PatchAsync("/infra/segments/s/ports/p", """{"attachment":{"id":"5e9d1a50-0000-4000-8000-000000000001"}}""");
        await PatchAsync("/infra/segments/s/ports/p/port-security-profile-binding-maps/m", """{"segment_security_profile_path":"/infra/segment-security-profiles/default-segment-security-profile"}""");
        var refused = await Running.DeleteAsync("/infra/segments/s");
        Assert.That((refused.Code, refused.ErrorCode), Is.EqualTo((400, 503040)));
        await PatchAsync("/infra/segments/s/ports/p", """{"attachment":null}""");
        Assert.That((await Running.DeleteAsync("/infra/segments/s")).ErrorCode, Is.EqualTo(500030));
        await PatchAsync("/infra/segments/s/ports/p", """{"attachment":{"id":"5e9d1a50-0000-4000-8000-000000000001"}}""");
        await DeletesAsync("/infra/segments/s?force=true");
        Assert.That((await Running.GetAsync("/infra/segments/s/ports/p/port-security-profile-binding-maps/m")).Code, Is.EqualTo(404));
    }

    [Test]
    public async Task A_vif_has_one_port_and_a_child_its_parent_and_tag()
    {
        await PatchAsync("/infra/segments/s");
        await PatchAsync("/infra/segments/s/ports/parent", """{"attachment":{"id":"vif-1","type":"PARENT"}}""");
        await RefusesAsync("/infra/segments/s/ports/other", """{"attachment":{"id":"vif-1","type":"PARENT"}}""", 503101, "/infra/segments/s/ports/parent");
        await RefusesAsync("/infra/segments/s/ports/child", """{"attachment":{"id":"vif-2","type":"CHILD","traffic_tag":5}}""", 255, "context_id");
        await RefusesAsync("/infra/segments/s/ports/child", """{"attachment":{"id":"vif-2","type":"CHILD","context_id":"vif-1"}}""", 255, "traffic_tag");
        await PatchAsync("/infra/segments/s/ports/child", """{"attachment":{"id":"vif-2","type":"CHILD","context_id":"vif-1","traffic_tag":5}}""");
        await DeletesAsync("/infra/segments/s/ports/parent");
        await PatchAsync("/infra/segments/s/ports/other", """{"attachment":{"id":"vif-1","type":"PARENT"}}""");
    }

    [Test]
    public async Task Profiles_have_the_values_of_a_fresh_nsx_and_both_names_of_a_field()
    {
        Assert.That((bool)(await ReadAsync("/infra/segment-security-profiles/default-segment-security-profile"))["dhcp_server_block_enabled"]!);
        Assert.That((await Running.DeleteAsync("/infra/spoofguard-profiles/default-spoofguard-profile")).Code, Is.EqualTo(400));
        await PatchAsync("/infra/spoofguard-profiles/s", """{"address_binding_whitelist":true}""");
        Assert.That((bool)(await ReadAsync("/infra/spoofguard-profiles/s"))["address_binding_allowlist"]!);
        await PatchAsync("/infra/spoofguard-profiles/s", """{"address_binding_allowlist":false}""");
        Assert.That((bool)(await ReadAsync("/infra/spoofguard-profiles/s"))["address_binding_whitelist"]!, Is.False);
        await PatchAsync("/infra/segments/s");
        await PatchAsync("/infra/segments/s/segment-security-profile-binding-maps/m", """{"spoofguard_profile_path":"/infra/spoofguard-profiles/s"}""");
        Assert.That((await Running.DeleteAsync("/infra/spoofguard-profiles/s")).ErrorCode, Is.EqualTo(500030));
        await DeletesAsync("/infra/segments/s");
        await DeletesAsync("/infra/spoofguard-profiles/s");
    }
}
