using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Fabric.Manager.Catalog;
using Fabric.Manager.Endpoints;
using Fabric.Manager.Endpoints.Policy.Realization;
using Fabric.Manager.Errors;
using Fabric.Manager.Faults;
using Fabric.Manager.Publishing;
using Fabric.Manager.Realization;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Search;

/// <summary>Search for objects of the Policy API and of the Manager API, at their new paths and at the old one.</summary>
internal static class SearchEndpoints
{
    /// <summary>A page of more bytes is refused; clients then ask for a smaller one.</summary>
    private const int LargestAnswer = 8 << 20;

    public static void MapSearch(this IEndpointRouteBuilder app)
    {
        foreach (string path in new[] { "/policy/api/v1/search", "/policy/api/v1/search/query" })
        {
            app.MapGet(path, (HttpContext context, SearchIndexes indexes, ResourceStore store) => SearchAsync(context, indexes, indexes.Policy, store));
        }

        foreach (string path in new[] { "/api/v1/search", "/api/v1/search/query" })
        {
            app.MapGet(path, (HttpContext context, SearchIndexes indexes, ResourceStore store) => SearchAsync(context, indexes, indexes.Management, store));
        }
    }

    private static async Task<IResult> SearchAsync(HttpContext context, SearchIndexes indexes, SearchIndex index, ResourceStore store)
    {
        var (request, error) = SearchRequest.Read(context);
        return request is null ? Answers.Error(error!)
            : !await indexes.CatchUpAsync(context.RequestAborted).ConfigureAwait(false) ? Answers.Error(ApiErrors.SearchIndexing())
            : Page(context.Held(index.Find(request.Query, request.SortBy, request.Ascending)), request, store.Current, context.RequestServices);
    }

    private static JsonAnswer Page(IReadOnlyList<ManagedResource> hits, SearchRequest request, FabricModel model, IServiceProvider services)
    {
        var realized = new RealizedEntities(model, services.GetRequiredService<RealizationBook>(), services.GetRequiredService<RuntimeState>());
        int start = Math.Min(request.Offset, hits.Count);
        int end = Math.Min(hits.Count, start + request.PageSize);
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = ResourceJson.Wire.Encoder });
        writer.WriteStartObject();
        writer.WriteStartArray("results");
        for (int i = start; i < end; i++)
        {
            SearchHit.Write(writer, hits[i], model, realized, request.IncludedFields);
            if (writer.BytesCommitted + writer.BytesPending > LargestAnswer)
            {
                return Answers.Error(ApiErrors.SearchPageTooLarge(request.PageSize));
            }
        }

        writer.WriteEndArray();
        writer.WriteNumber("result_count", hits.Count);
        writer.WriteString("cursor", end.ToString(CultureInfo.InvariantCulture)); // also on the last page, where it has reached the count
        if (request.SortBy is { } field)
        {
            writer.WriteString("sort_by", field);
            writer.WriteBoolean("sort_ascending", request.Ascending);
        }

        writer.WriteEndObject();
        writer.Flush();
        return new JsonAnswer(200, buffer.WrittenMemory);
    }
}
