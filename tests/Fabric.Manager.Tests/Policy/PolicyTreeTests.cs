using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;

namespace Fabric.Manager.Tests.Policy;

/// <summary>What holds for every row of the policy tree alike. Each test makes what its case needs and leaves nothing behind.</summary>
internal sealed class PolicyTreeTests
{
    private static readonly string[] OfTheManager = ["id", "resource_type", "_revision", "display_name", "description", "tags"];

    private RunningManager _manager = null!;

    public static IEnumerable<PolicyCase> Writable => PolicyCase.All.Where(row => (row.Place.Type.Verbs & PolicyVerbs.Write) != 0);

    public static IEnumerable<PolicyCase> Puttable => PolicyCase.All.Where(row => row.Place.Type.Verbs.HasFlag(PolicyVerbs.Put));

    public static IEnumerable<PolicyCase> Patchable => PolicyCase.All.Where(row => row.Place.Type.Verbs.HasFlag(PolicyVerbs.Patch));

    [OneTimeSetUp]
    public async Task StartAsync() => _manager = await RunningManager.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [Test]
    public void Every_row_has_a_case()
    {
        var covered = PolicyCase.All.Select(row => row.Place.Type).ToHashSet();
        Assert.That(PolicyTree.Rows.Where(row => row != PolicyTree.Root && !covered.Contains(row)).Select(row => $"{row.Place} ({row.Record.Name})"), Is.Empty);
    }

