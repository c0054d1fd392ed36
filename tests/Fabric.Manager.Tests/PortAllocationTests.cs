using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests;

/// <summary>Ports whose attachment asks the manager for an address and a MAC.</summary>
internal sealed class PortAllocationTests
{
    private RunningManager _manager = null!;
    private string _pool = "";
    private string _switch = "";

    [SetUp]
    public async Task StartAsync()
    {
        _manager = await RunningManager.StartAsync();
        _pool = await _manager.CreateIdAsync("/pools/ip-pools", new JsonObject
        {
            ["ip_release_delay"] = 0,
            ["subnets"] = new JsonArray(new JsonObject
            {
                ["cidr"] = "10.1.4.0/24",
                ["gateway_ip"] = "10.1.4.1",
                ["allocation_ranges"] = new JsonArray(new JsonObject { ["start"] = "10.1.4.1", ["end"] = "10.1.4.3" }),
            }),
        });
        _switch = await _manager.CreateIdAsync("/logical-switches", new JsonObject
        {
            ["transport_zone_id"] = await _manager.OverlayZoneAsync(),
            ["admin_state"] = "UP",
            ["replication_mode"] = "MTEP",
            ["ip_pool_id"] = _pool,
        });
    }

    [TearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [Test]
    public async Task A_port_gets_the_lowest_free_address_and_a_mac_of_its_own_and_keeps_them()
    {
        var first = await CreateAsync("vif-1");
        var second = await CreateAsync("vif-2");

        var binding = await BindingAsync(first);
        Assert.That((string)binding["ip_address"]!, Is.EqualTo("10.1.4.2"), "the gateway's address is nobody's");
        Assert.That((string)binding["mac_address"]!, Does.StartWith("02:50:56:"));
        Assert.That((string)(await BindingAsync(second))["ip_address"]!, Is.EqualTo("10.1.4.3"));
        Assert.That((string)(await BindingAsync(second))["mac_address"]!, Is.Not.EqualTo((string)binding["mac_address"]!));

        var port = (await _manager.GetAsync($"/logical-ports/{first}")).Object;
        port["display_name"] = "renamed";
        await _manager.PutAsync($"/logical-ports/{first}", port);
        Assert.That((string)(await BindingAsync(first))["ip_address"]!, Is.EqualTo("10.1.4.2"));
    }

    [Test]
    public async Task An_empty_pool_refuses_the_port_and_a_deleted_port_gives_its_address_back()
    {
        var first = await CreateAsync("vif-1");
        await CreateAsync("vif-2");
        await _manager.RefusesAsync("/logical-ports", Port("vif-3"), 5109, _pool);

        await _manager.DeleteAsync($"/logical-ports/{first}?detach=true");
        Assert.That((string)(await BindingAsync(await CreateAsync("vif-3")))["ip_address"]!, Is.EqualTo("10.1.4.2"));
    }

    private async Task<string> CreateAsync(string vif) => await _manager.CreateIdAsync("/logical-ports", Port(vif));

    private async Task<JsonNode> BindingAsync(string port)
        => (await _manager.GetAsync($"/logical-ports/{port}/state")).Body!["realized_bindings"]![0]!["binding"]!;

    private JsonObject Port(string vif) => new()
    {
        ["logical_switch_id"] = _switch,
        ["admin_state"] = "UP",
        ["attachment"] = new JsonObject
        {
            ["attachment_type"] = "VIF",
            ["id"] = vif,
            ["context"] = new JsonObject { ["resource_type"] = "VifAttachmentContext", ["vif_type"] = "PARENT", ["allocate_addresses"] = "Both" },
        },
    };
}
