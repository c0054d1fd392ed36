using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Endpoints.Policy;

/// <summary>
/// An object with what stands below it, in the form that a hierarchical PATCH takes: each child in its wrapper, and what was not asked for
/// but has such children below it as a reference.
/// </summary>
/// <param name="model">Read from.</param>
/// <param name="wanted">The types asked for by name; null: all.</param>
/// <param name="below">Only this path, what leads to it and what stands below it; null: everything.</param>
internal sealed class PolicyHierarchy(FabricModel model, IReadOnlySet<string>? wanted, string? below)
{
    private const string TypePrefix = "Type-";

    /// <summary>The types that <c>filter=Type-Domain|Type-Group</c> (the prefix may be left out) or <c>type_filter=Domain;Group</c> names; null: all.</summary>
    public static IReadOnlySet<string>? TypesOf(string? filter, string? typeFilter)
    {
        var names = (filter ?? "").Split('|').Concat((typeFilter ?? "").Split(';', ',')).Select(name => name.Trim())
            .Select(name => name.StartsWith(TypePrefix, StringComparison.Ordinal) ? name[TypePrefix.Length..] : name)
            .Where(name => name.Length > 0).ToHashSet();
        return names.Count == 0 || names.Contains(".*") ? null : names;
    }

    public JsonObject Of(PolicyType type, PolicyResource resource)
    {
        var body = ResourceJson.ToWire(PolicyLists.Shown(model, type, resource, withEmbedded: false));
        if (ChildrenOf(type, resource.Path) is { Count: > 0 } children)
        {
            body["children"] = children;
        }

        return body;
    }

    private JsonArray ChildrenOf(PolicyType type, string path)
    {
        var children = new JsonArray();
        foreach (var row in type.Children)
        {
            foreach (var child in model.ChildrenOf(row.Kind, PolicyTree.BaseOf(path)).Values.Cast<PolicyResource>().Where(child => !child.MarkedForDelete && Leads(child.Path)))
            {
                if (wanted is null || wanted.Contains(row.Name) || wanted.Contains(child.ResourceType))
                {
                    children.Add((JsonNode)new JsonObject { ["resource_type"] = "Child" + row.Name, ["marked_for_delete"] = false, [row.WrapperField] = Of(row, child) });
                }
                else if (ChildrenOf(row, child.Path) is { Count: > 0 } further)
                {
                    children.Add((JsonNode)new JsonObject
                    {
                        ["resource_type"] = "ChildResourceReference",
                        ["marked_for_delete"] = false,
                        ["id"] = child.Id,
                        ["target_type"] = row.Name,
                        ["children"] = further,
                    });
                }
            }
        }

        return children;
    }

    private bool Leads(string path) => below is null || IsWithin(path, below) || IsWithin(below, path);

    private static bool IsWithin(string path, string above)
        => path.StartsWith(above, StringComparison.Ordinal) && (path.Length == above.Length || path[above.Length] == '/');
}
