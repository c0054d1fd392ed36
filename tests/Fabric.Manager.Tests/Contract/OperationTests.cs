using System.Text.RegularExpressions;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Endpoints;
using Fabric.Manager.Errors;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Tests.Contract;

/// <summary>
/// Which of NSX-T's operations are served, found by asking for each one of them: what answers 501 is not. docs/api.md, its tables and the
/// manager's own description say the same.
/// </summary>
internal sealed partial class OperationTests
{
    private const string Writer = nameof(OperationTests);

    private RunningManager _manager = null!;
    private List<(KnownOperation Operation, string Method, bool Served)> _asked = null!;

    [OneTimeSetUp]
    public async Task AskAsync()
    {
        _manager = await RunningManager.StartAsync("none");
        _asked = [];
        foreach (var operation in KnownOperations.All)
        {
            foreach (string method in operation.Methods)
            {
                _asked.Add((operation, method, await IsServedAsync(operation, method)));
            }
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _manager.DisposeAsync();

    [TestCase("/api/", "nsx_api")]
    [TestCase("/policy/", "nsx_policy_api")]
    public async Task The_description_has_every_operation_that_is_served_and_no_other(string prefix, string file)
    {
        var description = (await _manager.GetAsync($"/api/v1/spec/openapi/{file}.json")).Object;
        var described = description["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(method => $"{method.Key.ToUpperInvariant()} {Nameless(path.Key)}")).ToHashSet();
        var served = _asked.Where(each => each.Served && each.Operation.Template.StartsWith(prefix, StringComparison.Ordinal)).Select(each => $"{each.Method} {Nameless(each.Operation.Template)}").ToHashSet();
        var known = KnownOperations.All.SelectMany(operation => operation.Methods.Select(method => $"{method} {Nameless(operation.Template)}")).ToHashSet();
        Assert.That(served.Where(operation => !described.Any(path => Fits(path, operation))).Order(), Is.Empty, "served, and not described");
        Assert.That(described.Where(operation => known.Contains(operation) && !served.Contains(operation) && !operation.StartsWith("POST ", StringComparison.Ordinal)).Order(), Is.Empty, "described, and not served; an action at an object that is not there can look like one that nobody has");
        string text = description.ToJsonString();
        Assert.That(Reference().Matches(text).Select(each => each.Groups[1].Value).Distinct().Where(name => description["components"]!["schemas"]![name] is null), Is.Empty);
    }

    [Test]
    public async Task The_description_is_there_as_YAML_too()
    {
        using var answer = await _manager.Client.GetAsync("/api/v1/spec/openapi/nsx_policy_api.yaml");
        string text = await answer.Content.ReadAsStringAsync();
        Assert.That(text, Does.StartWith("openapi: \"3.0.3\"\ninfo:\n  title: ").And.Contain("  \"/policy/api/v1/infra/segments/{segment-id}\":\n    get:\n"));
    }

    [TestCase("/api/", "manager")]
    [TestCase("/policy/", "policy")]
    public void The_document_says_operation_by_operation_what_is_served(string prefix, string document)
    {
        var lines = _asked.Where(each => each.Served && each.Operation.Template.StartsWith(prefix, StringComparison.Ordinal))
            .GroupBy(each => each.Operation)
            .GroupBy(operation => Area(operation.Key.Template))
            .OrderBy(area => area.Key, StringComparer.Ordinal)
            .Select(area => $"\n## {area.Key}\n\n| operation | methods | |\n|---|---|---|\n"
                + string.Concat(area.OrderBy(operation => operation.Key.Text, StringComparer.Ordinal).Select(operation
                    => $"| `{operation.Key.Text}` | {string.Join(", ", operation.Select(each => each.Method))} | {(IsStorageOnly(operation.Key.Template) ? "storage only" : "")} |\n")));
        WrittenDocs.Hold($"api/{document}.md", "operations", Writer, string.Concat(lines) + "\n");
    }

    [Test]
    public void The_document_says_what_is_not_served()
    {
        var lines = _asked.Where(each => !each.Served)
            .GroupBy(each => each.Operation)
            .GroupBy(operation => $"{(operation.Key.Template.StartsWith("/policy/", StringComparison.Ordinal) ? "Policy API" : "Manager API")}: {Area(operation.Key.Template)}")
            .OrderBy(area => area.Key, StringComparer.Ordinal)
            .Select(area => $"\n**{area.Key}**\n\n" + string.Concat(area.Select(operation => $"- {string.Join(", ", operation.Select(each => each.Method))} `{operation.Key.Text}`\n")));
        WrittenDocs.Hold("api/not-served.md", "operations", Writer, string.Concat(lines) + "\n");
    }

    [Test]
    public void The_document_counts()
    {
        var rows = new[] { ("Policy", "/policy/"), ("Manager", "/api/") }.Select(api =>
        {
            var of = _asked.Where(each => each.Operation.Template.StartsWith(api.Item2, StringComparison.Ordinal)).ToList();
            int storage = of.Count(each => each.Served && IsStorageOnly(each.Operation.Template));
            int served = of.Count(each => each.Served);
            return $"| {api.Item1} | {of.Count} | {served - storage} | {storage} | {of.Count - served} |\n";
        });
        WrittenDocs.Hold("api.md", "operations", Writer, "\n| API | operations of NSX-T | served | storage only | not served (501) |\n|---|---|---|---|---|\n" + string.Concat(rows) + "\n");
    }

    [Test]
    public void The_document_names_what_the_fabric_has_beyond()
    {
        var known = KnownOperations.All.SelectMany(operation => operation.Methods.Select(method => (method, Nameless(operation.Template)))).ToHashSet();
        var beyond = ServedOperations.All(_manager.Services.GetRequiredService<EndpointDataSource>())
            .Where(operation => !known.Contains((operation.Method, Nameless(operation.Path))) && !operation.Path.StartsWith("/policy/api/v1/orgs", StringComparison.Ordinal))
            .GroupBy(operation => operation.Path).OrderBy(path => path.Key, StringComparer.Ordinal);
        WrittenDocs.Hold("api.md", "beyond", Writer, "\n| path | methods |\n|---|---|\n"
            + string.Concat(beyond.Select(path => $"| `{path.Key}` | {string.Join(", ", path.Select(each => each.Method).Distinct().Order())} |\n")) + "\n");
    }

    private static string Nameless(string path) => Name().Replace(path, "{}");

    /// <summary>A described path with names where the operation has a word serves it too.</summary>
    private static bool Fits(string described, string operation)
        => described == operation || (described.Split('/') is var wide && operation.Split('/') is var pieces && wide.Length == pieces.Length && wide.Zip(pieces).All(pair => pair.First == pair.Second || pair.First == "{}"));

    private static string Area(string template)
    {
        string[] pieces = template.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return pieces switch
        {
            ["policy", "api", "v1", "orgs", _, "projects", _, "infra", var area, ..] => $"projects: {area}",
            ["policy", "api", "v1", "orgs", _, "projects", _, "vpcs", ..] => "VPCs",
            ["policy", "api", "v1", "orgs", ..] => "organizations and projects",
            ["policy", "api", "v1", "infra", var area, ..] => area,
            ["policy", "api", "v1", var area, ..] => area,
            ["api", "v1", var area, ..] => area,
            _ => "other",
        };
    }

    private static bool IsStorageOnly(string template)
    {
        const string PolicyPrefix = "/policy/api/v1";
        string path = Nameless(template).Replace("{}", "x", StringComparison.Ordinal);
        var record = template.StartsWith(PolicyPrefix, StringComparison.Ordinal)
            ? PolicyTree.Find(path[PolicyPrefix.Length..])?.Type.Record
            : ResourceCatalog.All.Concat(ResourceCatalog.Singletons).FirstOrDefault(type => Nameless($"/api/v1{type.Path}") == Nameless(template) || Nameless($"/api/v1{type.Path}/{{id}}") == Nameless(template))?.Record;
        return record is not null && Attribute.IsDefined(record, typeof(StorageOnlyAttribute));
    }

    private async Task<bool> IsServedAsync(KnownOperation operation, string method)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), Nameless(operation.Text).Replace("{}", "no-such", StringComparison.Ordinal));
        if (method is "POST" or "PUT" or "PATCH")
        {
            request.Content = new StringContent("[", System.Text.Encoding.UTF8, "application/json"); // no body that anybody would take
        }

        using var answer = await _manager.Client.SendAsync(request);
        return (int)answer.StatusCode is not (501 or 405);
    }

    [GeneratedRegex(@"\{[^/]*\}")]
    private static partial Regex Name();

    [GeneratedRegex("\"#/components/schemas/([^\"]+)\"")]
    private static partial Regex Reference();
}
