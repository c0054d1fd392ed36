using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;

namespace Fabric.Manager.Endpoints;

/// <summary>A list ordered by a field: numbers by value, all else as text without regard to case; what is missing comes first.</summary>
internal static class ListOrder
{
    public static IReadOnlyList<object> Of(IReadOnlyList<object> all, string field, bool ascending)
    {
        object?[] keys = new object?[all.Count];
        object[] items = new object[all.Count];
        for (int i = 0; i < keys.Length; i++)
        {
            (keys[i], items[i]) = (KeyOf(all[i], field), all[i]);
        }

        int[] order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(order, (left, right) => Compare(keys[left], keys[right]) is var by and not 0 ? by : left - right); // equal ones stay as they were
        if (!ascending)
        {
            Array.Reverse(order);
        }

        return Array.ConvertAll(order, place => items[place]);
    }

    private static object? KeyOf(object item, string field)
    {
        if (item is not ManagedResource resource)
        {
            return item as string ?? OfNode(ResourceJson.ToWire(item)[field]);
        }

        return Shape.Of(resource.GetType()).Fields.TryGetValue(field, out var shape) && shape is { Part: null, IsList: false, Hidden: false }
            ? shape.Property.GetValue(resource) switch
            {
                null => null,
                bool flag => flag ? "true" : "false",
                string text => text,
                IConvertible number => number.ToInt64(null),
                var other => other.ToString(),
            }
            : OfNode(ResourceJson.ToWire(item)[field]);
    }

    private static object? OfNode(JsonNode? node) => node is JsonValue value && value.TryGetValue(out long number) ? number : node?.ToString();

    private static int Compare(object? left, object? right)
        => left is long x && right is long y ? x.CompareTo(y) : string.Compare(left?.ToString(), right?.ToString(), StringComparison.OrdinalIgnoreCase);
}
