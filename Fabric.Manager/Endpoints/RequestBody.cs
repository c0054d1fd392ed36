using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Manager.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fabric.Manager.Endpoints;

/// <summary>Reads the JSON object that a request carries, within bounds.</summary>
internal static class RequestBody
{
    public const long Limit = 16 * 1024 * 1024;
    private const int DeepestNesting = 32;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = DeepestNesting, AllowDuplicateProperties = false };

    public static async Task<(JsonObject? Body, ApiError? Error)> ReadAsync(HttpRequest request)
    {
        if (request.ContentType is { Length: > 0 } type && !type.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            return (null, ApiErrors.WrongMediaType(type));
        }

        if (request.ContentLength > Limit)
        {
            return (null, ApiErrors.TooLarge(Limit));
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = Limit;
        }

        try
        {
            var node = await JsonNode.ParseAsync(request.Body, null, Options, request.HttpContext.RequestAborted).ConfigureAwait(false);
            return node is JsonObject body
                ? (body, null)
                : (null, ApiErrors.Malformed("The body must be a JSON object."));
        }
        catch (JsonException wrong)
        {
            return (null, ApiErrors.Malformed(Reason(wrong)));
        }
    }

    /// <summary>The parser's words up to where they turn to its own settings.</summary>
    private static string Reason(JsonException wrong)
        => $"Line {(wrong.LineNumber ?? 0) + 1}: {wrong.Message.Split(" LineNumber", 2)[0].Split(" Path:", 2)[0]}";
}
