using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Manager.Errors;

namespace Fabric.Manager.Catalog;

/// <summary>
/// Turns a request body into a record, or says what is wrong with it: first whether it can be read at all (unknown fields, wrong types:
/// one error), then whether its values are allowed (all of those errors together), as NSX does.
/// </summary>
internal static class RecordReader
{
    /// <summary>Base fields that old clients send back and nothing reads.</summary>
    private static readonly string[] Ignored = ["_links", "_schema", "_self", "origin_site_id", "federation_config"];

    /// <summary>
    /// Records that the old Go client calls by other names: an NSService by that of its element, a certificate to import by certificate_signed
    /// and the like. The path says what they are.
    /// </summary>
    private static readonly Type[] Misnamed = [typeof(NSService), typeof(Trust.TrustObjectData)];

    /// <param name="kind">The record, or the family whose member the body names.</param>
    /// <param name="body">Taken apart; of no use afterwards.</param>
    /// <param name="before">What the record replaces: fields that only the manager sets are taken from there.</param>
    public static (object? Record, ApiError? Error) Read(Type kind, JsonObject body, ManagedResource? before = null)
    {
        var pass = new Pass();
        if (pass.Member(kind, body, "") is not { } type)
        {
            return (null, pass.Error);
        }

        if (before is not null && before.GetType() != type)
        {
            return (null, ApiErrors.Immutable("resource_type"));
        }

        pass.Object(Shape.Of(type), body, "");
        if (pass.Error is { } error)
        {
            return (null, error);
        }

        if (before is not null)
        {
            Keep(Shape.Of(type), body, ResourceJson.StoreAsNode(before));
        }

        object record = body.Deserialize(type, ResourceJson.Stored)!;
        return before is not null && ChangedField(Shape.Of(type), before, record) is { } changed
            ? (null, ApiErrors.Immutable(changed))
            : (record, null);
    }

    private static void Keep(Shape shape, JsonObject body, JsonObject before)
    {
        foreach (var field in shape.Fields.Values)
        {
            if ((field.ServerSet || field.Hidden || (field.Immutable && body[field.Name] is null)) && before[field.Name] is { } kept)
            {
                body[field.Name] = kept.DeepClone();
            }
        }

        SecretFields.Keep(shape, body, before);
    }

    private static string? ChangedField(Shape shape, object before, object after)
        => shape.Fields.Values.FirstOrDefault(field => field.Immutable && !Equals(field.Property.GetValue(before), field.Property.GetValue(after)))?.Name;

    /// <summary>One walk through a body, and what it found.</summary>
    private sealed class Pass
    {
        private readonly List<string> _wrong = [];
        private ApiError? _unreadable;

        public ApiError? Error => _unreadable ?? (_wrong.Count > 0 ? ApiErrors.FieldErrors(_wrong) : null);

        public Type? Member(Type kind, JsonObject body, string path)
        {
            var family = (FamilyAttribute?)Attribute.GetCustomAttribute(kind, typeof(FamilyAttribute), inherit: false);
            var members = family?.Members;
            string by = family?.By ?? "resource_type";
            string? name = body[by] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
            if (members is null)
            {
                bool typed = (kind.IsAssignableTo(typeof(ManagedResource)) && !Misnamed.Contains(kind)) || kind.IsAssignableTo(typeof(TypedPart));
                if (typed && name is not null && name != WireNameAttribute.Of(kind) && name != AlsoNamedAttribute.Of(kind))
                {
                    _wrong.Add($"{Join(path, "resource_type")} must be {WireNameAttribute.Of(kind)}, not {name}");
                    return null;
                }

                return kind;
            }

            var member = name is null ? null : members.FirstOrDefault(member => WireNameAttribute.Of(member) == name);
            if (member is null)
            {
                string known = string.Join(", ", members.Select(WireNameAttribute.Of));
                _wrong.Add(name is null ? $"{Join(path, by)} may not be null; it is one of {known}" : $"{Join(path, by)} '{name}' is not one of {known}");
            }

            return member;
        }

        public void Object(Shape shape, JsonObject body, string path)
        {
            foreach (var (name, value) in body.ToArray())
            {
                if (!shape.Fields.TryGetValue(name, out var field) || field.Hidden)
                {
                    if (Ignored.Contains(name))
                    {
                        body.Remove(name);
                        continue;
                    }

                    _unreadable ??= ApiErrors.UnknownField(shape.Record.Name, Join(path, name));
                    return;
                }

                if (value is null || field.ServerSet)
                {
                    body.Remove(name);
                    continue;
                }

                Field(field, value, Join(path, name));
            }

            foreach (var field in shape.Fields.Values.Where(field => field.Mandatory && body[field.Name] is null))
            {
                _wrong.Add($"{Join(path, field.Name)} may not be null");
            }
        }

