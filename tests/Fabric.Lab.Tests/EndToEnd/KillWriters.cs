using System.Globalization;
using System.Text.Json.Nodes;

namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>Makes, changes and deletes sets through the Manager API.</summary>
internal sealed class SetWriter(string name) : IKillWriter
{
    private readonly HashSet<string> _there = [];
    private readonly HashSet<string> _gone = [];
    private readonly HashSet<string> _changed = [];
    private readonly HashSet<string> _unsure = []; // may be there or not
    private int _number;

    public string What => "writes to the Manager API";

    public int Acknowledged { get; private set; }

    public async Task WriteUntilKilledAsync(KillClient client)
    {
        while (true)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"set-{name}-{++_number}");
            _unsure.Add(id);
            if (await client.WriteAsync(HttpMethod.Post, "/api/v1/ip-sets", new JsonObject { ["id"] = id, ["display_name"] = id }) is not { } made)
            {
                return;
            }

            _there.Add(id);
            _unsure.Remove(id);
            Acknowledged++;
            made["description"] = "changed";
            if (await client.WriteAsync(HttpMethod.Put, $"/api/v1/ip-sets/{id}", made) is null)
            {
                return;
            }

            _changed.Add(id);
            Acknowledged++;
            if (_number % 3 == 0)
            {
                _there.Remove(id);
                _unsure.Add(id);
                if (await client.WriteAsync(HttpMethod.Delete, $"/api/v1/ip-sets/{id}", null) is null)
                {
                    return;
                }

                _unsure.Remove(id);
                _gone.Add(id);
                Acknowledged++;
            }
        }
    }

    public async Task CheckAsync(KillClient client)
    {
        var found = new Dictionary<string, JsonNode>();
        string cursor = "";
        do
        {
            var page = (await client.GetAsync($"/api/v1/ip-sets?page_size=1000{cursor}"))!;
            foreach (var set in page["results"]!.AsArray())
            {
                found[(string)set!["id"]!] = set;
            }

            cursor = page["cursor"] is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);
        Assert.That(_there.Where(id => !found.ContainsKey(id)), Is.Empty, "acknowledged and lost");
        Assert.That(_gone.Where(found.ContainsKey), Is.Empty, "deleted and back");
        Assert.That(_there.Where(id => _changed.Contains(id) && (string?)found[id]["description"] != "changed"), Is.Empty, "changed and changed back");
        Assert.That(found.Keys.Where(id => id.StartsWith($"set-{name}-", StringComparison.Ordinal)).Except(_there).Except(_unsure), Is.Empty, "never written");
    }
}

/// <summary>Counts up in one policy object, a PATCH at a time.</summary>
internal sealed class PolicyPatchWriter(string name) : IKillWriter
{
    private int _sent;

    public string What => "policy patches";

    public int Acknowledged { get; private set; }

    public async Task WriteUntilKilledAsync(KillClient client)
    {
        while (await client.WriteAsync(HttpMethod.Patch, $"/policy/api/v1/infra/services/{name}", new JsonObject { ["description"] = $"{++_sent}" }) is not null)
        {
            Acknowledged = _sent;
        }
    }

    public async Task CheckAsync(KillClient client)
    {
        if (_sent > 0)
        {
            var found = await client.GetAsync($"/policy/api/v1/infra/services/{name}");
            int now = int.Parse((string?)found?["description"] ?? "0", CultureInfo.InvariantCulture);
            Assert.That(now, Is.InRange(Acknowledged, _sent), "the last answered patch, or the one that was on its way");
            _sent = Acknowledged = now; // what was on its way counts from here
        }
    }
}

/// <summary>Writes a generation of several objects in one hierarchical PATCH: some changed, one new, the one before deleted.</summary>
internal sealed class HierarchyWriter(string name) : IKillWriter
{
    private const int Members = 6;
    private int _sent;

    public string What => "hierarchies";

    public int Acknowledged { get; private set; }

    public async Task WriteUntilKilledAsync(KillClient client)
    {
        while (await client.WriteAsync(HttpMethod.Patch, "/policy/api/v1/infra", Generation(++_sent)) is not null)
        {
            Acknowledged = _sent;
        }
    }

    public async Task CheckAsync(KillClient client)
    {
        if (_sent == 0)
        {
            return;
        }

        var generations = new List<int>();
        for (int member = 0; member < Members; member++)
        {
            var found = await client.GetAsync($"/policy/api/v1/infra/services/{name}-{member}");
            generations.Add(int.Parse((string?)found?["description"] ?? "0", CultureInfo.InvariantCulture));
        }

        Assert.That(generations.Distinct().Count(), Is.EqualTo(1), $"half of a hierarchy: {string.Join(", ", generations)}");
        int now = generations[0];
        Assert.That(now, Is.InRange(Acknowledged, _sent), "the last answered hierarchy, or the one that was on its way");
        if (now > 0)
        {
            Assert.That(await client.GetAsync($"/policy/api/v1/infra/ip-pools/{name}-{now}"), Is.Not.Null, "its new object is part of it");
            Assert.That(await client.GetAsync($"/policy/api/v1/infra/ip-pools/{name}-{now - 1}"), Is.Null, "and so is the deletion of the one before");
            Assert.That(await client.GetAsync($"/policy/api/v1/infra/ip-pools/{name}-{now + 1}"), Is.Null);
        }

        _sent = Acknowledged = now;
    }

    private JsonObject Generation(int number)
    {
        var children = new JsonArray();
        for (int member = 0; member < Members; member++)
        {
            children.Add(Child("Service", new JsonObject { ["id"] = $"{name}-{member}", ["description"] = $"{number}" }));
        }

        children.Add(Child("IpAddressPool", new JsonObject { ["id"] = $"{name}-{number}" }));
        if (number > 1)
        {
            var old = Child("IpAddressPool", new JsonObject { ["id"] = $"{name}-{number - 1}" });
            old["marked_for_delete"] = true;
            children.Add(old);
        }

        return new JsonObject { ["resource_type"] = "Infra", ["children"] = children };
    }

    private static JsonObject Child(string type, JsonObject content)
    {
        content["resource_type"] = type;
        return new JsonObject { ["resource_type"] = $"Child{type}", [type] = content };
    }
}
