using System.Globalization;
using System.Text.Json.Nodes;
using Fabric.Manager.Search;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Tests.Search;

internal sealed class SearchTests
{
    private RunningManager _manager = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _manager = await RunningManager.StartAsync("none");
        for (int i = 0; i < 30; i++)
        {
            await _manager.CreateAsync("/ip-sets", CatalogCase.Json(
                $$"""{"id":"set-{{i:00}}","display_name":"Web {{i}}","description":"row {{i % 3}}","ip_addresses":["10.0.{{i}}.1"],"tags":[{"scope":"ncp/cluster","tag":"c{{i % 2}}"},{"scope":"n","tag":"{{i}}"}]}"""));
        }

        await _manager.CreateAsync("/mac-sets", CatalogCase.Json("""{"id":"macs","display_name":"Web macs"}"""));
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [TestCase("resource_type:IPSet", 30)]
    [TestCase("resource_type:(IPSet OR MACSet)", 31)]
    [TestCase("resource_type:IPSet AND tags.scope:ncp\\/cluster AND tags.tag:c1", 15)]
    [TestCase("tags.scope:ncp\\/cluster AND NOT tags.tag:c1", 15)]
    [TestCase("display_name:web*", 31)]
    [TestCase("display_name:Web\\ 1*", 11)]
    [TestCase("display_name:\"Web 7\"", 1)]
    [TestCase("display_name:*macs", 1)]
    [TestCase("id:set\\-0?", 10)]
    [TestCase("nsx_id:set-03", 1)]
    [TestCase("ip_addresses:10.0.4.1", 1)]
    [TestCase("tags.tag:[5 TO 10}", 5)]
    [TestCase("tags.tag:>=28", 2)]
    [TestCase("description:\"row 1\" description:\"row 2\"", 0)]
    [TestCase("description:(\"row 1\" OR \"row 2\")", 20)]
    [TestCase("c1", 15)]
    [TestCase("macs", 1)]
    [TestCase("mac*", 1)]
    [TestCase("* AND _create_user:admin", 31)]
    [TestCase("nothing:here", 0)]
    [TestCase("_revision:0 AND _create_user:admin", 31)]
    [TestCase("NOT resource_type:IPSet AND _create_user:admin", 1)]
    [TestCase("_create_user:admin AND -tags.scope:*", 1)]
    public async Task Queries_find_what_they_describe(string query, int count)
    {
        var answer = await FindAsync(query);
        Assert.That((int)answer.Body!["result_count"]!, Is.EqualTo(count));
        Assert.That(answer.Results, Has.Count.EqualTo(count));
    }

    [Test]
    public async Task The_old_path_answers_the_same()
    {
        var old = await _manager.GetAsync("/search?query=id:set-04");
        Assert.That(old.Body!.ToJsonString(), Is.EqualTo((await FindAsync("id:set-04")).Body!.ToJsonString()));
        Assert.That(old.Results[0]!.ToJsonString(), Is.EqualTo((await _manager.GetAsync("/ip-sets/set-04")).Body!.ToJsonString()));
    }

    [Test]
    public async Task The_cursor_is_an_offset_that_reaches_the_count()
    {
        var seen = new List<string>();
        string cursor = "";
        int count;
        do
        {
            var page = await _manager.GetAsync($"/search/query?query=resource_type:IPSet&page_size=12{cursor}");
            count = (int)page.Body!["result_count"]!;
            seen.AddRange(page.Results.Select(hit => (string)hit!["id"]!));
            cursor = $"&cursor={page.Body["cursor"]}";
            Assert.That((string)page.Body["cursor"]!, Is.EqualTo(seen.Count.ToString(CultureInfo.InvariantCulture)));
        }
        while (seen.Count < count);
        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, 30).Select(i => $"set-{i:00}")));
        var beyond = await _manager.GetAsync("/search/query?query=resource_type:IPSet&cursor=500");
        Assert.That((beyond.Results.Count, (string)beyond.Body!["cursor"]!), Is.EqualTo((0, "30")));
    }

    [Test]
    public async Task Hits_are_sorted_and_cut_as_asked()
    {
        var answer = await _manager.GetAsync("/search/query?query=resource_type:IPSet&sort_by=display_name&sort_ascending=false&page_size=2&included_fields=display_name,tags.tag");
        Assert.That(answer.Results.Select(hit => (string)hit!["display_name"]!), Is.EqualTo(new[] { "Web 9", "Web 8" }));
        Assert.That(((JsonObject)answer.Results[0]!).Select(field => field.Key), Is.EquivalentTo(new[] { "resource_type", "id", "display_name", "tags" }));
    }

    [TestCase("/search/query", 255)]
    [TestCase("/search/query?query=a:(b", 60505)]
    [TestCase("/search/query?query=a:b&page_size=1001", 255)]
    [TestCase("/search/query?query=a:b&cursor=zzz", 220)]
    [TestCase("/search?query=%20", 255)]
    public async Task A_bad_search_is_refused(string path, int code)
    {
        var answer = await _manager.GetAsync(path);
        Assert.That((answer.Code, answer.ErrorCode), Is.EqualTo((400, code)));
    }

    [Test]
    public async Task A_search_sees_what_was_written_before_it()
    {
        await using var manager = await RunningManager.StartAsync("none");
        for (int i = 0; i < 20; i++)
        {
            string id = await manager.CreateIdAsync("/ip-sets", CatalogCase.Json($$"""{"display_name":"one-{{i}}"}"""));
            var made = (await manager.GetAsync($"/search/query?query=display_name:one-{i}")).Results.Single()!;
            made["display_name"] = $"two-{i}";
            await manager.PutAsync($"/ip-sets/{id}", made.DeepClone());
            Assert.That((await manager.GetAsync($"/search/query?query=display_name:one-{i}")).Results, Is.Empty);
            Assert.That((await manager.GetAsync($"/search/query?query=display_name:two-{i}")).Results, Has.Count.EqualTo(1));
            await manager.DeleteAsync($"/ip-sets/{id}");
            Assert.That((await manager.GetAsync($"/search/query?query=id:{id}")).Results, Is.Empty);
        }
    }

    [Test]
    public async Task With_a_lag_writes_are_found_later()
    {
        await using var manager = await RunningManager.StartAsync("none");
        var indexes = manager.Services.GetRequiredService<SearchIndexes>();
        Assert.That((await manager.GetAsync("/search/query?query=late")).Results, Is.Empty);
        indexes.Lag = TimeSpan.FromSeconds(30);
        await manager.CreateAsync("/ip-sets", CatalogCase.Json("""{"display_name":"late"}"""));
        Assert.That((await manager.GetAsync("/search/query?query=late")).Results, Is.Empty);
        manager.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.That((await manager.GetAsync("/search/query?query=late")).Results, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_is_the_managers_own_is_not_found()
        => Assert.That((await FindAsync("resource_type:FabricCounters")).Results, Is.Empty);

    private Task<Answer> FindAsync(string query) => _manager.GetAsync($"/search/query?query={Uri.EscapeDataString(query)}");
}
