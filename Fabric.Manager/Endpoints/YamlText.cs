using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fabric.Manager.Endpoints;

/// <summary>A JSON value as YAML 1.2: the same tree in blocks, with every text quoted as JSON does, which YAML reads alike.</summary>
internal static class YamlText
{
    public static string Of(JsonNode value)
    {
        var text = new StringBuilder();
        Write(text, value, 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonNode? value, int depth)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } map:
                foreach (var (name, inner) in map)
                {
                    text.Append(' ', depth * 2).Append(Quoted(name)).Append(':');
                    Inner(text, inner, depth);
                }

                break;
            case JsonArray { Count: > 0 } items:
                foreach (var item in items)
                {
                    text.Append(' ', depth * 2).Append('-');
                    Inner(text, item, depth);
                }

                break;
            default:
                text.Append(' ', depth * 2).Append(Plain(value)).Append('\n');
                break;
        }
    }

    private static void Inner(StringBuilder text, JsonNode? value, int depth)
    {
        if (value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
        {
            text.Append('\n');
            Write(text, value, depth + 1);
        }
        else
        {
            text.Append(' ').Append(Plain(value)).Append('\n');
        }
    }

    private static string Plain(JsonNode? value) => value?.ToJsonString() ?? "null";

    private static string Quoted(string name) => name.All(letter => char.IsAsciiLetter(letter) || letter == '_') ? name : string.Create(CultureInfo.InvariantCulture, $"{JsonSerializer.Serialize(name)}");
}
