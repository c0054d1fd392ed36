using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests.Policy;

/// <summary>IP blocks and pools of policy: what is carved and taken is nobody else's until it is given back.</summary>
internal sealed class IpamPolicyTests : PolicyFixture
{
    protected override async Task PrepareAsync()
    {
        await PatchAsync("/infra/ip-blocks/b", """{"cidr":"10.8.0.0/24"}""");
        await PatchAsync("/infra/ip-pools/p");
    }

    [Test]
    public async Task Subnets_of_any_size_are_carved_without_overlap_until_the_block_is_full()
    {
        await CarveAsync("a", 16, "10.8.0.0/28");
        await CarveAsync("b", 128, "10.8.0.128/25");
        await CarveAsync("c", 8, "10.8.0.16/29");
        await CarveAsync("d", 64, "10.8.0.64/26");
        var subnet = await ReadAsync("/infra/ip-pools/p/ip-subnets/c");
        Assert.That(((string?)subnet["gateway_address"], (string?)subnet["network_address"], (string?)subnet["broadcast_address"]), Is.EqualTo(("10.8.0.17/29", "10.8.0.16", "10.8.0.23")));
        Assert.That(((string?)subnet["allocation_ranges"]![0]!["start"], (string?)subnet["allocation_ranges"]![0]!["end"]), Is.EqualTo(("10.8.0.18", "10.8.0.22")));
        await RefusesAsync("/infra/ip-pools/p/ip-subnets/e", Subnet(64), 5109, "/infra/ip-blocks/b");
        await DeletesAsync("/infra/ip-pools/p/ip-subnets/b");
        await CarveAsync("e", 64, "10.8.0.128/26");
        await RefusesAsync("/infra/ip-pools/p/ip-subnets/f", Subnet(24), 255, "power of 2");
        await RefusesAsync("/infra/ip-pools/p/ip-subnets/f", """{"resource_type":"IpAddressPoolBlockSubnet","ip_block_path":"/infra/ip-blocks/b","size":8,"start_ip":"10.8.0.16"}""", 5123, "ip-subnets/c");
        await RefusesAsync("/infra/ip-pools/p/ip-subnets/f", """{"resource_type":"IpAddressPoolBlockSubnet","ip_block_path":"/infra/ip-blocks/b","size":8,"start_ip":"10.9.0.0"}""", 5110, "10.9.0.0");
        Assert.That((await Running.DeleteAsync("/infra/ip-blocks/b")).ErrorCode, Is.EqualTo(500030));
        await RefusesAsync("/infra/ip-blocks/b", """{"cidr":"10.8.0.0/25"}""", 5015, "10.8.0.128");
    }

    [Test]
    public async Task Addresses_are_given_once_and_come_back()
    {
        await PatchAsync("/infra/ip-pools/p/ip-subnets/s", """{"resource_type":"IpAddressPoolStaticSubnet","cidr":"10.7.0.0/24","gateway_ip":"10.7.0.11","allocation_ranges":[{"start":"10.7.0.10","end":"10.7.0.12"},{"start":"10.7.0.20","end":"10.7.0.20"}]}""");
        Assert.That((long)(await ReadAsync("/infra/ip-pools/p"))["pool_usage"]!["available_ips"]!, Is.EqualTo(3));
        Assert.That(new[] { await TakeAsync("a"), await TakeAsync("b"), await TakeAsync("c") }, Is.EqualTo(new[] { "10.7.0.10", "10.7.0.12", "10.7.0.20" }), "the gateway is left out");
        await RefusesAsync("/infra/ip-pools/p/ip-allocations/d", "{}", 5109, "/infra/ip-pools/p");
        await RefusesAsync("/infra/ip-pools/p/ip-allocations/d", """{"allocation_ip":"10.7.0.12"}""", 5141, "10.7.0.12");
        await RefusesAsync("/infra/ip-pools/p/ip-allocations/d", """{"allocation_ip":"10.7.0.11"}""", 5110, "10.7.0.11");
        await RefusesAsync("/infra/ip-pools/p/ip-subnets/s", """{"allocation_ranges":[{"start":"10.7.0.10","end":"10.7.0.12"}]}""", 5015, "10.7.0.20");
        Assert.That((await Running.DeleteAsync("/infra/ip-pools/p/ip-subnets/s")).ErrorCode, Is.EqualTo(5602));
        await DeletesAsync("/infra/ip-pools/p/ip-allocations/b");
        Assert.That(await TakeAsync("d"), Is.EqualTo("10.7.0.12"));
        await PatchAsync("/infra/ip-pools/p/ip-allocations/d", """{"description":"mine"}""");
        Assert.That((string?)(await ReadAsync("/infra/ip-pools/p/ip-allocations/d"))["allocated_ip"], Is.EqualTo("10.7.0.12"), "a change keeps the address");
        Assert.That((await Running.DeleteAsync("/infra/ip-pools/p")).ErrorCode, Is.EqualTo(500030));
    }