    [Test]
    public void No_two_records_of_the_two_APIs_share_a_name()
    {
        var records = typeof(ManagedResource).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ManagedResource)));
        Assert.That(records.GroupBy(type => type.Name).Where(named => named.Count() > 1).Select(named => named.Key), Is.Empty, "kinds are names of records: one of the two takes another and a WireName");
    }

    [TestCaseSource(nameof(Puttable))]
    public async Task A_put_makes_it_and_a_put_of_its_revision_replaces_it(PolicyCase row)
    {
        await MakeNeedsAsync(row);
        var there = await _manager.GetAsync(row.Path);
        var body = row.NewBody();
        if (there.Code == 200)
        {
            body["_revision"] = there.Object["_revision"]!.DeepClone();
        }

        var made = await _manager.PutAsync(row.Path, body);
        Assert.That(made.Code, Is.EqualTo(200), $"PUT {row.Path}: {made.Body}");
        Holds(made.Object, row.NewBody());
        var read = await _manager.GetAsync(row.Path);
        Assert.That(read.Body!.ToJsonString(), Is.EqualTo(made.Body!.ToJsonString()));
        Assert.That(((string?)read.Object["path"], (string?)read.Object["id"]), Is.EqualTo((row.Path, row.Place.Id)));
        if (row.Place.Type.Verbs.HasFlag(PolicyVerbs.List))
        {
            var listed = await _manager.GetAsync(row.Path[..(row.Path.LastIndexOf('/') + 1)] + "?include_system_owned=true");
            Assert.That(listed.Results.Select(item => (string)item!["path"]!), Does.Contain(row.Path));
        }

        var same = await _manager.PutAsync(row.Path, made.Body.DeepClone());
        Assert.That(same.Code, Is.EqualTo(200), $"{same.Body}");
        Assert.That(same.Body!.ToJsonString(), Is.EqualTo(made.Body!.ToJsonString()), "an unchanged PUT changes nothing");
        await ChangesAsync(row, made.Object);

        if (!row.Place.Type.IsSingle)
        {
            var bare = row.NewBody();
            var blind = await _manager.PutAsync(row.Path, bare);
            Assert.That((blind.Code, blind.ErrorCode), Is.EqualTo((400, 500127)));
        }

        var stale = made.Body.DeepClone();
        stale["_revision"] = 4711;
        var refused = await _manager.PutAsync(row.Path, stale);
        Assert.That((refused.Code, (string)refused.Body!["httpStatus"]!), Is.EqualTo((412, "PRECONDITION_FAILED")));
        await DeleteAsync(row);
    }

    [TestCaseSource(nameof(Patchable))]
    public async Task A_patch_makes_it_and_a_patch_that_changes_nothing_leaves_it_alone(PolicyCase row)
    {
        await MakeNeedsAsync(row);
        await PatchesAsync(row.Path, row.NewBody());
        var made = await _manager.GetAsync(row.Path);
        Assert.That(made.Code, Is.EqualTo(200), $"{made.Body}");
        Holds(made.Object, row.NewBody());
        _manager.Time.Advance(TimeSpan.FromSeconds(1));
        await PatchesAsync(row.Path, row.NewBody());
        await PatchesAsync(row.Path, (JsonObject)made.Object.DeepClone());
        Assert.That((await _manager.GetAsync(row.Path)).Body!.ToJsonString(), Is.EqualTo(made.Body!.ToJsonString()), "an unchanged PATCH changes nothing");

        await PatchesAsync(row.Path, row.NewChange());
        var changed = (await _manager.GetAsync(row.Path)).Object;
        Assert.That((long)changed["_revision"]!, Is.EqualTo((long)made.Object["_revision"]! + 1));
        Holds(changed, row.NewChange());
        var fields = Shape.Of(RecordOf(row)).Fields; // what the manager works out may follow from what was changed
        foreach (var (name, value) in made.Object.Where(field => !fields[field.Key].ServerSet && field.Key != "_revision" && !row.NewChange().ContainsKey(field.Key)))
        {
            Assert.That(changed[name]?.ToJsonString(), Is.EqualTo(value?.ToJsonString()), $"a PATCH leaves {name} as it was");
        }

        await DeleteAsync(row);
    }

    [TestCaseSource(nameof(Writable))]
    public async Task What_cannot_be_read_is_refused_by_name(PolicyCase row)
    {
        await MakeNeedsAsync(row);
        await RefusesAsync(row, "colour", "blue", 287);
        var shape = Shape.Of(RecordOf(row));
        foreach (var field in shape.Fields.Values.Where(field => !field.ServerSet && !field.Hidden && !field.IsFree && !OfTheManager.Contains(field.Name) && !IsEmbedded(row, field)))
        {
            JsonNode wrong = field.IsList || field.IsMap || field.Part is not null ? "text" : field.Item == typeof(string) ? new JsonObject() : "text";
            await RefusesAsync(row, field.Name, wrong, 258);
            if (field.Mandatory && row.NewBody()[field.Name] is not null && (await _manager.GetAsync(row.Path)).Code == 404)
            {
                await RefusesAsync(row, field.Name, null, 255);
            }
        }

        await DeleteAsync(row);
    }

    [TestCaseSource(nameof(Writable))]
    public async Task A_path_to_nothing_is_refused(PolicyCase row)
    {
        await MakeNeedsAsync(row);
        foreach (var field in Shape.Of(RecordOf(row)).Fields.Values.Where(field => field is { PathTo: not null, ServerSet: false, Hidden: false }))
        {
            JsonNode nowhere = field.IsList ? new JsonArray("/infra/nowhere/none") : "/infra/nowhere/none";
            var body = row.NewBody();
            body[field.Name] = nowhere;
            var refused = await SendAsync(row, body);
            Assert.That(refused.Code, Is.EqualTo(400), $"{field.Name}: {refused.Body}");
            Assert.That(refused.Message, Does.Contain("/infra/nowhere/none"), field.Name);
        }

        await DeleteAsync(row);
    }

    private static Type RecordOf(PolicyCase row)
    {
        var record = row.Place.Type.Record;
        var members = ((FamilyAttribute?)Attribute.GetCustomAttribute(record, typeof(FamilyAttribute), inherit: false))?.Members;
        return members?.First(member => WireNameAttribute.Of(member) == (string?)row.NewBody()["resource_type"]) ?? record;
    }

    private static bool IsEmbedded(PolicyCase row, FieldShape field) => row.Place.Type.Embeds.Any(embedded => embedded.Field == field.Name);

    /// <summary>Plain values are answered as they were written.</summary>
    private static void Holds(JsonObject answer, JsonObject written)
    {
        foreach (var (name, value) in written.Where(field => field.Value is JsonValue))
        {
            if (name is not ("id" or "_revision" or "secret" or "password")) // the last two are never answered
            {
                Assert.That(answer[name]?.ToJsonString(), Is.EqualTo(value!.ToJsonString()), name);
            }
        }
    }

    private async Task ChangesAsync(PolicyCase row, JsonObject made)
    {
        var changed = (JsonObject)made.DeepClone();
        foreach (var (name, value) in row.NewChange())
        {
            changed[name] = value?.DeepClone();
        }

        var answer = await _manager.PutAsync(row.Path, changed);
        Assert.That(answer.Code, Is.EqualTo(200), $"{answer.Body}");
        Assert.That((long)answer.Object["_revision"]!, Is.EqualTo((long)made["_revision"]! + 1));
        Holds(answer.Object, row.NewChange());
    }

    private async Task<Answer> SendAsync(PolicyCase row, JsonObject body)
    {
        if (row.Place.Type.Verbs.HasFlag(PolicyVerbs.Patch))
        {
            return await _manager.PatchAsync(row.Path, body);
        }

        return await _manager.PutAsync(row.Path, body);
    }

    private async Task RefusesAsync(PolicyCase row, string field, JsonNode? value, int code)
    {
        var body = row.NewBody();
        body[field] = value;
        var answer = await SendAsync(row, body);
        Assert.That(answer.Code, Is.EqualTo(400), $"{field}: {answer.Body}");
        Assert.That(answer.ErrorCode, Is.EqualTo(code), $"{field}: {answer.Body}");
        Assert.That(answer.Message, Does.Contain(field));
    }

    private async Task PatchesAsync(string path, JsonObject body)
    {
        var answer = await _manager.PatchAsync(path, body);
        Assert.That((answer.Code, answer.Body?.ToJsonString()), Is.EqualTo((200, (string?)null)), $"PATCH {path}");
    }

    private async Task MakeNeedsAsync(PolicyCase row)
    {
        foreach (var (path, body) in row.Needs ?? [])
        {
            await PatchesAsync(path, (JsonObject)JsonNode.Parse(body)!);
        }
    }

    private async Task DeleteAsync(PolicyCase row)
    {
        if (row.Place.Type.Verbs.HasFlag(PolicyVerbs.Delete) && (await _manager.GetAsync(row.Path)).Code == 200)
        {
            var deleted = await _manager.DeleteAsync(row.Path);
            Assert.That((deleted.Code, deleted.Body?.ToJsonString()), Is.EqualTo((200, (string?)null)));
            var gone = await _manager.GetAsync(row.Path);
            Assert.That((gone.Code, gone.ErrorCode), Is.EqualTo((404, 600)));
            Assert.That((await _manager.DeleteAsync(row.Path)).Code, Is.EqualTo(404));
        }

        foreach (var (path, _) in (row.Needs ?? []).Reverse())
        {
            if (PolicyTree.Find(path)!.Type.Verbs.HasFlag(PolicyVerbs.Delete))
            {
                var answer = await _manager.DeleteAsync(path);
                Assert.That(answer.Code, Is.EqualTo(200), $"DELETE {path}: {answer.Body}");
            }
        }
    }
}
