using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;

namespace Fabric.Manager.Endpoints;

/// <summary>The types of the API as JSON schemas, read from the records themselves; clients look up limits here.</summary>
internal static class SpecTypes
{
    private static readonly Dictionary<string, Type> Records = typeof(ManagedResource).Assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith(typeof(ManagedResource).Namespace!, StringComparison.Ordinal) == true && type.IsClass && !type.IsNested
            && (type.IsAssignableTo(typeof(ManagedResource)) || type.IsAssignableTo(typeof(TypedPart)) || type == typeof(Tag) || type == typeof(ResourceReference)))
        .Except([typeof(FabricSettings), typeof(FabricCounters), typeof(Catalog.Appliance.ContainerObject), typeof(Catalog.Appliance.ContainerClusterHealth), typeof(Catalog.Appliance.LicenseKey)])
        .GroupBy(type => type.Name)
        .ToDictionary(named => named.Key, named => named.OrderBy(type => type.Namespace!.Length).First()); // the Manager API's own before the Policy API's

    public static JsonObject? SchemaOf(string name) => Records.TryGetValue(name, out var type) ? SchemaOf(type) : null;

    /// <param name="type">A record of the API.</param>
    /// <param name="prefix">What stands before the name of another record.</param>
    public static JsonObject SchemaOf(Type type, string prefix = "")
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var field in Shape.Of(type).Fields.Values.Where(field => !field.Hidden))
        {
            properties[field.Name] = Property(field, prefix);
            if (field.Mandatory)
            {
                required.Add(field.Name);
            }
        }

        var schema = new JsonObject { ["id"] = type.Name, ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        return schema;
    }

    private static JsonObject Property(FieldShape field, string prefix)
    {
        var item = Item(field, prefix);
        var schema = field.IsList ? new JsonObject { ["type"] = "array", ["items"] = item } : item;
        if (field.ServerSet)
        {
            schema["readonly"] = true;
        }

        if (field.AtMost is { } most)
        {
            schema[field.IsList ? "maxItems" : "maxLength"] = most;
        }

        if (field.AtLeast is { } least)
        {
            schema["minItems"] = least;
        }

        return schema;
    }

    private static JsonObject Item(FieldShape field, string prefix)
    {
        if (field.Part is { } part)
        {
            return new JsonObject { ["$ref"] = prefix + part.Name };
        }

        var schema = new JsonObject
        {
            ["type"] = field.Item == typeof(string) ? "string" : field.Item == typeof(bool) ? "boolean" : field.Item == typeof(double) ? "number" : "integer",
        };
        if (field.Words is { } words)
        {
            schema["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word))]);
        }

        if (field.Within is { } within)
        {
            schema["minimum"] = within.Least;
            schema["maximum"] = within.Most;
        }

        return schema;
    }
}
