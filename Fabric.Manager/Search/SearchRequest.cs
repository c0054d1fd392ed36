using System.Globalization;
using Fabric.Manager.Endpoints;
using Fabric.Manager.Errors;
using Microsoft.AspNetCore.Http;

namespace Fabric.Manager.Search;

/// <summary>A search as a client sent it: what to find and which part of it to answer. Its cursor is an offset, which clients compare as a number.</summary>
internal sealed record SearchRequest(SearchQuery Query, int Offset, int PageSize, string? SortBy, bool Ascending, IReadOnlySet<string>? IncludedFields)
{
    private const int LargestPage = 1000;

    public static (SearchRequest? Request, ApiError? Error) Read(HttpContext context)
    {
        if (context.Query("query") is not { } text || string.IsNullOrWhiteSpace(text))
        {
            return (null, ApiErrors.Field("query may not be null"));
        }

        var (query, wrong) = SearchParser.Parse(text);
        if (query is null)
        {
            return (null, ApiErrors.BadSearch(text, wrong!));
        }

        int size = LargestPage;
        if (context.Query("page_size") is { } asked && (!Number(asked, out size) || size is < 1 or > LargestPage))
        {
            return (null, ApiErrors.Field($"page_size {asked} must be between 1 and {LargestPage}"));
        }

        int offset = 0;
        return context.Query("cursor") is { } cursor && !Number(cursor, out offset)
            ? (null, ApiErrors.BadQuery("cursor", $"'{cursor}' did not come from a search"))
            : (new SearchRequest(
                query,
                offset,
                size,
                context.Query("sort_by"),
                !string.Equals(context.Query("sort_ascending"), "false", StringComparison.OrdinalIgnoreCase),
                context.Query("included_fields")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet()), null);
    }

    private static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
