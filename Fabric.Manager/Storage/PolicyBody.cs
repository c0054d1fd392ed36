using System.Text.Json.Nodes;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Errors;

namespace Fabric.Manager.Storage;

/// <summary>
/// Takes a body apart into the objects it writes and deletes: the object itself, those in its <c>children</c> (each in a wrapper named
/// Child and its type, or behind references that are only walked through), and those embedded in it.
/// </summary>
internal sealed class PolicyBody(FabricModel model, Func<string> newId)
{
    private const string Wrapper = "Child";
    private const string Reference = "ChildResourceReference";

    public List<PolicyWrite> Writes { get; } = [];

    /// <summary>Objects that go with everything below them.</summary>
    public List<PolicyPlace> Deletes { get; } = [];

    /// <summary>Objects that were only named on the way to their children.</summary>
    public List<PolicyPlace> Walked { get; } = [];

    public ApiError? Take(PolicyPlace place, JsonObject body, PolicyWriteMode mode)
    {
        if (place.Type.IsSingle)
        {
            body.Remove("id"); // clients call the only one as they like
        }

        if (body["id"] is { } id && (id is not JsonValue value || !value.TryGetValue(out string? named) || named != place.Id))
        {
            return At(place, ApiErrors.Field($"id {id.ToJsonString()} is not the {place.Id} of the path"));
        }

        if (IsTrue(body["marked_for_delete"]))
        {
            Deletes.Add(place);
            return null;
        }

        var (children, childError) = ListIn(place, body, "children");
        if (childError is not null)
        {
            return childError;
        }

        Writes.Add(new PolicyWrite(place, body, mode));
        foreach (var embedded in place.Type.Embeds)
        {
            var (items, error) = ListIn(place, body, embedded.Field);
            if (error is not null || (items is not null && (error = TakeEmbedded(place, embedded, items, mode)) is not null))
            {
                return error;
            }
        }

        return TakeChildren(place, children, mode);
    }

    private static ApiError At(PolicyPlace place, ApiError error) => error with { Details = $"path=[{place.Path}]" };

    private static bool IsTrue(JsonNode? node) => node is JsonValue value && value.TryGetValue(out bool flag) && flag;

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    private static (JsonArray? Items, ApiError? Error) ListIn(PolicyPlace place, JsonObject body, string field)
    {
        if (!body.Remove(field, out var node) || node is null)
        {
            return (null, null);
        }

        return node is JsonArray items ? (items, null) : (null, At(place, ApiErrors.Malformed($"Field {field} must be an array.")));
    }

    private static PolicyPlace Below(PolicyPlace parent, PolicyType type, string id)
    {
        string above = PolicyTree.BaseOf(parent.Path);
        return new PolicyPlace(type, above, type.PathOf(above, id), type.IsSingle ? type.Pieces[^1] : id);
    }

    private ApiError? TakeEmbedded(PolicyPlace place, Embedded embedded, JsonArray items, PolicyWriteMode mode)
    {
        var kept = new HashSet<string>();
        foreach (var item in items.ToArray())
        {
            if (item is not JsonObject body)
            {
                return At(place, ApiErrors.Malformed($"Field {embedded.Field} must hold objects."));
            }

            if (body["id"] is { } given && TextOf(given) is null)
            {
                return At(place, ApiErrors.Field($"{embedded.Field}.id {given.ToJsonString()} is no id"));
            }

            string id = TextOf(body["id"]) ?? newId();
            body["id"] = id;
            items.Remove(body);
            if (!kept.Add(id))
            {
                return At(place, ApiErrors.Field($"{embedded.Field} names id {id} twice"));
            }

            if (Take(Below(place, embedded.Children, id), body, mode == PolicyWriteMode.Patch ? mode : PolicyWriteMode.Replace) is { } error)
            {
                return error;
            }
        }

        if (mode != PolicyWriteMode.Patch)
        {
            Deletes.AddRange(model.ChildrenOf(embedded.Children.Kind, place.Path).Values.Where(child => !kept.Contains(child.Id))
                .Select(child => Below(place, embedded.Children, child.Id)));
        }

        return null;
    }

    private ApiError? TakeChildren(PolicyPlace parent, JsonArray? children, PolicyWriteMode mode)
    {
        foreach (var child in children?.ToArray() ?? [])
        {
            if (child is not JsonObject wrapper || TextOf(wrapper["resource_type"]) is not { } name)
            {
                return At(parent, ApiErrors.Field("children must be objects whose resource_type is Child and the name of a type"));
            }

            children!.Remove(wrapper);
            if ((name == Reference ? Walk(parent, wrapper, mode) : Unwrap(parent, name, wrapper, mode)) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private ApiError? Unwrap(PolicyPlace parent, string name, JsonObject wrapper, PolicyWriteMode mode)
    {
        string typeName = name.StartsWith(Wrapper, StringComparison.Ordinal) ? name[Wrapper.Length..] : "";
        if (parent.Type.ChildNamed(typeName) is not { } type)
        {
            return At(parent, ApiErrors.Field($"children.resource_type '{name}' is not one of {string.Join(", ", parent.Type.Children.Select(row => Wrapper + row.Name).Order(StringComparer.Ordinal))}"));
        }

        string field = wrapper[typeName] is JsonObject ? typeName : type.WrapperField;
        if (wrapper[field] is not JsonObject body)
        {
            return At(parent, ApiErrors.Field($"children: a {name} needs its object in field {type.WrapperField}"));
        }

        if ((type.IsSingle ? type.Pieces[^1] : TextOf(body["id"])) is not { } id)
        {
            return At(parent, ApiErrors.Field($"children: the {typeName} in a {name} needs an id"));
        }

        wrapper.Remove(field);
        var place = Below(parent, type, id);
        if (IsTrue(wrapper["marked_for_delete"]))
        {
            Deletes.Add(place);
            return null;
        }

        return Take(place, body, mode == PolicyWriteMode.Put ? PolicyWriteMode.Replace : mode);
    }

    private ApiError? Walk(PolicyPlace parent, JsonObject reference, PolicyWriteMode mode)
    {
        string? typeName = TextOf(reference["target_type"]);
        if (parent.Type.ChildNamed(typeName ?? "") is not { } type)
        {
            return At(parent, ApiErrors.Field($"children.target_type '{typeName}' is not one of {string.Join(", ", parent.Type.Children.Select(row => row.Name).Order(StringComparer.Ordinal))}"));
        }

        if ((type.IsSingle ? type.Pieces[^1] : TextOf(reference["id"])) is not { } id)
        {
            return At(parent, ApiErrors.Field($"children: a {Reference} needs an id"));
        }

        var place = Below(parent, type, id);
        if (IsTrue(reference["marked_for_delete"]))
        {
            Deletes.Add(place);
            return null;
        }

        Walked.Add(place);
        var (children, error) = ListIn(place, reference, "children");
        return error ?? TakeChildren(place, children, mode);
    }
}
