using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests.Policy;

/// <summary>Objects between their DELETE and the sweep.</summary>
internal sealed class MarkedForDeleteTests
{
    private const string Path = "/infra/domains/d1";

    [Test]
    public async Task Until_it_is_swept_only_who_asks_sees_it_and_nobody_makes_it_anew()
    {
        await using var manager = await RunningManager.StartAsync(settings: ("Manager:DeleteDelay", "00:05:00"));
        await manager.PatchAsync(Path, new JsonObject());
        Assert.That((await manager.DeleteAsync(Path)).Code, Is.EqualTo(200));
        Assert.That((await manager.GetAsync(Path)).Code, Is.EqualTo(404));
        Assert.That((await manager.DeleteAsync(Path)).Code, Is.EqualTo(404));
        Assert.That(Paths(await manager.GetAsync("/infra/domains")), Does.Not.Contain(Path));
        var shown = (await manager.GetAsync("/infra/domains?include_mark_for_delete_objects=true")).Results.Single(item => (string)item!["path"]! == Path)!;
        Assert.That((bool)shown["marked_for_delete"]!);

        foreach (var again in new[] { await manager.PutAsync(Path, new JsonObject()), await manager.PatchAsync(Path, new JsonObject()) })
        {
            Assert.That((again.Code, again.ErrorCode), Is.EqualTo((400, 500045)));
            Assert.That(again.Message, Does.Contain($"path=[{Path}]"));
        }

        await SweptAsync(manager);
        Assert.That((await manager.PutAsync(Path, new JsonObject())).Code, Is.EqualTo(200));
    }

    [Test]
    public async Task What_is_marked_keeps_nothing_else_from_being_deleted()
    {
        await using var manager = await RunningManager.StartAsync(settings: ("Manager:DeleteDelay", "00:05:00"));
        await manager.PatchAsync("/infra/domains/s", new JsonObject());
        await manager.PatchAsync("/infra/domains/s/groups/e", new JsonObject());
        Assert.That((await manager.DeleteAsync("/infra/domains/s/groups/e")).Code, Is.EqualTo(200));
        Assert.That((await manager.DeleteAsync("/infra/domains/s")).Code, Is.EqualTo(200));
        await SweptAsync(manager);
        Assert.That((await manager.GetAsync("/infra/domains?include_mark_for_delete_objects=true")).Body!.ToJsonString(), Does.Not.Contain("/infra/domains/s\""));
    }

    [Test]
    public async Task It_is_swept_after_a_restart_too()
    {
        string folder = RunningManager.NewFolder();
        await using (var before = await RunningManager.StartAsync(folder: folder, settings: ("Manager:DeleteDelay", "00:05:00")))
        {
            await before.PatchAsync(Path, new JsonObject());
            await before.DeleteAsync(Path);
        }

        await using (var after = await RunningManager.StartAsync(folder: folder, settings: ("Manager:DeleteDelay", "00:05:00")))
        {
            Assert.That((await after.PatchAsync(Path, new JsonObject())).ErrorCode, Is.EqualTo(500045));
            await SweptAsync(after);
            Assert.That((await after.PatchAsync(Path, new JsonObject())).Code, Is.EqualTo(200));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static IEnumerable<string> Paths(Answer list) => list.Results.Select(item => (string)item!["path"]!);

    private static async Task SweptAsync(RunningManager manager)
    {
        for (int i = 0; i < 100 && (await manager.GetAsync("/infra/domains?include_mark_for_delete_objects=true")).Results.Any(item => (bool)item!["marked_for_delete"]!); i++)
        {
            manager.Time.Advance(TimeSpan.FromMinutes(5));
        }
    }
}
