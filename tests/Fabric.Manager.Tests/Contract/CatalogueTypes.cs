using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests.Contract;

/// <summary>A GET of the API: which of the two, its template, what follows the question mark if fixed, and the type of its answer.</summary>
internal sealed record CatalogueRead(string Api, string Template, string FixedQuery, string Returns);

/// <summary>
/// The types of both APIs as NSX-T declares them, and whether an answer is of one. Read from api-types.json.gz, which has every type's fields
/// (t: type, e: words, r: required), what it extends (x), and how its members are told apart (d, s). The facts are those of the public
/// bindings of VMware's Python SDK 4.2.0; required fields and words also of the Manager API's description of 2.5.1.
/// </summary>
internal sealed class CatalogueTypes
{
    private readonly JsonElement _types;

    private CatalogueTypes(JsonElement types, IReadOnlyList<CatalogueRead> reads)
    {
        _types = types;
        Reads = reads;
    }

    public IReadOnlyList<CatalogueRead> Reads { get; }

    public static CatalogueTypes Load()
    {
        using var file = File.OpenRead(Path.Combine(TestContext.CurrentContext.TestDirectory, "Contract", "api-types.json.gz"));
        using var plain = new GZipStream(file, CompressionMode.Decompress);
        using var document = JsonDocument.Parse(plain);
        var root = document.RootElement.Clone();
        return new CatalogueTypes(root.GetProperty("types"), [.. root.GetProperty("operations").EnumerateArray()
            .Select(each => new CatalogueRead(each[0].GetString()!, each[1].GetString()!, each[2].GetString()!, each[3].GetString()!))]);
    }

    /// <summary>What in this value is not as the type declares it.</summary>
    public IEnumerable<string> Wrong(string api, string type, JsonNode? value, string at = "")
    {
        if (value is null)
        {
            return [$"{at} is null"];
        }

        return type switch
        {
            "any" or "object" => [],
            "string" => Kind(value, at, "a string", JsonValueKind.String),
            "bool" => Kind(value, at, "true or false", JsonValueKind.True, JsonValueKind.False),
            "number" => Kind(value, at, "a number", JsonValueKind.Number),
            "int" => value.GetValueKind() == JsonValueKind.Number && value.AsValue().TryGetValue(out long _) ? [] : [$"{at} is no whole number: {value.ToJsonString()}"],
            ['[', .. var item, ']'] => value is JsonArray items ? items.SelectMany((each, i) => Wrong(api, item, each, $"{at}[]")) : [$"{at} is no list"],
            ['{', .. var item, '}'] => value is JsonObject map ? map.SelectMany(each => Wrong(api, item, each.Value, $"{at}.*")) : [$"{at} is no map"],
            ['*', .. var family] => WrongMember(api, family, value, at),
            _ => WrongObject(api, type, value, at),
        };
    }

    private static string[] Kind(JsonNode value, string at, string wanted, params JsonValueKind[] kinds)
        => kinds.Contains(value.GetValueKind()) ? [] : [$"{at} is not {wanted}: {value.ToJsonString()}"];

    private IEnumerable<string> WrongMember(string api, string family, JsonNode value, string at)
    {
        if (value is not JsonObject body || !_types.GetProperty(api).TryGetProperty(family, out var type))
        {
            return value is JsonObject ? [] : [$"{at} is no object"];
        }

        if (!type.TryGetProperty("d", out var by) || !type.TryGetProperty("s", out var members))
        {
            return WrongObject(api, family, value, at);
        }

        string? name = (string?)body[by.GetString()!];
        return name is null ? [$"{at} lacks {by.GetString()}"]
            : members.TryGetProperty(name, out var member) ? WrongObject(api, member.GetString()!, value, at)
            : [$"{at}.{by.GetString()} '{name}' is no member of {family}"];
    }

    private IEnumerable<string> WrongObject(string api, string type, JsonNode value, string at)
    {
        if (value is not JsonObject body)
        {
            yield return $"{at} is no {type}";
            yield break;
        }

        var fields = Fields(api, type);
        if (fields is null)
        {
            yield break; // a type that the bindings name and do not have
        }

        foreach (var (name, inner) in body)
        {
            if (!fields.TryGetValue(name, out var field))
            {
                yield return $"{at}.{name} is no field of {type}";
                continue;
            }

            string declared = field.GetProperty("t").GetString()!;
            foreach (string wrong in Wrong(api, declared, inner, $"{at}.{name}"))
            {
                yield return wrong;
            }

            if (field.TryGetProperty("e", out var words))
            {
                foreach (string text in Texts(inner).Where(text => words.EnumerateArray().All(word => word.GetString() != text)))
                {
                    yield return $"{at}.{name} '{text}' is no word of {type}";
                }
            }
        }

        foreach (var (name, field) in fields)
        {
            if (field.TryGetProperty("r", out _) && !body.ContainsKey(name))
            {
                yield return $"{at} lacks {name}, which {type} requires";
            }
        }
    }

    private static IEnumerable<string> Texts(JsonNode? value) => value switch
    {
        JsonArray items => items.SelectMany(Texts),
        JsonValue text when text.GetValueKind() == JsonValueKind.String => [text.GetValue<string>()],
        _ => [],
    };

    private Dictionary<string, JsonElement>? Fields(string api, string type)
    {
        var fields = new Dictionary<string, JsonElement>();
        string? at = type;
        while (at is not null)
        {
            if (!_types.GetProperty(api).TryGetProperty(at, out var declared))
            {
                return fields.Count == 0 ? null : fields;
            }

            foreach (var field in declared.GetProperty("f").EnumerateObject())
            {
                fields.TryAdd(field.Name, field.Value);
            }

            at = declared.TryGetProperty("x", out var parent) ? parent.GetString() : null;
        }

        return fields;
    }
}