        private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

        private void Field(FieldShape field, JsonNode value, string path)
        {
            if (field.IsMap)
            {
                Map(field, value, path);
                return;
            }

            if (!field.IsList)
            {
                Item(field, value, path);
                return;
            }

            if (value is not JsonArray items)
            {
                Unreadable(path, "an array", value);
                return;
            }

            if (items.Count > field.AtMost)
            {
                _wrong.Add($"{path} has {items.Count} items, at most {field.AtMost} are allowed");
            }

            if (items.Count < field.AtLeast)
            {
                _wrong.Add($"{path} has {items.Count} items, at least {field.AtLeast} are needed");
            }

            for (int i = 0; i < items.Count; i++)
            {
                if (items[i] is not { } item)
                {
                    _wrong.Add($"{path}[{i}] may not be null");
                    continue;
                }

                Item(field, item, $"{path}[{i}]");
            }
        }

        private void Map(FieldShape field, JsonNode value, string path)
        {
            if (value is not JsonObject entries)
            {
                Unreadable(path, "an object", value);
                return;
            }

            if (entries.Count > field.AtMost)
            {
                _wrong.Add($"{path} has {entries.Count} entries, at most {field.AtMost} are allowed");
            }

            foreach (var (key, entry) in entries)
            {
                if (entry is null)
                {
                    _wrong.Add($"{path}.{key} may not be null");
                    continue;
                }

                Item(field, entry, $"{path}.{key}");
            }
        }

        private void Item(FieldShape field, JsonNode value, string path)
        {
            if (field.IsFree)
            {
                if (field.Item == typeof(JsonObject) && value is not JsonObject)
                {
                    Unreadable(path, "an object", value);
                }
            }
            else if (field.Part is { } part)
            {
                if (value is not JsonObject inner)
                {
                    Unreadable(path, "an object", value);
                }
                else if (Member(part, inner, path) is { } member)
                {
                    Object(Shape.Of(member), inner, path);
                }
            }
            else if (field.Item == typeof(string))
            {
                Text(field, value, path);
            }
            else if (field.Item == typeof(bool))
            {
                if (value.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
                {
                    Unreadable(path, "true or false", value);
                }
            }
            else if (value.GetValueKind() != JsonValueKind.Number)
            {
                Unreadable(path, "a number", value);
            }
            else if (field.Item == typeof(double))
            {
                if (!((JsonValue)value).TryGetValue(out double number) || !double.IsFinite(number))
                {
                    Unreadable(path, "a number of a size that can be kept", value);
                }
            }
            else
            {
                Number(field, (JsonValue)value, path);
            }
        }

        private void Text(FieldShape field, JsonNode value, string path)
        {
            if (value.GetValueKind() != JsonValueKind.String)
            {
                Unreadable(path, "a string", value);
                return;
            }

            string text = value.GetValue<string>();
            if (!field.IsList && !field.IsMap && text.Length > field.AtMost)
            {
                _wrong.Add($"{path} has {text.Length} characters, at most {field.AtMost} are allowed");
            }

            if (field.Words is { } words && !words.Contains(text))
            {
                _wrong.Add($"{path} '{text}' is not one of {string.Join(", ", words)}");
            }

            if (field.Form is { } form && !TextForms.IsWritten(text, form))
            {
                _wrong.Add($"{path} '{text}' is not {TextForms.Describe(form)}");
            }
        }

        private void Number(FieldShape field, JsonValue value, string path)
        {
            var (least, most) = field.Item == typeof(int) ? (int.MinValue, int.MaxValue)
                : field.Item == typeof(uint) ? (uint.MinValue, uint.MaxValue) : (long.MinValue, long.MaxValue);
            if (!value.TryGetValue(out long number))
            {
                Unreadable(path, "a whole number", value);
                return;
            }

            least = Math.Max(least, field.Within?.Least ?? least);
            most = Math.Min(most, field.Within?.Most ?? most);
            if (number < least || number > most)
            {
                _wrong.Add($"{path} {number} must be between {least} and {most}");
            }
        }

        private void Unreadable(string path, string wanted, JsonNode value)
            => _unreadable ??= ApiErrors.Malformed($"Field {path} must be {wanted}, not {value.GetValueKind().ToString().ToLowerInvariant()}.");
    }
}
