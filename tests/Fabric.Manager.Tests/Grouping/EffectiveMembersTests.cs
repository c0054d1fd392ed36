using Fabric.Contracts.V1;
using Fabric.Manager.Publishing;
using Fabric.Manager.Tests.Policy;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Tests.Grouping;

/// <summary>Who is in a group, as both APIs answer it while tags, ports and machines come and go.</summary>
internal sealed class EffectiveMembersTests
{
    private const string Groups = "/infra/domains/default/groups";
    private RunningManager _manager = null!;

    [SetUp]
    public async Task StartAsync() => _manager = await RunningManager.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [Test]
    public async Task An_NSGroup_follows_tags_and_names_of_ports_and_the_machines_behind_them()
    {
        string logicalSwitch = await _manager.CreateIdAsync("/logical-switches", Json.Of($$"""{"transport_zone_id":"{{await _manager.OverlayZoneAsync()}}","admin_state":"UP","replication_mode":"MTEP"}"""));
        string port = await PortAsync(logicalSwitch, "web-1", "vif-1", "app", "web");
        await PortAsync(logicalSwitch, "db-1", "vif-2", "app", "db");
        string group = await _manager.CreateIdAsync("/ns-groups", Json.Of("""
            {"membership_criteria":[{"resource_type":"NSGroupTagExpression","target_type":"LogicalPort","scope":"app","tag":"WEB"}]}
            """));
        Assert.That(await IdsAsync($"/ns-groups/{group}/effective-logical-port-members", "target_id"), Is.EqualTo(new[] { port }), "case means nothing");
        Report("vif-1", "vm-1", "alpha");
        Report("vif-2", "vm-2", "beta");
        Assert.That(await IdsAsync($"/ns-groups/{group}/effective-virtual-machine-members", "external_id"), Is.EqualTo(new[] { "vm-1" }));
        Assert.That(await IdsAsync($"/ns-groups/{group}/effective-vif-members", "external_id"), Is.EqualTo(new[] { "vif-1" }));
        Assert.That(await IdsAsync("/ns-groups/unassociated-virtual-machines", "external_id"), Is.EqualTo(new[] { "vm-2" }));
        Assert.That((await _manager.GetAsync($"/ns-groups/{group}/effective-ip-address-members")).Results.Select(ip => (string)ip!), Is.EqualTo(new[] { "10.0.0.1" }));

        var changed = (await _manager.GetAsync($"/logical-ports/{port}")).Object;
        changed["tags"] = null;
        Assert.That((await _manager.PutAsync($"/logical-ports/{port}", changed)).Code, Is.EqualTo(200));
        Assert.That((await _manager.GetAsync($"/ns-groups/{group}/effective-logical-port-members")).Results, Is.Empty);
        Assert.That((await _manager.GetAsync("/ns-groups/none/effective-logical-port-members")).Code, Is.EqualTo(404));
    }

    [Test]
    public async Task A_group_follows_machines_by_name_and_nested_groups_by_path()
    {
        await MakeAsync("machines", """[{"resource_type":"Condition","member_type":"VirtualMachine","key":"Name","operator":"STARTSWITH","value":"al"}]""");
        await MakeAsync("outer", $$"""
            [{"resource_type":"PathExpression","paths":["{{Groups}}/machines"]},{"resource_type":"ConjunctionOperator","conjunction_operator":"OR"},
             {"resource_type":"IPAddressExpression","ip_addresses":["10.9.0.0/16"]}]
            """);
        Report("vif-1", "vm-1", "Alpha");
        Assert.That(await IdsAsync($"{Groups}/outer/members/virtual-machines", "id"), Is.EqualTo(new[] { "vm-1" }));
        Assert.That(await IdsAsync($"{Groups}/outer/members/ip-groups", "path"), Is.EqualTo(new[] { $"{Groups}/machines" }));
        Assert.That((await _manager.GetAsync($"{Groups}/outer/members/ip-addresses")).Results.Select(ip => (string)ip!), Is.EqualTo(new[] { "10.9.0.0/16" }));
        Assert.That(await IdsAsync("/infra/virtual-machine-group-associations?vm_external_id=vm-1", "path"), Is.EqualTo(new[] { $"{Groups}/machines", $"{Groups}/outer" }));
        Assert.That(await IdsAsync("/infra/ip-address-group-associations?ip_address=10.9.1.1", "path"), Is.EqualTo(new[] { $"{Groups}/outer" }));
        Report("vif-1", "vm-1", "Omega");
        Assert.That((await _manager.GetAsync($"{Groups}/outer/members/virtual-machines")).Results, Is.Empty);
        Assert.That((await _manager.GetAsync("/infra/virtual-machine-group-associations")).Code, Is.EqualTo(400));
    }

