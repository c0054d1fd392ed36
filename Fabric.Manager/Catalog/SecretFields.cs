using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Fabric.Manager.Catalog;

/// <summary>Carries secrets over into a write that does not name them: a client that reads, changes and writes back never saw them.</summary>
internal static class SecretFields
{
    private static readonly ConcurrentDictionary<Type, bool> Known = new();

    /// <param name="shape">Of both.</param>
    /// <param name="body">What is written, completed here.</param>
    /// <param name="before">What it replaces, as it is stored.</param>
    public static void Keep(Shape shape, JsonObject body, JsonObject before)
    {
        if (!HasAny(shape.Record))
        {
            return;
        }

        foreach (var field in shape.Fields.Values)
        {
            if (field.Secret && body[field.Name] is null && before[field.Name] is { } kept)
            {
                body[field.Name] = kept.DeepClone();
            }
            else if (field.Part is { } part && body[field.Name] is { } now && before[field.Name] is { } old)
            {
                KeepIn(part, now, old);
            }
        }
    }

    private static void KeepIn(Type part, JsonNode now, JsonNode old)
    {
        if (now is JsonObject one && old is JsonObject other)
        {
            Keep(Shape.Of(Member(part, one)), one, other);
        }
        else if (now is JsonArray items && old is JsonArray others)
        {
            for (int i = 0; i < items.Count; i++)
            {
                if (items[i] is JsonObject item && Counterpart(item, others, i) is { } kept)
                {
                    Keep(Shape.Of(Member(part, item)), item, kept);
                }
            }
        }
    }

    /// <summary>The item of the same id, or in the same place where items have none.</summary>
    private static JsonObject? Counterpart(JsonObject item, JsonArray others, int place)
        => item["id"] is { } id
            ? others.OfType<JsonObject>().FirstOrDefault(other => JsonNode.DeepEquals(other["id"], id))
            : others.ElementAtOrDefault(place) as JsonObject;

    private static Type Member(Type part, JsonObject item)
        => FamilyOf(part) is { } family ? family.Members.FirstOrDefault(member => WireNameAttribute.Of(member) == $"{item[family.By]}") ?? part : part;

    private static FamilyAttribute? FamilyOf(Type type) => (FamilyAttribute?)Attribute.GetCustomAttribute(type, typeof(FamilyAttribute), inherit: false);

    private static bool HasAny(Type record) => Known.GetOrAdd(record, static type => Has(type, []));

    private static bool Has(Type type, HashSet<Type> seen)
        => seen.Add(type) && ((FamilyOf(type)?.Members ?? []).Any(member => Has(member, seen))
            || Shape.Of(type).Fields.Values.Any(field => field.Secret || (field.Part is { } part && Has(part, seen))));
}
