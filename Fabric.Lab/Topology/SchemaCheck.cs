using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fabric.Packets.Addresses;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Fabric.Lab.Topology;

/// <summary>
/// Holds a YAML document to the lab's JSON schema, the same one that editors use, and says for each mistake the line and the remedy.
/// It knows the keywords that samples/lab.schema.json uses, and no others.
/// </summary>
internal sealed class SchemaCheck
{
    private readonly JsonElement _schema;
    private readonly List<LabProblem> _problems = [];

    private SchemaCheck(JsonElement schema) => _schema = schema;

    /// <summary>The schema as it is shipped inside the command.</summary>
    public static JsonDocument LoadSchema()
    {
        using var stream = typeof(SchemaCheck).Assembly.GetManifestResourceStream("lab.schema.json")!;
        return JsonDocument.Parse(stream);
    }

    public static IReadOnlyList<LabProblem> Problems(YamlNode root)
    {
        using var schema = LoadSchema();
        var check = new SchemaCheck(schema.RootElement);
        check.Check(root, schema.RootElement, "the lab");
        return check._problems;
    }

    private void Check(YamlNode node, JsonElement schema, string what)
    {
        string? description = Text(schema, "description");
        schema = Follow(schema, ref description);
        if (schema.TryGetProperty("enum", out var choices))
        {
            CheckChoice(node, choices, what);
            return;
        }

        switch (Text(schema, "type"))
        {
            case "object":
                CheckObject(node, schema, Text(schema, "title") ?? what, description);
                break;
            case "array":
                CheckList(node, schema, what, description);
                break;
            default:
                CheckScalar(node, schema, what, description);
                break;
        }
    }

    private JsonElement Follow(JsonElement schema, ref string? description)
    {
        if (!schema.TryGetProperty("$ref", out var reference))
        {
            return schema;
        }

        var target = _schema.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]);
        description ??= Text(target, "description");
        return target;
    }

    private void CheckObject(YamlNode node, JsonElement schema, string what, string? description)
    {
        if (node is not YamlMappingNode map)
        {
            Report(node, $"{what} must be a mapping: {description}");
            return;
        }

        bool isOpen = schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object;
        var known = schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().ToList() : [];
        foreach (var (key, value) in map.Children)
        {
            string name = (key as YamlScalarNode)?.Value ?? "";
            var property = known.FirstOrDefault(p => p.Name == name);
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                Check(value, property.Value, name);
            }
            else if (isOpen)
            {
                Check(value, others, name);
            }
            else
            {
                Report(key, $"unknown key \"{name}\" in {what}; {Suggestion(name, known.Select(p => p.Name))}");
            }
        }

        if (schema.TryGetProperty("required", out var required))
        {
            foreach (string missing in required.EnumerateArray().Select(r => r.GetString()!).Where(r => !map.Children.ContainsKey(r)))
            {
                var property = known.First(p => p.Name == missing).Value;
                string? remedy = Text(property, "description");
                Follow(property, ref remedy);
                string choices = property.TryGetProperty("enum", out var values) ? $"one of {Listing(values)}" : remedy ?? "";
                Report(node, $"{what} has no \"{missing}\"; add {choices}".TrimEnd());
            }
        }
    }

    private void CheckList(YamlNode node, JsonElement schema, string what, string? description)
    {
        if (node is not YamlSequenceNode list)
        {
            Report(node, $"\"{what}\" must be {description}");
            return;
        }

        if (schema.TryGetProperty("minItems", out var least) && list.Children.Count < least.GetInt32()
            || schema.TryGetProperty("maxItems", out var most) && list.Children.Count > most.GetInt32())
        {
            Report(node, $"\"{what}\" has {list.Children.Count} entries; it must be {description}");
        }

        foreach (var item in list.Children)
        {
            Check(item, schema.GetProperty("items"), what);
        }
    }

    private void CheckScalar(YamlNode node, JsonElement schema, string what, string? description)
    {
        if (node is not YamlScalarNode { Value: { } value } scalar || (value.Length == 0 && scalar.Style == ScalarStyle.Plain))
        {
            Report(node, $"\"{what}\" must be {description}");
            return;
        }

        string? wrong = Text(schema, "type") switch
        {
            "integer" => Integer(value, schema),
            "boolean" => value is "true" or "false" ? null : "must be true or false",
            _ => schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(value, pattern.GetString()!) ? "does not fit" : Format(value, schema),
        };
        if (wrong is not null)
        {
            Report(node, $"\"{what}\": \"{value}\" {wrong}; expected {description}");
        }
    }

    private static string? Format(string value, JsonElement schema)
        => Text(schema, "format") switch
        {
            "prefix" => IpPrefix.TryParse(value, out _) ? null : "is no subnet",
            "address" => IpAddress.TryParse(value, out _) ? null : "is no address",
            _ => null,
        };

    private static string? Integer(string value, JsonElement schema)
    {
        if (!int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            return "is no whole number";
        }

        int least = schema.TryGetProperty("minimum", out var minimum) ? minimum.GetInt32() : int.MinValue;
        int most = schema.TryGetProperty("maximum", out var maximum) ? maximum.GetInt32() : int.MaxValue;
        return number < least || number > most ? $"is not between {least} and {most}" : null;
    }

    private void CheckChoice(YamlNode node, JsonElement choices, string what)
    {
        string? value = (node as YamlScalarNode)?.Value;
        if (!choices.EnumerateArray().Any(c => c.GetString() == value))
        {
            Report(node, $"\"{what}\": \"{value ?? "a list"}\" is none of {Listing(choices)}");
        }
    }

    private static string Listing(JsonElement choices) => string.Join(", ", choices.EnumerateArray().Select(c => c.GetString()));

    private static string Suggestion(string name, IEnumerable<string> known)
    {
        var all = known.Order(StringComparer.Ordinal).ToList();
        string? near = all.Where(k => Distance(name, k) <= 2).OrderBy(k => Distance(name, k)).FirstOrDefault();
        return (near is null ? "" : $"did you mean \"{near}\"? ") + $"Known keys are {string.Join(", ", all)}";
    }

    /// <summary>Letters to insert, delete or replace (Levenshtein).</summary>
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[right.Length];
    }

    private void Report(YamlNode node, string message) => _problems.Add(LabProblem.At(node.Start, message));

    private static string? Text(JsonElement schema, string keyword)
        => schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
