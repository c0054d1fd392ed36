using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;

namespace Fabric.Manager.Tests;

/// <summary>What holds for every row of the catalog alike. All rows meet one manager, one after the other: starting it is most of the work.</summary>
[NonParallelizable]
[TestFixtureSource(typeof(CatalogCase), nameof(CatalogCase.All))]
internal sealed class CatalogTests(CatalogCase row)
{
    private RunningManager _manager = null!;
    private JsonObject _body = null!;
    private string _path = row.Path;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _manager = await CatalogManager.GetAsync();
        _path = await row.PathAsync(_manager);
        _body = await row.Body(_manager);
    }

    [Test, Order(1)]
    public async Task It_is_created_read_listed_changed_and_deleted()
    {
        var made = await row.CreateAsync(_manager, _path, Body());
        string one = $"{_path}/{made["id"]}";
        var read = await _manager.GetAsync(one);
        Assert.That(read.Code, Is.EqualTo(200));
        Assert.That(read.Body!.ToJsonString(), Is.EqualTo(made.ToJsonString()));
        Assert.That((long)made["_revision"]!, Is.Zero);
        Assert.That((string)made["_create_user"]!, Is.EqualTo("admin"));
        Assert.That((long)made["_create_time"]!, Is.EqualTo(_manager.Time.GetUtcNow().ToUnixTimeMilliseconds()));
        Assert.That((string)made["_protection"]!, Is.EqualTo("NOT_PROTECTED"));
        foreach (var (name, value) in _body)
        {
            Assert.That(made.ContainsKey(name), name);
            if (value is JsonValue)
            {
                Assert.That(made[name]!.ToJsonString(), Is.EqualTo(value.ToJsonString()), name);
            }
        }

        var listed = await _manager.GetAsync(_path);
        Assert.That(listed.Results.Select(item => (string)item!["id"]!), Does.Contain((string)made["id"]!));
        Assert.That((int)listed.Body!["result_count"]!, Is.EqualTo(listed.Results.Count));

        made["description"] = "changed";
        made["tags"] = CatalogCase.Array("""[{"scope":"a","tag":"b"}]""");
        var changed = await _manager.PutAsync(one, made);
        Assert.That(changed.Code, Is.EqualTo(200), $"{changed.Body}");
        Assert.That((string)changed.Object["description"]!, Is.EqualTo("changed"));
        Assert.That((long)changed.Object["_revision"]!, Is.EqualTo(1));
        Assert.That((await _manager.GetAsync(one)).Body!.ToJsonString(), Is.EqualTo(changed.Body!.ToJsonString()));

        var deleted = await _manager.DeleteAsync(one);
        Assert.That((deleted.Code, deleted.Body), Is.EqualTo((200, (JsonNode?)null)));
        var gone = await _manager.GetAsync(one);
        Assert.That((gone.Code, gone.ErrorCode, (string)gone.Body!["httpStatus"]!), Is.EqualTo((404, 600, "NOT_FOUND")));
        Assert.That((await _manager.DeleteAsync(one)).Code, Is.EqualTo(404));
    }

    [Test, Order(2)]
    public async Task A_stale_revision_is_refused_with_412()
    {
        var made = await row.CreateAsync(_manager, _path, Body());
        string one = $"{_path}/{made["id"]}";
        Assert.That((await _manager.PutAsync(one, made.DeepClone())).Code, Is.EqualTo(200));
        var stale = await _manager.PutAsync(one, made.DeepClone());
        Assert.That((stale.Code, stale.ErrorCode, (string)stale.Body!["httpStatus"]!), Is.EqualTo((412, 206, "PRECONDITION_FAILED")));
        made.Remove("_revision");
        Assert.That((await _manager.PutAsync(one, made)).Code, Is.EqualTo(412));
        Assert.That((await _manager.DeleteAsync(one)).Code, Is.EqualTo(200));
    }

    [Test]
    public async Task An_unknown_field_is_refused_by_name()
    {
        var body = Body();
        body["colour"] = "blue";
        await RefusedAsync(body, 287, "colour");
    }

    [Test]
    public async Task A_wrong_type_is_refused_by_name()
    {
        var body = Body();
        body[row.WrongType.Field] = row.WrongType.Value.DeepClone();
        await RefusedAsync(body, 258, row.WrongType.Field);
    }

    [Test]
    public async Task What_is_mandatory_must_be_there()
    {
        var shape = ResourceCatalog.All.First(type => type.Path == row.Path).Record;
        foreach (string field in _body.Select(field => field.Key).Where(field => field != "resource_type"))
        {
            var body = Body();
            body.Remove(field);
            if (Shape.Of(shape).Fields.TryGetValue(field, out var known) && known.Mandatory)
            {
                await RefusedAsync(body, 255, field);
            }
        }
    }

    [Test]
    public async Task Too_many_tags_are_refused()
    {
        var body = Body();
        body["tags"] = new JsonArray([.. Enumerable.Range(0, 31).Select(i => (JsonNode)new JsonObject { ["tag"] = $"{i}" })]);
        await RefusedAsync(body, 255, "tags");
        body = Body();
        body["tags"] = new JsonArray(new JsonObject { ["scope"] = new string('s', 129), ["tag"] = new string('t', 257) });
        await RefusedAsync(body, 255, "tags[0].scope");
    }

    private JsonObject Body() => (JsonObject)_body.DeepClone();

    private Task RefusedAsync(JsonObject body, int code, string named) => _manager.RefusesAsync(_path, body, code, named);
}
