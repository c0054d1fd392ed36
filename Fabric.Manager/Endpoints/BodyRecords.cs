using Fabric.Manager.Catalog;
using Fabric.Manager.Errors;
using Microsoft.AspNetCore.Http;

namespace Fabric.Manager.Endpoints;

/// <summary>A request's body as the record that it must be.</summary>
internal static class BodyRecords
{
    public static async Task<(T? Record, ApiError? Error)> ReadAsync<T>(this HttpContext context)
        where T : class
    {
        var (body, error) = await RequestBody.ReadAsync(context.Request).ConfigureAwait(false);
        if (body is null)
        {
            return (null, error);
        }

        (object? record, error) = RecordReader.Read(typeof(T), body);
        return (record as T, error);
    }
}
