using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Endpoints.Policy;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Http;

namespace Fabric.Manager.Endpoints;

/// <summary>A JSON answer, written at once with its length so that it leaves in one piece.</summary>
internal sealed class JsonAnswer(int status, ReadOnlyMemory<byte> body) : IResult
{
    public int Status => status;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-cache, no-store, max-age=0, must-revalidate";
        if (body.Length > 0)
        {
            response.ContentType = "application/json";
        }

        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.Body.WriteAsync(body, httpContext.RequestAborted).ConfigureAwait(false);
        }
    }
}

/// <summary>From what the store says to what the client hears.</summary>
internal static class Answers
{
    public static JsonAnswer Empty(int status = 200) => new(status, default);

    public static JsonAnswer Ok(object value, int status = 200)
        => new(status, value is ManagedResource resource ? resource.ToWire() : ResourceJson.ToWireBytes(value));

    public static JsonAnswer Error(ApiError error) => new(error.Status, JsonSerializer.SerializeToUtf8Bytes(Body(error), ResourceJson.Wire));

    public static JsonAnswer Of(WriteOutcome outcome, FabricModel model, ResourceType type, int status = 200) => outcome switch
    {
        WriteOutcome.Stored stored => Ok(type.Show(model, stored.Resource), status),
        WriteOutcome.Refused refused => Error(refused.Error),
        _ => Empty(),
    };

    public static JsonAnswer OfPolicy(WriteOutcome outcome, FabricModel model, PolicyPlace place) => outcome switch
    {
        WriteOutcome.Stored stored => Ok(PolicyLists.Shown(model, place.Type, (PolicyResource)stored.Resource)),
        WriteOutcome.Refused refused => Error(refused.Error),
        _ => Empty(),
    };

    /// <summary>The page of these rows that the request asks for, or what is wrong with its asking; then the rows are not worked out.</summary>
    public static JsonAnswer Page(HttpContext context, IEnumerable<object> rows)
    {
        var (request, error) = ListRequest.Read(context.Request.Query);
        return request is null ? Error(error!) : List([.. rows], request);
    }

    /// <summary>The page of a list that the request asks for.</summary>
    /// <param name="all">Everything that the request selects.</param>
    /// <param name="request">Which page, in which order.</param>
    /// <param name="show">What is computed on reading, for the items of the page alone.</param>
    /// <param name="status">Of the answer.</param>
    public static JsonAnswer List(IReadOnlyList<object> all, ListRequest request, Func<object, object>? show = null, int status = 200)
    {
        var ordered = request.SortBy is { } field ? ListOrder.Of(all, field, request.SortAscending) : all;
        int start = request.StartIn(ordered);
        int end = Math.Min(ordered.Count, start + request.PageSize);
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = ResourceJson.Wire.Encoder });
        writer.WriteStartObject();
        writer.WriteStartArray("results");
        for (int i = start; i < end; i++)
        {
            object item = show is null ? ordered[i] : show(ordered[i]);
            if (request.IncludedFields is not null && item is not string) // a list of words has no fields
            {
                Only(request.IncludedFields, ResourceJson.ToWire(item)).WriteTo(writer);
            }
            else if (item is ManagedResource resource)
            {
                writer.WriteRawValue(resource.ToWire(), skipInputValidation: true);
            }
            else
            {
                JsonSerializer.Serialize(writer, item, item.GetType(), ResourceJson.Wire);
            }
        }

        writer.WriteEndArray();
        writer.WriteNumber("result_count", ordered.Count);
        if (end < ordered.Count)
        {
            writer.WriteString("cursor", ListRequest.CursorAfter(end, ordered[end - 1])); // the last page has none: clients loop while there is one
        }

        writer.WriteString("sort_by", request.SortBy ?? "id");
        writer.WriteBoolean("sort_ascending", request.SortAscending);
        writer.WriteEndObject();
        writer.Flush();
        return new JsonAnswer(status, buffer.WrittenMemory);
    }

    private static JsonObject Only(IReadOnlySet<string> fields, JsonObject whole)
    {
        foreach (string name in whole.Select(field => field.Key).Where(name => !fields.Contains(name) && name is not ("id" or "resource_type")).ToList())
        {
            whole.Remove(name);
        }

        return whole;
    }

    private static JsonObject Body(ApiError error)
    {
        var body = new JsonObject
        {
            ["httpStatus"] = StatusName(error.Status),
            ["error_code"] = error.Code,
            ["module_name"] = error.Module,
            ["error_message"] = error.Message,
        };
        if (error.Details is not null)
        {
            body["details"] = error.Details;
        }

        if (error.Related is { Count: > 0 } related)
        {
            body["related_errors"] = new JsonArray([.. related.Select(Body)]);
        }

        return body;
    }

    private static string StatusName(int status) => status switch
    {
        400 => "BAD_REQUEST",
        401 => "UNAUTHORIZED",
        403 => "FORBIDDEN",
        404 => "NOT_FOUND",
        405 => "METHOD_NOT_ALLOWED",
        409 => "CONFLICT",
        412 => "PRECONDITION_FAILED",
        413 => "PAYLOAD_TOO_LARGE",
        415 => "UNSUPPORTED_MEDIA_TYPE",
        408 => "REQUEST_TIMEOUT",
        429 => "TOO_MANY_REQUESTS",
        501 => "NOT_IMPLEMENTED",
        502 => "BAD_GATEWAY",
        503 => "SERVICE_UNAVAILABLE",
        504 => "GATEWAY_TIMEOUT",
        _ => "INTERNAL_SERVER_ERROR",
    };
}
