using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints;

/// <summary>The manager's own description: every operation it serves and no other, with the types of those that are rows.</summary>
internal static class OpenApi
{
    private static readonly string[] WritingMethods = ["POST", "PUT", "PATCH"];

    public static void MapOpenApi(this IEndpointRouteBuilder app)
    {
        foreach (var (file, title, prefix) in new[]
        {
            ("nsx_api", "NSX-T Manager API, as this fabric serves it", "/api/"),
            ("nsx_policy_api", "NSX-T Policy API, as this fabric serves it", "/policy/"),
        })
        {
            app.MapGet($"/api/v1/spec/openapi/{file}.json", (EndpointDataSource served) => Answers.Ok(Document(served, title, prefix)));
            app.MapGet($"/api/v1/spec/openapi/{file}.yaml", (EndpointDataSource served) => Results.Text(YamlText.Of(Document(served, title, prefix)), "application/yaml"));
        }
    }

    private static JsonObject Document(EndpointDataSource served, string title, string prefix)
    {
        var paths = new JsonObject();
        var schemas = new JsonObject();
        foreach (var path in ServedOperations.All(served).Where(operation => operation.Path.StartsWith(prefix, StringComparison.Ordinal))
            .GroupBy(operation => operation.Path).OrderBy(path => path.Key, StringComparer.Ordinal))
        {
            var methods = new JsonObject();
            foreach (var method in path.GroupBy(operation => operation.Method))
            {
                var record = method.Select(operation => operation.Record).FirstOrDefault(known => known is not null);
                if (record is not null)
                {
                    AddSchema(schemas, record);
                }

                methods[method.Key.ToLowerInvariant()] = Operation(path.Key, method.Key, record, [.. method.Select(operation => operation.Action).OfType<string>()]);
            }

            paths[path.Key] = methods;
        }

        return new JsonObject
        {
            ["openapi"] = "3.0.3",
            ["info"] = new JsonObject { ["title"] = title, ["version"] = NodeEndpoints.Version },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas },
        };
    }

    private static JsonObject Operation(string path, string method, Type? record, IReadOnlyList<string> actions)
    {
        var parameters = path.Split('/').Where(part => part.StartsWith('{')).Select(part => new JsonObject
        {
            ["name"] = part.Trim('{', '}'),
            ["in"] = "path",
            ["required"] = true,
            ["schema"] = new JsonObject { ["type"] = "string" },
        }).ToList();
        if (actions.Count > 0)
        {
            parameters.Add(new JsonObject
            {
                ["name"] = "action",
                ["in"] = "query",
                ["schema"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. actions.Select(action => JsonValue.Create(action))]) },
            });
        }

        var operation = new JsonObject
        {
            ["parameters"] = new JsonArray([.. parameters]),
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
