using System.Buffers;
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

        if (await ReadBytesAsync(request).ConfigureAwait(false) is not { } bytes)
        {
            return (null, ApiErrors.TooLarge(Limit));
        }

        try
        {
            CheckEscapes(bytes.Span);
            return JsonNode.Parse(bytes.Span, null, Options) is JsonObject body
                ? (body, null)
                : (null, ApiErrors.Malformed("The body must be a JSON object."));
        }
        catch (JsonException wrong)
        {
            return (null, ApiErrors.Malformed(Reason(wrong)));
        }
    }

    /// <summary>
    /// The whole body, or null when it is larger than the limit. Somewhat more than that is read and dropped, so that the client has sent all
    /// of it and listens when the answer comes.
    /// </summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadBytesAsync(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = Limit * 4;
        }

        using var body = new MemoryStream((int)Math.Clamp(request.ContentLength ?? 1024, 0, Limit));
        byte[] chunk = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            long total = 0;
            for (int read; (read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted).ConfigureAwait(false)) > 0;)
            {
                total += read;
                if (total <= Limit)
                {
                    body.Write(chunk, 0, read);
                }
            }

            return total <= Limit ? body.GetBuffer().AsMemory(0, (int)body.Length) : (ReadOnlyMemory<byte>?)null; // a bare null would be empty memory
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    /// <summary>The parser decodes text late; half a surrogate pair must be found now.</summary>
    private static void CheckEscapes(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = DeepestNesting });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    reader.GetString();
                }
            }
        }
        catch (InvalidOperationException wrong)
        {
            throw new JsonException(wrong.Message, null, 0, reader.TokenStartIndex, wrong);
        }
    }

    /// <summary>The parser's words up to where they turn to its own settings.</summary>
    private static string Reason(JsonException wrong)
        => $"Line {(wrong.LineNumber ?? 0) + 1}: {wrong.Message.Split(" LineNumber", 2)[0].Split(" Path:", 2)[0]}";
}
