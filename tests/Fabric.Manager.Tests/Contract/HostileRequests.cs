using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests.Contract;

/// <summary>Requests that no client should send, made from a seed: the same seed, the same requests.</summary>
internal sealed class HostileRequests(Random random)
{
    private static readonly string[] Texts =
    [
        "", " ", "'; DROP TABLE resources; --", "\" OR 1=1", "../../../../etc/passwd", "..%2f..%2fetc", "<script>alert(1)</script>", "${jndi:ldap://x/a}", "%s%s%n", "\u0000", "\u202e\u0301\ufeff",
        "😀", new('x', 5000), "null", "true", "NaN", "-1", "0x7fffffff", "1e999", "/infra/segments/../segments", "/", "//", "{}", "[]", "ANY", "*", "a\r\nSet-Cookie: b=c", "10.0.0.0/99", "::/0", "255.255.255.256",
        "10.0.0.9-10.0.0.1", "ff:ff:ff:ff:ff:ff:ff", "/infra/domains/default/groups/" + new string('g', 300), "９９", "2147483648", "-9223372036854775809",
    ];

    private static readonly string[] Bodies =
    [
        "", "{", "}", "null", "[]", "\"text\"", "1", "{\"a\":}", "{\"id\":\"a\",\"id\":\"b\"}", "{\"display_name\":\"\\ud800\"}", "{'a':1}", "{\"a\":1}{\"b\":2}", "{\"_revision\":NaN}", "{\"_revision\":1e400}",
        "{\"tags\":[[[[[]]]]]}", "{\"_revision\":99999999999999999999999}", "{\"children\":[{}]}", "{\"children\":[{\"resource_type\":\"ChildNothing\"}]}", "{\"children\":{\"a\":1}}", "{\"children\":[null,1,\"x\"]}",
        "{\"children\":[{\"resource_type\":\"ChildResourceReference\",\"target_type\":\"Segment\",\"id\":\"../x\",\"children\":[{\"resource_type\":\"ChildTier0\",\"Tier0\":null}]}]}",
        "{\"resource_type\":[]}", "{\"resource_type\":{}}", "{\"resource_type\":7}", "{\"id\":{}}", "{\"id\":7}", "{\"\":\"\"}", "<a/>", "a=b&c=d", "\ufeff{}", "{\"rules\":[{\"id\":null}]}", "{\"expression\":[{\"resource_type\":null}]}",
    ];

    private static readonly string[] Names = ["page_size", "cursor", "sort_by", "sort_ascending", "included_fields", "action", "operation", "id", "force", "cascade", "query", "filter", "base_path", "type_filter", "intent_path", "include_mark_for_delete_objects", "enforce_revision_check", "display_name", "logical_switch_id", "details", "source"];

    /// <param name="method">Of the operation.</param>
    /// <param name="path">Of an object that is there, or nearly.</param>
    /// <param name="known">The object, to be spoilt; null: there is none.</param>
    public HttpRequestMessage Next(HttpMethod method, string path, JsonObject? known)
    {
        if (random.Next(6) == 0)
        {
            string[] pieces = path.Split('/');
            int at = random.Next(Math.Max(pieces.Length - 3, 1), pieces.Length);
            pieces[at] = Uri.EscapeDataString(Pick(Texts));
            path = "/" + string.Join('/', pieces).TrimStart('/'); // two in front would name a host
        }

        if (random.Next(3) == 0)
        {
            path += (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + string.Join('&', Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"{Pick(Names)}={Uri.EscapeDataString(Pick(Texts))}"));
        }

        var request = new HttpRequestMessage(method, path);
        if (method != HttpMethod.Get || random.Next(20) == 0)
        {
            request.Content = Body(known);
        }

        switch (random.Next(12))
        {
            case 0:
                request.Headers.TryAddWithoutValidation("X-Allow-Overwrite", "maybe");
                break;
            case 1:
                for (int i = 0; i < 60; i++)
                {
                    request.Headers.TryAddWithoutValidation($"X-Flood-{i}", new string('f', 100));
                }

                break;
            case 2:
                request.Headers.TryAddWithoutValidation("Accept", "application/xml;q=x, */");
                request.Headers.TryAddWithoutValidation("If-Match", "\"\"\"");
                break;
        }

        return request;
    }

    private ByteArrayContent Body(JsonObject? known)
    {
        byte[] bytes = random.Next(5) switch
        {
            0 => Encoding.UTF8.GetBytes(Pick(Bodies)),
            1 => Encoding.UTF8.GetBytes(Deep()),
            2 => Noise(),
            _ => Encoding.UTF8.GetBytes(Spoilt(known ?? []).ToJsonString()),
        };
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = random.Next(15) switch
        {
            0 => null,
            1 => new MediaTypeHeaderValue("text/plain"),
            2 => new MediaTypeHeaderValue("application/json") { CharSet = "utf-16" },
            _ => new MediaTypeHeaderValue("application/json"),
        };
        return content;
    }

    /// <summary>The object with one to three values changed, at any depth.</summary>
    private JsonObject Spoilt(JsonObject known)
    {
        var body = (JsonObject)known.DeepClone();
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            Spoil(body, 0);
        }

        return body;
    }

    private void Spoil(JsonObject body, int depth)
    {
        var names = body.Select(field => field.Key).ToList();
        if (names.Count == 0 || random.Next(8) == 0)
        {
            body[random.Next(2) == 0 ? Pick(Texts) : Pick(Names)] = Value();
            return;
        }

        string name = names[random.Next(names.Count)];
        if (depth < 4 && body[name] is JsonObject inner && random.Next(3) > 0)
        {
            Spoil(inner, depth + 1);
        }
        else if (depth < 4 && body[name] is JsonArray { Count: > 0 } items && items[random.Next(items.Count)] is JsonObject item && random.Next(3) > 0)
        {
            Spoil(item, depth + 1);
        }
        else if (random.Next(6) == 0)
        {
            body.Remove(name);
        }
        else
        {
            body[name] = Value();
        }
    }

    private JsonNode? Value() => random.Next(9) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(2) == 0),
        2 => JsonValue.Create(random.NextInt64(long.MinValue, long.MaxValue)),
        3 => JsonValue.Create(random.NextDouble() * 1e300),
        4 => new JsonArray(Value(), Value()),
        5 => new JsonObject { [Pick(Names)] = Pick(Texts), ["resource_type"] = Pick(Texts) },
        6 => new JsonArray([.. Enumerable.Range(0, 300).Select(i => JsonValue.Create(i))]),
        _ => JsonValue.Create(Pick(Texts)),
    };

    private string Deep()
    {
        int depth = random.Next(20, 3000);
        string open = random.Next(2) == 0 ? "[" : "{\"children\":";
        return "{\"description\":" + string.Concat(Enumerable.Repeat(open, depth)) + (random.Next(2) == 0 ? "1" + string.Concat(Enumerable.Repeat(open == "[" ? "]" : "}", depth)) + "}" : "");
    }

    private byte[] Noise()
    {
        byte[] noise = new byte[random.Next(1, 400)];
        random.NextBytes(noise);
        return noise;
    }

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
