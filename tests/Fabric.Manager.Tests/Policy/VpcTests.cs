using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests.Policy;

/// <summary>VPCs: subnets carved for them, addresses of ports, public addresses.</summary>
internal sealed class VpcTests
{
    private const string Vpc = "/orgs/default/projects/dev/vpcs/v1";
    private RunningManager _manager = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _manager = await RunningManager.StartAsync();
        await PatchAsync("/infra/ip-blocks/public", """{"cidr":"198.51.100.0/28","visibility":"EXTERNAL"}""");
        await PatchAsync("/orgs/default/projects/dev", """{"external_ipv4_blocks":["/infra/ip-blocks/public"]}""");
        await PatchAsync("/orgs/default/projects/dev/vpc-connectivity-profiles/default", """{"external_ip_blocks":["/infra/ip-blocks/public"]}""");
        await PatchAsync(Vpc, """{"private_ips":["10.244.0.0/26"]}""");
        await PatchAsync(Vpc + "/attachments/default", """{"vpc_connectivity_profile":"/orgs/default/projects/dev/vpc-connectivity-profiles/default"}""");
    }

    [TearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [Test]
    public async Task A_project_is_born_with_its_infra_a_domain_and_what_vpcs_use_by_default()
    {
        foreach (string path in new[] { "infra", "infra/domains/default", "transit-gateways/default", "vpc-connectivity-profiles/default", "vpc-service-profiles/default" })
        {
            Assert.That((await _manager.GetAsync($"/orgs/default/projects/dev/{path}")).Code, Is.EqualTo(200), path);
        }

        await PatchAsync("/orgs/default/projects/dev/infra/segments/s", "{}");
        Assert.That((await _manager.GetAsync("/orgs/default/projects/dev/infra/segments")).Results, Has.Count.EqualTo(1));
        Assert.That((await _manager.GetAsync("/infra/segments")).Results, Is.Empty);
        await PatchAsync("/orgs/default/projects/gone", "{}");
        Assert.That((await _manager.DeleteAsync("/orgs/default/projects/gone")).Code, Is.EqualTo(200));
        Assert.That((await _manager.GetAsync("/orgs/default/projects/gone/infra")).Code, Is.EqualTo(404));
        Assert.That((await _manager.DeleteAsync("/orgs/default/projects/dev")).ErrorCode, Is.EqualTo(500030));
    }

    [Test]
    public async Task Private_subnets_are_carved_from_the_networks_of_the_vpc_until_those_are_full()
    {
        var subnets = new List<string>();
        foreach (string id in new[] { "a", "b", "c", "d" })
        {
            await PatchAsync($"{Vpc}/subnets/{id}", """{"access_mode":"Private","ipv4_subnet_size":16}""");
            subnets.Add((string)(await _manager.GetAsync($"{Vpc}/subnets/{id}")).Object["ip_addresses"]![0]!);
        }

        Assert.That(subnets, Is.EqualTo(new[] { "10.244.0.0/28", "10.244.0.16/28", "10.244.0.32/28", "10.244.0.48/28" }));
        var full = await _manager.PatchAsync($"{Vpc}/subnets/e", Body("""{"access_mode":"Private","ipv4_subnet_size":16}"""));
        Assert.That((full.Code, full.ErrorCode), Is.EqualTo((400, 5109)));
        Assert.That((await _manager.DeleteAsync($"{Vpc}/subnets/b")).Code, Is.EqualTo(200));
        await PatchAsync($"{Vpc}/subnets/e", """{"access_mode":"Private","ipv4_subnet_size":16}""");
        Assert.That((string?)(await _manager.GetAsync($"{Vpc}/subnets/e")).Object["ip_addresses"]![0], Is.EqualTo("10.244.0.16/28"));
        var overlapping = await _manager.PatchAsync($"{Vpc}/subnets/f", Body("""{"access_mode":"Private","ip_addresses":["10.244.0.16/29"]}"""));
        Assert.That((overlapping.Code, overlapping.ErrorCode), Is.EqualTo((400, 500105)));
    }

    [Test]
    public async Task A_subnet_keeps_its_network_and_shows_gateway_dhcp_server_and_pool()
    {
        await PatchAsync($"{Vpc}/subnets/s", """{"access_mode":"Public","ipv4_subnet_size":8,"subnet_dhcp_config":{"mode":"DHCP_SERVER"},"advanced_config":{"static_ip_allocation":{"enabled":true}}}""");
        var subnet = (await _manager.GetAsync($"{Vpc}/subnets/s")).Object;
        Assert.That((string?)subnet["ip_addresses"]![0], Is.EqualTo("198.51.100.0/29"));
        Assert.That((string?)subnet["ip_blocks"]![0], Is.EqualTo("/infra/ip-blocks/public"));
        Assert.That((string?)subnet["advanced_config"]!["gateway_addresses"]![0], Is.EqualTo("198.51.100.1/29"));
        Assert.That((string?)subnet["advanced_config"]!["dhcp_server_addresses"]![0], Is.EqualTo("198.51.100.2/29"));
        var status = (await _manager.GetAsync($"{Vpc}/subnets/s/status")).Results[0]!;
        Assert.That(((string?)status["network_address"], (string?)status["gateway_address"]), Is.EqualTo(("198.51.100.0/29", "198.51.100.1/29")));
        var pools = (await _manager.GetAsync($"{Vpc}/subnets/s/ip-pools")).Results;
        Assert.That((long)pools[0]!["pool_usage"]!["total_ips"]!, Is.EqualTo(4));
        var moved = await _manager.PatchAsync($"{Vpc}/subnets/s", Body("""{"ip_addresses":["198.51.100.8/29"]}"""));
        Assert.That((moved.Code, moved.ErrorCode), Is.EqualTo((400, 508128)));
        var used = await _manager.DeleteAsync("/infra/ip-blocks/public");
        Assert.That(used.Message, Does.Contain($"{Vpc}/subnets/s"));
    }

    [Test]
    public async Task Ports_get_addresses_of_their_subnet_give_them_back_and_may_ask_for_one()
    {
        await PatchAsync($"{Vpc}/subnets/s", """{"access_mode":"Private","ipv4_subnet_size":8}""");
        for (int i = 0; i < 5; i++)
        {
            await PatchAsync($"{Vpc}/subnets/s/ports/p{i}", $$$"""{"attachment":{"type":"INDEPENDENT","id":"00000000-0000-4000-8000-00000000000{{{i}}}","allocate_addresses":"BOTH"}}""");
        }

        var full = await _manager.PatchAsync($"{Vpc}/subnets/s/ports/p9", Body("{}"));
        Assert.That((full.Code, full.ErrorCode), Is.EqualTo((400, 8212)));
        Assert.That((await _manager.DeleteAsync($"{Vpc}/subnets/s/ports/p2")).Code, Is.EqualTo(200));
        var taken = await _manager.PatchAsync($"{Vpc}/subnets/s/ports/p8", Body("""{"address_bindings":[{"ip_address":"10.244.0.2"}]}"""));
        Assert.That((taken.Code, taken.ErrorCode), Is.EqualTo((400, 508135)));
        await PatchAsync($"{Vpc}/subnets/s/ports/p9", "{}");
        var twice = await _manager.PatchAsync($"{Vpc}/subnets/s/ports/p0", Body("""{"attachment":{"type":"INDEPENDENT","id":"00000000-0000-4000-8000-000000000001"}}"""));
        Assert.That((twice.Code, twice.ErrorCode), Is.EqualTo((400, 503101)));
    }

    [Test]
    public async Task Reservations_keep_addresses_from_ports()
    {
        await PatchAsync($"{Vpc}/subnets/s", """{"access_mode":"Private","ipv4_subnet_size":8}""");
        await PatchAsync($"{Vpc}/subnets/s/static-ip-reservations/r", """{"reserved_ips":["10.244.0.2-10.244.0.3"]}""");
        await PatchAsync($"{Vpc}/subnets/s/dynamic-ip-reservations/d", """{"number_of_ips":2}""");
        Assert.That((await _manager.GetAsync($"{Vpc}/subnets/s/dynamic-ip-reservations/d")).Object["ips"]!.AsArray(), Has.Count.EqualTo(2));
        await PatchAsync($"{Vpc}/subnets/s/ports/p", "{}");
        Assert.That((await _manager.PatchAsync($"{Vpc}/subnets/s/ports/q", Body("{}"))).ErrorCode, Is.EqualTo(8212));
        Assert.That((await _manager.DeleteAsync($"{Vpc}/subnets/s/static-ip-reservations/r")).Code, Is.EqualTo(200));
        await PatchAsync($"{Vpc}/subnets/s/ports/q", "{}");
    }

    [Test]
    public async Task Public_addresses_come_from_the_blocks_of_the_profile_that_attaches_the_vpc()
    {
        await PatchAsync($"{Vpc}/ip-address-allocations/one", "{}");
        var one = (await _manager.GetAsync($"{Vpc}/ip-address-allocations/one")).Object;
        Assert.That(((string?)one["allocation_ips"], (string?)one["ip_block"]), Is.EqualTo(("198.51.100.0", "/infra/ip-blocks/public")));
        await PatchAsync($"{Vpc}/ip-address-allocations/four", """{"allocation_size":4}""");
        Assert.That((string?)(await _manager.GetAsync($"{Vpc}/ip-address-allocations/four")).Object["allocation_ips"], Is.EqualTo("198.51.100.4/30"));
        var taken = await _manager.PatchAsync($"{Vpc}/ip-address-allocations/again", Body("""{"allocation_ips":"198.51.100.5"}"""));
        Assert.That((taken.Code, taken.ErrorCode), Is.EqualTo((400, 5123)));
        var usage = (await _manager.GetAsync("/infra/ip-blocks/public/usage")).Object;
        Assert.That(usage["used_ip_ranges"]!.AsArray().Select(range => (string?)range), Is.EqualTo(new[] { "198.51.100.0-198.51.100.0", "198.51.100.4-198.51.100.7" }));
        Assert.That(usage["available_ip_ranges"]!.AsArray().Select(range => (string?)range), Is.EqualTo(new[] { "198.51.100.1-198.51.100.3", "198.51.100.8-198.51.100.15" }));
    }

    private static JsonObject Body(string text) => (JsonObject)JsonNode.Parse(text)!;

    private async Task PatchAsync(string path, string body)
    {
        var answer = await _manager.PatchAsync(path, Body(body));
        Assert.That(answer.Code, Is.EqualTo(200), $"PATCH {path}: {answer.Body}");
    }
}
