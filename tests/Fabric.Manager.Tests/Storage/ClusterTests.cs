using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Tests.Storage;

/// <summary>Several managers on one PostgreSQL database are one cluster.</summary>
internal sealed class ClusterTests
{
    private PostgresServer _postgres = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        await _postgres.MakeDatabaseAsync("cluster");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
    }

    [Test]
    public async Task What_one_manager_takes_all_of_them_show()
    {
        await using var one = await StartManagerAsync();
        await using var two = await StartManagerAsync();
        var made = await one.CreateAsync("/ip-sets", CatalogCase.Json("""{"display_name":"shared"}"""));
        await EventuallyAsync(async () => (await two.GetAsync($"/ip-sets/{made["id"]}")).Code == 200);
        made["description"] = "changed at two";
        Assert.That((await two.PutAsync($"/ip-sets/{made["id"]}", made.DeepClone())).Code, Is.EqualTo(200));
        Assert.That((await one.PutAsync($"/ip-sets/{made["id"]}", made.DeepClone())).Code, Is.EqualTo(412), "the revision moved on at two");
        await EventuallyAsync(async () => (string?)(await one.GetAsync($"/ip-sets/{made["id"]}")).Body!["description"] == "changed at two");
        Assert.That((await one.DeleteAsync($"/ip-sets/{made["id"]}")).Code, Is.EqualTo(200));
        await EventuallyAsync(async () => (await two.GetAsync($"/ip-sets/{made["id"]}")).Code == 404);
        await EventuallyAsync(async () => (await two.GetAsync($"/search/query?query=id:{made["id"]}")).Results.Count == 0);
        Assert.That(Store(one).Epoch, Is.EqualTo(Store(two).Epoch));
    }

    [Test]
    public async Task Numbers_given_out_by_two_managers_at_once_are_different()
    {
        await using var one = await StartManagerAsync();
        await using var two = await StartManagerAsync();
        string zone = await one.OverlayZoneAsync();
        var made = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => (i % 2 == 0 ? one : two).CreateAsync(
            "/logical-switches", CatalogCase.Json($$"""{"transport_zone_id":"{{zone}}","admin_state":"UP","replication_mode":"MTEP"}"""))));
        Assert.That(made.Select(item => (int)item["vni"]!), Is.Unique);
        await EventuallyAsync(() => Task.FromResult(Same(one, two)));
    }

    [Test]
    public async Task Of_writers_at_two_managers_with_the_same_revision_one_wins()
    {
        await using var one = await StartManagerAsync();
        await using var two = await StartManagerAsync();
        var set = await one.CreateAsync("/ip-sets", []);
        await EventuallyAsync(async () => (await two.GetAsync($"/ip-sets/{set["id"]}")).Code == 200);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
        {
            var change = (JsonObject)set.DeepClone();
            change["description"] = $"{i}";
            return (i % 2 == 0 ? one : two).PutAsync($"/ip-sets/{set["id"]}", change);
        }));
        Assert.That(answers.Count(answer => answer.Code == 200), Is.EqualTo(1));
        Assert.That(answers.Count(answer => answer.Code == 412), Is.EqualTo(19));
    }

    [Test]
    public async Task Members_know_each_other_and_see_one_leave()
    {
        await using var one = await StartManagerAsync();
        var members = one.Services.GetRequiredService<Membership>();
        string other;
        await using (var two = await StartManagerAsync())
        {
            other = two.Services.GetRequiredService<Membership>().Self.Id;
            await EventuallyAsync(() => Task.FromResult(members.Members.Any(member => member.Id == other && member.IsAlive)));
            Assert.That(members.Members.Select(member => member.Id), Does.Contain(members.Self.Id));
            await EventuallyAsync(() => Task.FromResult(members.Members.Any(member => member.Address == two.Address.ToString().TrimEnd('/'))));
        }

        await EventuallyAsync(() => Task.FromResult(members.Members.All(member => member.Id != other)));
    }

    [Test]
    public async Task A_follower_hears_what_another_manager_did_and_a_late_one_resumes()
    {
        await using var one = await StartManagerAsync();
        await using var two = await StartManagerAsync();
        ulong before = Store(two).Current.Sequence;
        using var subscription = Store(two).Subscribe();
        string id = await one.CreateIdAsync("/ip-sets", []);
        JournalEntry entry;
        do
        {
            entry = await subscription.Entries.ReadAsync();
        }
        while (entry.Changes.All(change => change.Key.Id != id));
        Assert.That(entry.Sequence, Is.EqualTo(Store(one).Current.Sequence));
        using var late = Store(two).Subscribe(Store(one).Epoch, before);
        Assert.That(late.ChangedSince, Does.Contain(ResourceKey.Of<IPSet>(id)));
    }

    [Test]
    public async Task A_manager_that_starts_anew_finds_everything()
    {
        await _postgres.MakeDatabaseAsync("again");
        string id;
        await using (var one = await StartManagerAsync("again"))
        {
            id = await one.CreateIdAsync("/ip-sets", CatalogCase.Json("""{"tags":[{"scope":"a","tag":"é \u0001"}]}"""));
        }

        await using var two = await StartManagerAsync("again");
        Assert.That((string)(await two.GetAsync($"/ip-sets/{id}")).Body!["tags"]![0]!["tag"]!, Is.EqualTo("é \u0001"));
        Assert.That((await two.GetAsync("/transport-zones")).Results, Has.Count.EqualTo(2), "seeded once");
    }

    [Test]
    public void An_address_may_be_written_in_two_ways()
    {
        Assert.That(PostgresAddress.Read("postgres://me:p%40ss@db.example:5433/nsx?sslmode=require"), Does.Contain("Host=db.example").And.Contain("Port=5433").And.Contain("Password=p@ss").And.Contain("Database=nsx"));
        Assert.That(PostgresAddress.Check("Host=db;Database=nsx"), Is.Null);
        Assert.That(PostgresAddress.Check("mysql://db/nsx"), Does.Contain("postgres://"));
        Assert.That(PostgresAddress.Check("/var/lib/nsx.db"), Does.Contain("postgres://"));
    }

    private static ResourceStore Store(RunningManager manager) => manager.Services.GetRequiredService<ResourceStore>();

    private static bool Same(RunningManager one, RunningManager two)
    {
        string Dump(RunningManager manager) => string.Join('\n', Store(manager).Current.Everything.OrderBy(resource => ResourceKey.Of(resource).ToString(), StringComparer.Ordinal).Select(ResourceJson.Store));
        return Store(one).Current.Sequence == Store(two).Current.Sequence && Dump(one) == Dump(two);
    }

    private Task<RunningManager> StartManagerAsync(string database = "cluster") => RunningManager.StartAsync(settings: ("Manager:Database", _postgres.Address(database)));

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (!await holds())
        {
            await Task.Delay(10, patience.Token);
        }
    }
}