    [Test]
    public async Task Segments_and_their_ports_are_found_by_tag_and_known_by_the_groups_they_are_in()
    {
        string zone = await _manager.OverlayZoneAsync();
        var made = await _manager.PatchAsync("/infra/segments/blue", Json.Of($$"""
            {"transport_zone_path":"/infra/sites/default/enforcement-points/default/transport-zones/{{zone}}","tags":[{"scope":"color","tag":"blue"}]}
            """));
        Assert.That(made.Code, Is.EqualTo(200), $"{made.Body}");
        await _manager.PatchAsync("/infra/segments/blue/ports/p1", Json.Of("""{"attachment":{"id":"vif-1"}}"""));
        await _manager.RealizedAsync();
        Report("vif-1", "vm-1", "alpha");
        await MakeAsync("colored", """[{"resource_type":"Condition","member_type":"Segment","key":"Tag","operator":"EQUALS","value":"color|blue"}]""");
        Assert.That(await IdsAsync($"{Groups}/colored/members/segments", "path"), Is.EqualTo(new[] { "/infra/segments/blue" }));
        Assert.That(await IdsAsync($"{Groups}/colored/members/segment-ports", "path"), Is.EqualTo(new[] { "/infra/segments/blue/ports/p1" }));
        Assert.That(await IdsAsync($"{Groups}/colored/members/virtual-machines", "id"), Is.EqualTo(new[] { "vm-1" }));
        Assert.That(await IdsAsync("/infra/group-associations?intent_path=/infra/segments/blue/ports/p1", "path"), Is.EqualTo(new[] { $"{Groups}/colored" }));
        await _manager.PatchAsync("/infra/segments/blue", Json.Of("""{"tags":[]}"""));
        Assert.That((await _manager.GetAsync($"{Groups}/colored/members/segments")).Results, Is.Empty);
    }

    [Test]
    public async Task Addresses_are_added_to_a_group_and_taken_from_it_one_by_one()
    {
        await MakeAsync("g", "[]");
        const string list = $"{Groups}/g/ip-address-expressions/mine";
        Assert.That((await _manager.PatchAsync(list, Json.Of("""{"ip_addresses":["10.0.0.1"]}"""))).Code, Is.EqualTo(200));
        Assert.That((await _manager.PostAsync($"{list}?action=add", Json.Of("""{"ip_addresses":["10.0.0.2","10.0.0.3"]}"""))).Code, Is.EqualTo(200));
        Assert.That((await _manager.PostAsync($"{list}?action=remove", Json.Of("""{"ip_addresses":["10.0.0.2"]}"""))).Code, Is.EqualTo(200));
        Assert.That((await _manager.GetAsync($"{Groups}/g")).Object["expression"]![0]!["ip_addresses"]!.AsArray().Select(ip => (string)ip!), Is.EqualTo(new[] { "10.0.0.1", "10.0.0.3" }));
        Assert.That((await _manager.PostAsync($"{list}?action=add", Json.Of("""{"ip_addresses":["nowhere"]}"""))).ErrorCode, Is.EqualTo(255));
        Assert.That((await _manager.PostAsync($"{Groups}/g/path-expressions/other?action=remove", Json.Of("""{"members":["/infra/segments/s"]}"""))).Code, Is.EqualTo(404));
        Assert.That((await _manager.DeleteAsync(list)).Code, Is.EqualTo(200));
        Assert.That((await _manager.GetAsync($"{Groups}/g")).Object["expression"]!.AsArray(), Is.Empty);
    }

    private async Task MakeAsync(string id, string expression)
    {
        var answer = await _manager.PatchAsync($"{Groups}/{id}", Json.Of($$"""{"expression":{{expression}}}"""));
        Assert.That(answer.Code, Is.EqualTo(200), $"{answer.Body}");
    }

    private Task<string> PortAsync(string logicalSwitch, string name, string vif, string scope, string tag)
        => _manager.CreateIdAsync("/logical-ports", Json.Of($$"""
            {"logical_switch_id":"{{logicalSwitch}}","display_name":"{{name}}","admin_state":"UP","attachment":{"attachment_type":"VIF","id":"{{vif}}"},
             "address_bindings":[{"ip_address":"10.0.0.{{vif[^1]}}","mac_address":"02:00:00:00:00:0{{vif[^1]}}"}],"tags":[{"scope":"{{scope}}","tag":"{{tag}}"}]}
            """));

    private async Task<string[]> IdsAsync(string path, string field)
    {
        var answer = await _manager.GetAsync(path);
        Assert.That(answer.Code, Is.EqualTo(200), $"{path}: {answer.Body}");
        return [.. answer.Results.Select(row => (string)row![field]!)];
    }

    private void Report(string vif, string machine, string name)
        => new ReportIngestion(_manager.Services.GetRequiredService<RuntimeState>()).Take(new RuntimeReport
        {
            ControllerId = "c",
            VifPresent = new VifPresent { VifId = vif, VmId = machine, VmName = name, NodeId = "n", Mac = ByteString.CopyFrom(2, 0, 0, 0, 0, (byte)vif[^1]) },
        });
}
