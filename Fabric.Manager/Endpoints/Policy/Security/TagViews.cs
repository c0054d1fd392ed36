using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Microsoft.AspNetCore.Http;

namespace Fabric.Manager.Endpoints.Policy.Security;

/// <summary>The tags in use, and what has one.</summary>
internal static class TagViews
{
    public static IReadOnlyList<PolicyView> All { get; } =
    [
        PolicyView.Get<Infra>("tags", Tags),
        PolicyView.Get<Infra>("tags/effective-resources", call => Answers.Page(call.Context, [.. Tagged(call)
            .Where(item => Wanted(call.Context, "scope", item.Tag.Scope) && Wanted(call.Context, "tag", item.Tag.Value)).Select(item => item.Resource).Distinct()
            .OrderBy(resource => resource.Path, StringComparer.Ordinal).Select(MemberRows.PathReference)])),
    ];

    private static JsonAnswer Tags(PolicyCall call)
        => Answers.Page(call.Context, [.. Tagged(call).Where(item => Wanted(call.Context, "scope", item.Tag.Scope) && Wanted(call.Context, "tag", item.Tag.Value))
            .GroupBy(item => (item.Tag.Scope, item.Tag.Value)).OrderBy(tag => tag.Key.Scope, StringComparer.Ordinal).ThenBy(tag => tag.Key.Value, StringComparer.Ordinal)
            .Select(tag => new JsonObject { ["scope"] = tag.Key.Scope, ["tag"] = tag.Key.Value, ["tagged_objects_count"] = tag.Count() })]);

    /// <summary>Of the objects below this infra. Tags are few beside objects, and this looks at all of them.</summary>
    private static IEnumerable<(PolicyResource Resource, Tag Tag)> Tagged(PolicyCall call)
        => call.Model.Everything.OfType<PolicyResource>().Where(resource => !resource.MarkedForDelete && resource.Tags is { Count: > 0 } && resource.Path.StartsWith(call.Path + "/", StringComparison.Ordinal))
            .SelectMany(resource => resource.Tags!.Select(tag => (resource, tag)));

    /// <summary>Whether a text is asked for; an asterisk at its end stands for anything.</summary>
    private static bool Wanted(HttpContext context, string query, string actual)
        => context.Query(query) is not { } wanted || (wanted.EndsWith('*') ? actual.StartsWith(wanted[..^1], StringComparison.OrdinalIgnoreCase) : string.Equals(actual, wanted, StringComparison.OrdinalIgnoreCase));
}
