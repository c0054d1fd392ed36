using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests.Policy;

/// <summary>One object of the policy tree, written in the ways clients write it.</summary>
internal sealed class PolicyObjectTests
{
    private const string Path = "/infra/domains/d1";
    private RunningManager _manager = null!;

    [SetUp]
    public async Task StartAsync() => _manager = await RunningManager.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [Test]
    public async Task A_put_creates_and_a_put_with_the_revision_replaces()
    {
        var made = await _manager.PutAsync(Path, new JsonObject { ["display_name"] = "one", ["description"] = "d" });
        Assert.That(made.Code, Is.EqualTo(200), $"{made.Body}");
        Assert.That(made.Object["path"]!.ToString(), Is.EqualTo(Path));
        Assert.That(made.Object["parent_path"]!.ToString(), Is.EqualTo("/infra"));
        Assert.That(made.Object["relative_path"]!.ToString(), Is.EqualTo("d1"));
        Assert.That(made.Object["resource_type"]!.ToString(), Is.EqualTo("Domain"));
        Assert.That((long)made.Object["_revision"]!, Is.Zero);
        Assert.That(Guid.TryParse((string?)made.Object["unique_id"], out _));

        var replaced = await _manager.PutAsync(Path, new JsonObject { ["display_name"] = "two", ["_revision"] = 0 });
        Assert.That(replaced.Code, Is.EqualTo(200), $"{replaced.Body}");
        Assert.That((long)replaced.Object["_revision"]!, Is.EqualTo(1));
        Assert.That(replaced.Object["description"], Is.Null);
        Assert.That(replaced.Object["unique_id"]!.ToString(), Is.EqualTo(made.Object["unique_id"]!.ToString()));

        var stale = await _manager.PutAsync(Path, new JsonObject { ["_revision"] = 0 });
        Assert.That((stale.Code, stale.ErrorCode), Is.EqualTo((412, 500087)));
        var blind = await _manager.PutAsync(Path, new JsonObject());
        Assert.That((blind.Code, blind.ErrorCode), Is.EqualTo((400, 500127)));
    }

    [Test]
    public async Task A_patch_creates_then_changes_what_it_names_and_nothing_when_nothing_differs()
    {
        var made = await _manager.PatchAsync(Path, new JsonObject { ["description"] = "d", ["tags"] = CatalogCase.Array("""[{"scope":"a","tag":"b"}]""") });
        Assert.That((made.Code, made.Body), Is.EqualTo((200, (JsonNode?)null)));
        await _manager.PatchAsync(Path, new JsonObject { ["display_name"] = "n" });
        var read = (await _manager.GetAsync(Path)).Object;
        Assert.That(((string)read["description"]!, (string)read["display_name"]!, read["tags"]!.AsArray().Count, (long)read["_revision"]!), Is.EqualTo(("d", "n", 1, 1L)));

        _manager.Time.Advance(TimeSpan.FromSeconds(1));
        await _manager.PatchAsync(Path, new JsonObject { ["display_name"] = "n" });
        Assert.That((await _manager.GetAsync(Path)).Body!.ToJsonString(), Is.EqualTo(read.ToJsonString()));

        await _manager.PatchAsync(Path, new JsonObject { ["description"] = null });
        Assert.That((await _manager.GetAsync(Path)).Object["description"], Is.Null);
    }

    [Test]
    public async Task What_is_below_nothing_is_refused_and_what_is_not_there_not_found()
    {
        var orphan = await _manager.PutAsync("/infra/domains/nowhere/groups/e", new JsonObject());
        Assert.That((orphan.Code, orphan.ErrorCode, orphan.Message), Is.EqualTo((400, 500012, "The path=[/infra/domains/nowhere] is invalid")));
        foreach (var answer in new[] { await _manager.GetAsync(Path), await _manager.DeleteAsync(Path), await _manager.GetAsync("/infra/domains/nowhere/groups") })
        {
            Assert.That((answer.Code, answer.ErrorCode), Is.EqualTo((404, 600)));
        }
    }

    [Test]
    public async Task A_slash_behind_means_nothing()
    {
        await _manager.PatchAsync(Path + "/", new JsonObject());
        Assert.That((string)(await _manager.GetAsync(Path + "/")).Object["path"]!, Is.EqualTo(Path));
        Assert.That((await _manager.GetAsync("/infra/domains/?page_size=1")).Results, Has.Count.EqualTo(1));
        Assert.That((string)(await _manager.GetAsync("/infra/")).Object["resource_type"]!, Is.EqualTo("Infra"));
    }

    [TestCase("a%2Fb")]
    [TestCase("a%20b")]
    [TestCase("a%3Bb")]
    public async Task An_id_that_would_break_a_path_is_refused(string id)
    {
        var refused = await _manager.PatchAsync("/infra/domains/" + id, new JsonObject());
        Assert.That((refused.Code, refused.ErrorCode), Is.EqualTo((400, 500008)));
    }

    [Test]
    public async Task The_id_in_the_body_is_that_of_the_path()
    {
        var refused = await _manager.PutAsync(Path, new JsonObject { ["id"] = "other" });
        Assert.That((refused.Code, refused.ErrorCode), Is.EqualTo((400, 255)));
        Assert.That(refused.Message, Does.Contain("other"));
        Assert.That((await _manager.PutAsync(Path, new JsonObject { ["resource_type"] = "Group" })).ErrorCode, Is.EqualTo(255));
    }

    [Test]
    public async Task A_parent_with_children_is_not_deleted()
    {
        await _manager.PutAsync("/infra/tier-1s/s", new JsonObject());
        await _manager.PutAsync("/infra/tier-1s/s/locale-services/b", new JsonObject());
        await _manager.PutAsync("/infra/tier-1s/s/locale-services/a", new JsonObject());
        var refused = await _manager.DeleteAsync("/infra/tier-1s/s");
        Assert.That((refused.Code, refused.ErrorCode), Is.EqualTo((400, 500030)));
        Assert.That(refused.Message, Is.EqualTo("The object path=[/infra/tier-1s/s] cannot be deleted as either it has children or it is being referenced by other objects "
            + "path=[/infra/tier-1s/s/locale-services/a,/infra/tier-1s/s/locale-services/b]."));
        Assert.That((await _manager.DeleteAsync("/infra/tier-1s/s/locale-services/a")).Code, Is.EqualTo(200));
        Assert.That((await _manager.DeleteAsync("/infra/tier-1s/s/locale-services/b")).Code, Is.EqualTo(200));
        Assert.That((await _manager.DeleteAsync("/infra/tier-1s/s")).Code, Is.EqualTo(200));
    }

    [Test]
    public async Task A_project_is_born_with_an_infra_of_its_own()
    {
        var made = await _manager.PutAsync("/orgs/default/projects/p", new JsonObject());
        Assert.That(made.Code, Is.EqualTo(200), $"{made.Body}");
        Assert.That((await _manager.PutAsync("/orgs/default/projects/p/infra/domains/d", new JsonObject())).Object["path"]!.ToString(), Is.EqualTo("/orgs/default/projects/p/infra/domains/d"));
        Assert.That((await _manager.GetAsync("/orgs/default/projects/p/infra/domains/")).Results, Has.Count.EqualTo(2), "its own and the one that it was born with");
        Assert.That((await _manager.DeleteAsync("/orgs/default/projects/p")).ErrorCode, Is.EqualTo(500030));
    }
}
