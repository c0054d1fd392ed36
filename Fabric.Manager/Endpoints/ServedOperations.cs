using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Endpoints.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints;

/// <summary>An operation that is served: its path with names in braces, its method, the action if it is one, and the record it is about if a row serves it.</summary>
internal sealed record ServedOperation(string Path, string Method, string? Action, Type? Record);

/// <summary>Everything the manager serves, of both APIs: endpoints by their routes, and the rows and views of the policy tree by theirs.</summary>
internal static class ServedOperations
{
    private static readonly Dictionary<string, Type> RecordOfPath = ResourceCatalog.All.Concat(ResourceCatalog.Singletons)
        .SelectMany(type => new[] { ($"/api/v1{type.Path}", type.Record), ($"/api/v1{type.Path}/{{id}}", type.Record) })
        .ToDictionary(item => item.Item1, item => item.Record);

    public static IReadOnlyList<ServedOperation> All(EndpointDataSource served)
        => [.. Endpoints(served).Concat(PolicyOperations()).DistinctBy(operation => (operation.Path, operation.Method, operation.Action))];

    /// <summary>The record that a row serves at this path.</summary>
    public static Type? RecordAt(string path) => RecordOfPath.GetValueOrDefault(path);

    private static IEnumerable<ServedOperation> Endpoints(EndpointDataSource served)
        => from endpoint in served.Endpoints.OfType<RouteEndpoint>()
           let path = endpoint.RoutePattern.RawText ?? ""
           where (path.StartsWith("/api/", StringComparison.Ordinal) || path.StartsWith("/policy/", StringComparison.Ordinal)) && !path.Contains("**", StringComparison.Ordinal)
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
           select new ServedOperation(path, method, null, RecordAt(path));

    private static IEnumerable<ServedOperation> PolicyOperations()
        => Below(PolicyTree.Root, "", "/policy/api/v1/org-root").Concat(Walk(PolicyTree.Root.Children, "/policy/api/v1"));

    private static IEnumerable<ServedOperation> Walk(IEnumerable<PolicyType> rows, string parent)
    {
        foreach (var row in rows)
        {
            string collection = $"{parent}/{string.Join('/', row.Pieces)}";
            string one = row.IsSingle ? collection : $"{collection}/{{{NameOf(row)}}}";
            foreach (var operation in Below(row, collection, one).Concat(Walk(row.Children, one)))
            {
                yield return operation;
            }
        }
    }

    private static IEnumerable<ServedOperation> Below(PolicyType row, string collection, string one)
    {
        if (!row.IsSingle && row.Verbs.HasFlag(PolicyVerbs.List))
        {
            yield return new ServedOperation(collection, HttpMethods.Get, null, row.Record);
        }

        (PolicyVerbs Verb, string Method)[] verbs =
            [(PolicyVerbs.Get, HttpMethods.Get), (PolicyVerbs.Put, HttpMethods.Put), (PolicyVerbs.Patch, HttpMethods.Patch), (PolicyVerbs.Delete, HttpMethods.Delete)];
        foreach (var (verb, method) in verbs)
        {
            if (row.Verbs.HasFlag(verb))
            {
                yield return new ServedOperation(one, method, null, row.Record);
            }
        }

        foreach (var view in PolicyViews.All.Where(view => view.Record.IsAssignableTo(row.Record) || row.Record.IsAssignableTo(view.Record)))
        {
            yield return new ServedOperation(view.Pieces.Count == 0 ? one : $"{one}/{string.Join('/', view.Pieces)}", view.Method, view.ActionName, null);
        }
    }

    private static string NameOf(PolicyType row) => row.Place.Split('/')[^1] is var word ? $"{word.TrimEnd('s')}-id" : "id";
}
