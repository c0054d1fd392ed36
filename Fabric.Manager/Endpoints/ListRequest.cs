using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Fabric.Manager.Catalog;
using Fabric.Manager.Errors;
using Microsoft.AspNetCore.Http;

namespace Fabric.Manager.Endpoints;

/// <summary>Which page of a list, in which order, with which fields.</summary>
internal sealed record ListRequest(int PageSize, string? SortBy, bool SortAscending, IReadOnlySet<string>? IncludedFields, (int Offset, string After)? Cursor)
{
    private const int LargestPage = 1000;

    /// <summary>The whole of a list that is short by nature.</summary>
    public static readonly ListRequest Everything = new(LargestPage, null, true, null, null);

    public static (ListRequest? Request, ApiError? Error) Read(IQueryCollection query)
    {
        int size = LargestPage;
        if (Text(query, "page_size") is { } asked && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > LargestPage))
        {
            return (null, ApiErrors.BadQuery("page_size", $"'{asked}' is not a number from 1 to {LargestPage}"));
        }

        (int, string)? cursor = null;
        if (Text(query, "cursor") is { } given)
        {
            cursor = ReadCursor(given);
            if (cursor is null)
            {
                return (null, ApiErrors.BadQuery("cursor", $"'{given}' did not come from a list"));
            }
        }

        var fields = Text(query, "included_fields")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet();
        bool ascending = !string.Equals(Text(query, "sort_ascending"), "false", StringComparison.OrdinalIgnoreCase);
        return (new ListRequest(size, Text(query, "sort_by"), ascending, fields, cursor), null);
    }

    /// <summary>Places, not pages: what was added or removed meanwhile neither repeats nor hides others.</summary>
    public static string CursorAfter(int offset, object last)
        => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{offset}:{IdOf(last)}")));

    public int StartIn(IReadOnlyList<object> list)
    {
        if (Cursor is not { } cursor)
        {
            return 0;
        }

        if (cursor.Offset <= list.Count && cursor.Offset > 0 && IdOf(list[cursor.Offset - 1]) == cursor.After)
        {
            return cursor.Offset;
        }

        for (int i = 0; i < list.Count; i++)
        {
            if (IdOf(list[i]) == cursor.After)
            {
                return i + 1;
            }
        }

        // The last one is gone: in a list by id go on behind its place, in any other at the same distance from the start less the gap.
        return SortBy is null && list.All(item => item is ManagedResource)
            ? list.TakeWhile(item => string.CompareOrdinal(IdOf(item), cursor.After) < 0).Count()
            : Math.Min(Math.Max(cursor.Offset - 1, 0), list.Count);
    }

    private static (int, string)? ReadCursor(string text)
    {
        if (!Base64Url.IsValid(text))
        {
            return null;
        }

        string plain = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        int colon = plain.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && int.TryParse(plain.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out int offset)
            ? (offset, plain[(colon + 1)..])
            : null;
    }

    private static string IdOf(object item) => item switch
    {
        ManagedResource resource => resource.Id,
        FirewallRule rule => rule.Id ?? "",
        _ => "",
    };

    private static string? Text(IQueryCollection query, string name) => query.TryGetValue(name, out var value) && value.Count > 0 && value[0] is { Length: > 0 } text ? text : null;
}
