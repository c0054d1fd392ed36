using System.Text.Json;

namespace Fabric.OvsProtocol.Ovsdb;

/// <summary>Members of a schema's JSON, with what is wrong named.</summary>
internal static class SchemaJson
{
    public static JsonElement Member(JsonElement json, string name)
        => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member)
            ? member
            : throw new OvsdbSyntaxException($"\"{name}\" is missing in {Short(json)}");

    public static string Text(JsonElement json, string name)
        => Member(json, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw new OvsdbSyntaxException($"\"{name}\" must be a string");

    public static string? TextOrNull(JsonElement json, string name)
        => json.TryGetProperty(name, out var text) ? text.ValueKind == JsonValueKind.String ? text.GetString() : throw new OvsdbSyntaxException($"\"{name}\" must be a string") : null;

    public static long? WholeOrNull(JsonElement json, string name)
        => !json.TryGetProperty(name, out var number) ? null
            : number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out long whole) ? whole : throw new OvsdbSyntaxException($"\"{name}\" must be a whole number");

    public static bool Flag(JsonElement json, string name, bool otherwise)
        => json.TryGetProperty(name, out var flag) ? flag.ValueKind == JsonValueKind.True || (flag.ValueKind == JsonValueKind.False ? false : throw new OvsdbSyntaxException($"\"{name}\" must be true or false")) : otherwise;

    public static void Number(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
    }

    private static string Short(JsonElement json)
    {
        string text = json.GetRawText();
        return text.Length <= 80 ? text : $"{text[..80]}…";
    }
}
