using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Fabric.Lab.Topology;

/// <summary>Short ways to values of a YAML mapping that the schema has already found right.</summary>
internal static class YamlReading
{
    public static YamlNode? Child(this YamlMappingNode map, string key) => map.Children.TryGetValue(key, out var node) ? node : null;

    public static string? Text(this YamlMappingNode map, string key) => (map.Child(key) as YamlScalarNode)?.Value;

    public static int? Number(this YamlMappingNode map, string key)
        => map.Text(key) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    public static IEnumerable<YamlMappingNode> Maps(this YamlMappingNode map, string key)
        => map.Child(key) is YamlSequenceNode list ? list.Children.Cast<YamlMappingNode>() : [];

    public static IEnumerable<YamlScalarNode> Scalars(this YamlMappingNode map, string key)
        => map.Child(key) is YamlSequenceNode list ? list.Children.Cast<YamlScalarNode>() : [];

    public static IReadOnlyList<string> Texts(this YamlMappingNode map, string key) => [.. map.Scalars(key).Select(s => s.Value ?? "")];

    public static IReadOnlyDictionary<string, string> Labels(this YamlMappingNode map, string key)
        => map.Child(key) is YamlMappingNode labels
            ? labels.Children.ToDictionary(l => ((YamlScalarNode)l.Key).Value ?? "", l => ((YamlScalarNode)l.Value).Value ?? "")
            : new Dictionary<string, string>();
}
