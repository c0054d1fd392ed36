using System.Text;
using System.Text.Json.Nodes;
using Fabric.Manager.Errors;
using Fabric.Packets.Addresses;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Fabric.Manager.Endpoints;

/// <summary>What the handlers of runtime state ask of a request, and how they write what was reported.</summary>
internal static class RuntimeRequests
{
    /// <summary>Null when <c>source</c> is absent or one of these; tables of controllers and hosts know no cached form (reference: nsx-dataplane.md, 6.3).</summary>
    public static ApiError? WrongSource(this HttpContext context, params string[] allowed)
        => context.Query("source") is { } source && !allowed.Contains(source)
            ? ApiErrors.BadQuery("source", $"'{source}' is not one of {string.Join(", ", allowed)}")
            : null;

    /// <summary>A page of rows with facts about the whole beside it; as text for <c>format=csv</c>.</summary>
    public static IResult Table(
        HttpContext context, string rowsName, IReadOnlyList<JsonObject> rows, IReadOnlyList<string> columns, params (string Name, JsonNode? Value)[] facts)
    {
        if (context.Query("format") is { } format)
        {
            return format == "csv" ? Csv(rows, columns) : Answers.Error(ApiErrors.BadQuery("format", $"'{format}' is not csv"));
        }

        var (request, error) = ListRequest.Read(context.Request.Query);
        if (request is null)
        {
            return Answers.Error(error!);
        }

        var ordered = request.SortBy is { } field ? [.. rows.OrderBy(row => row[field]?.ToString(), StringComparer.OrdinalIgnoreCase)] : rows;
        int start = Math.Min(request.Cursor?.Offset ?? 0, ordered.Count);
        int end = Math.Min(start + request.PageSize, ordered.Count);
        var answer = new JsonObject();
        foreach (var (name, value) in facts)
        {
            answer[name] = value;
        }

        answer[rowsName] = new JsonArray([.. ordered.Skip(start).Take(end - start)]);
        answer["result_count"] = ordered.Count;
        if (end < ordered.Count)
        {
            answer["cursor"] = ListRequest.CursorAfter(end, ordered[end - 1]);
        }

        return Answers.Ok(answer);
    }

    public static string Ip(this ByteString bytes) => IpAddress.TryRead(bytes.Span, out var address) ? address.ToString() : "";

    public static string Mac(this ByteString bytes) => bytes.Length == MacAddress.Length ? MacAddress.Read(bytes.Span).ToString() : "";

    private static IResult Csv(IReadOnlyList<JsonObject> rows, IReadOnlyList<string> columns)
    {
        var text = new StringBuilder().AppendJoin(',', columns).Append('\n');
        foreach (var row in rows)
        {
            text.AppendJoin(',', columns.Select(column => row[column]?.ToString() ?? "")).Append('\n');
        }

        return Results.Text(text.ToString(), "text/csv", Encoding.UTF8);
    }
}