    [Test]
    public async Task Many_at_once_never_get_the_same()
    {
        await PatchAsync("/infra/ip-pools/p/ip-subnets/s", """{"resource_type":"IpAddressPoolStaticSubnet","cidr":"10.7.0.0/16","allocation_ranges":[{"start":"10.7.0.10","end":"10.7.9.255"}]}""");
        await PatchAsync("/infra/ip-blocks/large", """{"cidr":"10.64.0.0/12"}""");
        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            await TakeAsync($"a{i}");
            await PatchAsync($"/infra/ip-pools/p/ip-subnets/s{i}", $$"""{"resource_type":"IpAddressPoolBlockSubnet","ip_block_path":"/infra/ip-blocks/large","size":{{(i % 3 == 0 ? 64 : 16)}}}""");
            if (i % 4 == 0)
            {
                await DeletesAsync($"/infra/ip-pools/p/ip-allocations/a{i}");
            }
        });
        var taken = (await Running.GetAsync("/infra/ip-pools/p/ip-allocations")).Results.Select(one => (string)one!["allocated_ip"]!).ToList();
        Assert.That((taken.Count, taken.Distinct().Count()), Is.EqualTo((150, 150)));
        var carved = (await Running.GetAsync("/infra/ip-pools/p/ip-subnets")).Results.Where(one => one!["ip_block_path"] is not null)
            .Select(one => Packets.Addresses.IpPrefix.Parse((string)one!["cidr"]!)).OrderBy(prefix => prefix.Network).ToList();
        Assert.That(carved, Has.Count.EqualTo(200));
        Assert.That(carved.Zip(carved.Skip(1)).Where(pair => pair.First.Last >= pair.Second.Network), Is.Empty, "none overlaps the next");
    }

    [Test]
    public async Task What_was_given_is_remembered_after_a_restart_and_by_the_other_api()
    {
        string folder = RunningManager.NewFolder();
        try
        {
            string first;
            await using (var manager = await RunningManager.StartAsync(folder: folder))
            {
                foreach (var (path, body) in new[]
                {
                    ("/infra/ip-pools/p", "{}"),
                    ("/infra/ip-pools/p/ip-subnets/s", """{"resource_type":"IpAddressPoolStaticSubnet","cidr":"10.7.0.0/24","allocation_ranges":[{"start":"10.7.0.10","end":"10.7.0.11"}]}"""),
                    ("/infra/ip-pools/p/ip-allocations/a", "{}"),
                })
                {
                    Assert.That((await manager.PatchAsync(path, Body(body))).Code, Is.EqualTo(200));
                }

                first = (string)(await manager.GetAsync("/infra/ip-pools/p/ip-allocations/a")).Object["allocated_ip"]!;
            }

            await using var again = await RunningManager.StartAsync(folder: folder);
            Assert.That((string?)(await again.GetAsync("/infra/ip-pools/p/ip-allocations/a")).Object["allocated_ip"], Is.EqualTo(first));
            Assert.That((await again.PatchAsync("/infra/ip-pools/p/ip-allocations/b", new JsonObject())).Code, Is.EqualTo(200));
            Assert.That((string?)(await again.GetAsync("/infra/ip-pools/p/ip-allocations/b")).Object["allocated_ip"], Is.Not.EqualTo(first));
            Assert.That((await again.PatchAsync("/infra/ip-pools/p/ip-allocations/c", new JsonObject())).ErrorCode, Is.EqualTo(5109));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public async Task Ranges_overlap_neither_in_a_pool_nor_where_a_pool_forbids_it()
    {
        const string stated = """{"resource_type":"IpAddressPoolStaticSubnet","cidr":"10.7.0.0/24","allocation_ranges":[{"start":"10.7.0.10","end":"10.7.0.20"}]}""";
        await PatchAsync("/infra/ip-pools/p/ip-subnets/s", stated);
        await RefusesAsync("/infra/ip-pools/p/ip-subnets/t", stated, 500105, "ip-subnets/s");
        await PatchAsync("/infra/ip-pools/free");
        await PatchAsync("/infra/ip-pools/free/ip-subnets/s", stated);
        await PatchAsync("/infra/ip-pools/strict", """{"check_overlap_with_existing_pools":true}""");
        await RefusesAsync("/infra/ip-pools/strict/ip-subnets/s", stated, 500105, "ip-subnets/s");
        await PatchAsync("/infra/vni-pools/v", """{"start":80000,"end":80100}""");
        await RefusesAsync("/infra/vni-pools/w", """{"start":80100,"end":80200}""", 500105, "/infra/vni-pools/v");
    }

    private static string Subnet(int size) => $$"""{"resource_type":"IpAddressPoolBlockSubnet","ip_block_path":"/infra/ip-blocks/b","size":{{size}}}""";

    private async Task CarveAsync(string id, int size, string cidr)
    {
        await PatchAsync($"/infra/ip-pools/p/ip-subnets/{id}", Subnet(size));
        Assert.That((string?)(await ReadAsync($"/infra/ip-pools/p/ip-subnets/{id}"))["cidr"], Is.EqualTo(cidr));
    }

    private async Task<string> TakeAsync(string id)
    {
        await PatchAsync($"/infra/ip-pools/p/ip-allocations/{id}");
        return (string)(await ReadAsync($"/infra/ip-pools/p/ip-allocations/{id}"))["allocated_ip"]!;
    }
}
