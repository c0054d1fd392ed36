using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests;

internal sealed class ListTests
{
    private RunningManager _manager = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _manager = await RunningManager.StartAsync("none");
        for (int i = 0; i < 25; i++)
        {
            await _manager.CreateAsync("/ip-sets", CatalogCase.Json($$"""{"display_name":"set-{{i:00}}","description":"{{i % 3}}"}"""));
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [Test]
    public async Task Cursors_lead_through_every_page_and_the_last_has_none()
    {
        var seen = new List<string>();
        string path = "/ip-sets?page_size=10";
        for (int page = 0; page < 3; page++)
        {
            var answer = await _manager.GetAsync(path);
            Assert.That((int)answer.Body!["result_count"]!, Is.EqualTo(25));
            seen.AddRange(answer.Results.Select(item => (string)item!["id"]!));
            Assert.That(answer.Object.ContainsKey("cursor"), Is.EqualTo(page < 2));
            path = $"/ip-sets?page_size=10&cursor={answer.Body["cursor"]}";
        }

        Assert.That(seen, Has.Count.EqualTo(25));
        Assert.That(seen, Is.Unique);
    }

    [Test]
    public async Task A_cursor_stays_good_when_its_last_item_goes()
    {
        await using var manager = await RunningManager.StartAsync("none");
        for (int i = 0; i < 9; i++)
        {
            await manager.CreateAsync("/ip-sets", CatalogCase.Json($$"""{"id":"set-{{i}}"}"""));
        }

        var first = await manager.GetAsync("/ip-sets?page_size=3");
        await manager.DeleteAsync("/ip-sets/set-2");
        var second = await manager.GetAsync($"/ip-sets?page_size=3&cursor={first.Body!["cursor"]}");
        Assert.That(second.Results.Select(item => (string)item!["id"]!), Is.EqualTo(new[] { "set-3", "set-4", "set-5" }));
    }

    [Test]
    public async Task Lists_are_sorted_as_asked()
    {
        var up = await _manager.GetAsync("/ip-sets/?sort_by=display_name&page_size=3");
        Assert.That(Names(up), Is.EqualTo(new[] { "set-00", "set-01", "set-02" }));
        var down = await _manager.GetAsync($"/ip-sets?sort_by=display_name&sort_ascending=false&page_size=2");
        Assert.That(Names(down), Is.EqualTo(new[] { "set-24", "set-23" }));
        var next = await _manager.GetAsync($"/ip-sets?sort_by=display_name&sort_ascending=false&page_size=2&cursor={down.Body!["cursor"]}");
        Assert.That(Names(next), Is.EqualTo(new[] { "set-22", "set-21" }));
    }

    [Test]
    public async Task Only_the_fields_asked_for_are_answered()
    {
        var answer = await _manager.GetAsync("/ip-sets?included_fields=display_name&page_size=1");
        Assert.That(((JsonObject)answer.Results[0]!).Select(field => field.Key), Is.EquivalentTo(new[] { "resource_type", "id", "display_name" }));
    }

    [TestCase("page_size=0")]
    [TestCase("page_size=1001")]
    [TestCase("page_size=ten")]
    [TestCase("cursor=%00%01")]
    [TestCase("cursor=bm90aGluZw")]
    public async Task A_bad_page_is_refused(string query)
    {
        var answer = await _manager.GetAsync($"/ip-sets?{query}");
        Assert.That((answer.Code, answer.ErrorCode), Is.EqualTo((400, 220)));
    }

    private static IEnumerable<string> Names(Answer answer) => answer.Results.Select(item => (string)item!["display_name"]!);
}
