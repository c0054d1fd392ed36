using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints;

/// <summary>The manager's own description: every operation it serves and no other, with the types of those that are rows.</summary>
internal static class OpenApi
{
    private static readonly Dictionary<string, Type> RecordOfPath = ResourceCatalog.All.Concat(ResourceCatalog.Singletons)
        .SelectMany(type => new[] { ($"/api/v1{type.Path}", type.Record), ($"/api/v1{type.Path}/{{id}}", type.Record) })
        .ToDictionary(item => item.Item1, item => item.Record);

    private static readonly string[] WritingMethods = ["POST", "PUT"];

    public static void MapOpenApi(this IEndpointRouteBuilder api)
        => api.MapGet("/spec/openapi/nsx_api.json", (EndpointDataSource served) => Answers.Ok(Document(served)));

    /// <summary>Every path with its methods, by path.</summary>
    public static SortedDictionary<string, SortedSet<string>> Operations(EndpointDataSource served)
    {
        var operations = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var endpoint in served.Endpoints.OfType<RouteEndpoint>())
        {
            string path = endpoint.RoutePattern.RawText ?? "";
            if (path.StartsWith("/api/", StringComparison.Ordinal) && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { } methods)
            {
                if (!operations.TryGetValue(path, out var known))
                {
                    operations[path] = known = new SortedSet<string>(StringComparer.Ordinal);
                }

                known.UnionWith(methods.HttpMethods);
            }
        }

        return operations;
    }

    private static JsonObject Document(EndpointDataSource served)
    {
        var paths = new JsonObject();
        var schemas = new JsonObject();
        foreach (var (path, methods) in Operations(served))
        {
            var record = RecordOfPath.GetValueOrDefault(path);
            if (record is not null)
            {
                AddSchema(schemas, record);
            }

            paths[path] = new JsonObject(methods.Select(method => new KeyValuePair<string, JsonNode?>(method.ToLowerInvariant(), Operation(path, method, record))));
        }

        return new JsonObject
        {
            ["openapi"] = "3.0.3",
            ["info"] = new JsonObject { ["title"] = "NSX-T Manager API, as this fabric serves it", ["version"] = NodeEndpoints.Version },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas },
        };
    }

    private static JsonObject Operation(string path, string method, Type? record)
    {
        var operation = new JsonObject
        {
            ["parameters"] = new JsonArray([.. path.Split('/').Where(part => part.StartsWith('{')).Select(part => new JsonObject
            {
                ["name"] = part.Trim('{', '}'),
                ["in"] = "path",
                ["required"] = true,
                ["schema"] = new JsonObject { ["type"] = "string" },
            })]),
            ["responses"] = new JsonObject { ["default"] = new JsonObject { ["description"] = "The object, a list of them, or an error with error_code and error_message" } },
        };
        if (record is not null && WritingMethods.Contains(method))
        {
            operation["requestBody"] = new JsonObject
            {
                ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Reference(record) } },
            };
        }

        return operation;
    }

    private static JsonObject Reference(Type type) => new() { ["$ref"] = $"#/components/schemas/{type.Name}" };

    /// <summary>A record, the records in it, and the members of a family.</summary>
    private static void AddSchema(JsonObject schemas, Type type)
    {
        if (schemas.ContainsKey(type.Name))
        {
            return;
        }

        var schema = SpecTypes.SchemaOf(type, "#/components/schemas/");
        schema.Remove("id");
        schemas[type.Name] = schema;
        foreach (var member in ((FamilyAttribute?)Attribute.GetCustomAttribute(type, typeof(FamilyAttribute), inherit: false))?.Members ?? [])
        {
            AddSchema(schemas, member);
        }

        foreach (var field in Shape.Of(type).Fields.Values.Where(field => field is { Hidden: false, Part: not null }))
        {
            AddSchema(schemas, field.Part!);
        }
    }
}
