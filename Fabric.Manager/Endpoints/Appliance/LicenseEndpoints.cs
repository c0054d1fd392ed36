using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Appliance;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints.Appliance;

/// <summary>Licences: keys are kept, and every feature is free.</summary>
internal static class LicenseEndpoints
{
    private static readonly string[] Features = ["CONTAINER", "DFW", "VPC_NETWORKING", "LOAD_BALANCER", "VPN", "IDPS"];

    public static void MapLicenses(this IEndpointRouteBuilder api)
    {
        api.MapGet("/licenses", (HttpContext context, ResourceStore store)
            => RuntimeRequests.Table(context, "results", [.. store.Current.All<LicenseKey>().Select(key => Describe(key.Id))], []));
        api.MapPost("/licenses", AddAsync);
        api.MapGet("/licenses/licensed-features", () => Answers.Ok(new JsonObject
        {
            ["results"] = new JsonArray([.. Features.Select(feature => (JsonNode)new JsonObject { ["feature_name"] = feature, ["is_licensed"] = true })]),
            ["result_count"] = Features.Length,
        }));
        api.MapGet("/licenses/licenses-usage", () => Answers.Ok(new JsonObject { ["feature_usage_info"] = new JsonArray() }));
        api.MapGet("/licenses/{key}", (ResourceStore store, string key)
            => store.Current.Find<LicenseKey>(key) is null ? Answers.Error(ApiErrors.NotFound("License", key)) : Answers.Ok(Describe(key)));
        api.MapDelete("/licenses/{key}", (HttpContext context, ResourceStore store, string key) => RemoveAsync(context, store, key));
        api.MapGet("/license", (ResourceStore store) => Answers.Ok(Describe(store.Current.All<LicenseKey>().FirstOrDefault()?.Id ?? "")));
    }

    private static async Task<IResult> AddAsync(HttpContext context, ResourceStore store)
    {
        var (body, error) = await RequestBody.ReadAsync(context.Request).ConfigureAwait(false);
        if (body is null)
        {
            return Answers.Error(error!);
        }

        if (body["license_key"] is not JsonValue value || !value.TryGetValue(out string? key) || !IsKey(key))
        {
            return Answers.Error(ApiErrors.Field("license_key must be five groups of five letters or digits"));
        }

        string? action = context.Query("action");
        if (action is not (null or "delete"))
        {
            return Answers.Error(context.UnknownAction());
        }

        if (action == "delete")
        {
            return await RemoveAsync(context, store, key).ConfigureAwait(false);
        }

        var outcome = await store.WriteAsync(context.User(), scope => scope.Put(new LicenseKey { Id = key, DisplayName = key }), context.RequestAborted).ConfigureAwait(false);
        return outcome is WriteOutcome.Refused refused ? Answers.Error(refused.Error) : Answers.Ok(Describe(key));
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, ResourceStore store, string key)
    {
        var outcome = await store.WriteAsync(
            context.User(),
            scope =>
            {
                if (scope.Model.Find<LicenseKey>(key) is null)
                {
                    return ApiErrors.NotFound("License", key);
                }

                scope.Remove(ResourceKey.Of<LicenseKey>(key));
                return new WriteOutcome.Done();
            },
            context.RequestAborted).ConfigureAwait(false);
        return outcome is WriteOutcome.Refused refused ? Answers.Error(refused.Error) : Answers.Empty();
    }

    private static bool IsKey(string key)
        => key.Split('-') is { Length: 5 } groups && groups.All(group => group.Length == 5 && group.All(char.IsAsciiLetterOrDigit));

    private static JsonObject Describe(string key) => new()
    {
        ["license_key"] = key,
        ["description"] = "NSX fabric without hardware: every feature",
        ["product_name"] = "NSX Data Center",
        ["capacity_type"] = "CPU",
        ["quantity"] = 0,
        ["is_eval"] = false,
        ["is_expired"] = false,
        ["is_mh"] = true,
        ["expiry"] = 0,
    };
}
