using System.Globalization;
using System.Text.Json;
using Fabric.Manager.Catalog;

namespace Fabric.Manager.Search;

/// <summary>The fields and values that a resource is found by: every plain value in its JSON, by the path of its field.</summary>
internal static class ResourceTerms
{
    /// <summary>Longer values, such as certificates, are found by their beginning only.</summary>
    private const int LongestValue = 512;

    public static IEnumerable<(string Field, string Value)> Of(ManagedResource resource)
    {
        using var document = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(resource, resource.GetType(), ResourceJson.Wire), new JsonDocumentOptions { MaxDepth = 64 });
        var found = new List<(string, string)>(32);
        Gather(document.RootElement, "", found);
        return found;
    }

    private static void Gather(JsonElement value, string path, List<(string Field, string Value)> found)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var field in value.EnumerateObject())
                {
                    Gather(field.Value, FieldNames.Below(path, field.Name), found);
                }

                break;
            case JsonValueKind.Array: // as if each item stood alone: tags.scope and tags.tag may come from two tags
                foreach (var item in value.EnumerateArray())
                {
                    Gather(item, path, found);
                }

                break;
            case JsonValueKind.String:
                string text = value.GetString()!;
                found.Add((path, SearchPattern.Normal(text.Length > LongestValue ? text[..LongestValue] : text)));
                break;
            case JsonValueKind.Number:
                found.Add((path, value.GetRawText()));
                break;
            case JsonValueKind.True or JsonValueKind.False:
                found.Add((path, value.ValueKind == JsonValueKind.True ? "true" : "false"));
                break;
        }
    }

    /// <summary>Paths are few and asked for all the time: each is one string.</summary>
    private static class FieldNames
    {
        private static readonly System.Collections.Concurrent.ConcurrentDictionary<(string, string), string> Known = new();

        public static string Below(string path, string name)
            => path.Length == 0 ? name : Known.GetOrAdd((path, name), static key => string.Create(CultureInfo.InvariantCulture, $"{key.Item1}.{key.Item2}"));
    }
}
