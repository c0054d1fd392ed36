using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Tests.Storage;

internal sealed class StoreTests
{
    [Test]
    public async Task Of_writers_with_the_same_revision_one_wins()
    {
        await using var manager = await RunningManager.StartAsync("none");
        var set = await manager.CreateAsync("/ip-sets", []);
        for (int round = 0; round < 5; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            {
                var change = (JsonObject)set.DeepClone();
                change["description"] = $"{i}";
                return manager.PutAsync($"/ip-sets/{set["id"]}", change);
            }));
            Assert.That(answers.Count(answer => answer.Code == 200), Is.EqualTo(1));
            Assert.That(answers.Count(answer => answer.Code == 412), Is.EqualTo(19));
            set = answers.Single(answer => answer.Code == 200).Object;
        }
    }

    [Test]
    public async Task Parallel_creations_all_get_through_and_share_nothing()
    {
        await using var manager = await RunningManager.StartAsync();
        string zone = await manager.OverlayZoneAsync();
        var switches = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => manager.CreateAsync(
            "/logical-switches", CatalogCase.Json($$"""{"transport_zone_id":"{{zone}}","admin_state":"UP","replication_mode":"MTEP"}"""))));
        Assert.That(switches.Select(made => (int)made["vni"]!), Is.Unique);
        Assert.That((int)(await manager.GetAsync("/logical-switches")).Body!["result_count"]!, Is.EqualTo(100));
    }

    [Test]
    public async Task What_was_acknowledged_is_there_after_a_restart_in_the_same_epoch()
    {
        string folder = RunningManager.NewFolder();
        string epoch;
        ulong sequence;
        JsonObject set;
        string sections;
        await using (var manager = await RunningManager.StartAsync(folder: folder))
        {
            set = await manager.CreateAsync("/ip-sets", CatalogCase.Json("""{"ip_addresses":["10.0.0.1"],"tags":[{"scope":"a","tag":"b"}]}"""));
            await manager.CreateAsync("/firewall/sections?action=create_with_rules", CatalogCase.Json("""{"section_type":"LAYER3","stateful":true,"rules":[{"action":"DROP"}]}"""));
            sections = (await manager.GetAsync("/firewall/sections")).Body!.ToJsonString();
            var store = manager.Services.GetRequiredService<ResourceStore>();
            (epoch, sequence) = (store.Epoch, store.Current.Sequence);
        }

        await using (var manager = await RunningManager.StartAsync(folder: folder))
        {
            var store = manager.Services.GetRequiredService<ResourceStore>();
            Assert.That((store.Epoch, store.Current.Sequence), Is.EqualTo((epoch, sequence)));
            Assert.That((await manager.GetAsync($"/ip-sets/{set["id"]}")).Body!.ToJsonString(), Is.EqualTo(set.ToJsonString()));
            Assert.That((await manager.GetAsync("/firewall/sections")).Body!.ToJsonString(), Is.EqualTo(sections));
            using var resumed = store.Subscribe(epoch, sequence - 1);
            Assert.That(resumed.ChangedSince!.Select(key => key.Kind), Does.Contain(nameof(FirewallSection)));
            using var all = store.Subscribe(epoch, 0);
            Assert.That(all.ChangedSince!, Does.Contain(new ResourceKey(nameof(IPSet), (string)set["id"]!)));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task A_second_manager_on_the_same_file_does_not_start()
    {
        string folder = RunningManager.NewFolder();
        await using (await RunningManager.StartAsync("none", folder))
        {
            var refused = Assert.CatchAsync(() => RunningManager.StartAsync("none", folder));
            Assert.That(refused!.ToString(), Does.Contain("in use by another process"));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task The_database_syncs_every_commit_to_disk()
    {
        await using var manager = await RunningManager.StartAsync("none");
        var file = (SqliteDatabase)manager.Services.GetRequiredService<IResourceDatabase>();
        Assert.That(file.Pragma("journal_mode"), Is.EqualTo("wal"));
        Assert.That(file.Pragma("synchronous"), Is.EqualTo("2")); // FULL
        Assert.That(file.Pragma("locking_mode"), Is.EqualTo("exclusive"));
    }

    [Test]
    public async Task Only_the_owner_reads_what_the_manager_keeps()
    {
        string folder = RunningManager.NewFolder();
        await using (var manager = await RunningManager.StartAsync("none", folder))
        {
            await manager.CreateIdAsync("/ip-sets", []);
            var others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
            Assert.That(Directory.GetFiles(folder, "manager.db*").Where(file => (File.GetUnixFileMode(file) & others) != 0), Is.Empty);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task The_journal_tells_each_transaction_once_in_order()
    {
        await using var manager = await RunningManager.StartAsync("none");
        var store = manager.Services.GetRequiredService<ResourceStore>();
        using var subscription = store.Subscribe();
        string id = await manager.CreateIdAsync("/ip-sets", []);
        await manager.DeleteAsync($"/ip-sets/{id}");
        var first = await subscription.Entries.ReadAsync();
        var second = await subscription.Entries.ReadAsync();
        Assert.That(first.Sequence, Is.EqualTo(subscription.Model.Sequence + 1));
        Assert.That(second.Sequence, Is.EqualTo(first.Sequence + 1));
        Assert.That(first.Changes.Single().After!.Id, Is.EqualTo(id));
        Assert.That((second.Changes.Single().Before!.Id, second.Changes.Single().After), Is.EqualTo((id, (ManagedResource?)null)));
    }

    [Test]
    public async Task Who_asks_for_another_epoch_or_a_future_sequence_starts_over()
    {
        await using var manager = await RunningManager.StartAsync("none");
        var store = manager.Services.GetRequiredService<ResourceStore>();
        using var other = store.Subscribe("other", 1);
        using var future = store.Subscribe(store.Epoch, store.Current.Sequence + 1);
        using var now = store.Subscribe(store.Epoch, store.Current.Sequence);
        Assert.That(other.ChangedSince, Is.Null);
        Assert.That(future.ChangedSince, Is.Null);
        Assert.That(now.ChangedSince, Is.Empty);
    }

    [Test]
    public async Task A_write_that_breaks_leaves_the_writes_around_it_alone()
    {
        await using var manager = await RunningManager.StartAsync("none");
        var store = manager.Services.GetRequiredService<ResourceStore>();
        var good = Enumerable.Range(0, 10).Select(i => store.WriteAsync("test", scope => scope.Put(new IPSet { Id = $"s{i}" }))).ToList();
        var broken = store.WriteAsync("test", scope =>
        {
            scope.Put(new IPSet { Id = "half" });
            throw new InvalidOperationException("on purpose");
        });
        Assert.That(async () => await broken, Throws.InvalidOperationException);
        await Task.WhenAll(good);
        Assert.That(store.Current.All<IPSet>().Count(), Is.EqualTo(10));
        Assert.That(store.Current.Find<IPSet>("half"), Is.Null);
    }
}
