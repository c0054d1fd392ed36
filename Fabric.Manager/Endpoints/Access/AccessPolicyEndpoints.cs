using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Access;
using Fabric.Manager.Errors;
using Fabric.Manager.Security;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Fabric.Manager.Endpoints.Access;

/// <summary>What the API allows its clients: wrong passwords, requests per second, requests under way, how long a session may rest.</summary>
internal static class AccessPolicyEndpoints
{
    private static readonly ResourceType Limits = ResourceType.Of<ApiServiceConfig>("/cluster/api-service");

    public static void MapAccessPolicies(this IEndpointRouteBuilder api)
    {
        api.MapGet("/node/aaa/auth-policy", (ResourceStore store, IOptions<ManagerOptions> options) => Answers.Ok(Shown(LocalAccounts.Policy(store.Current, options.Value))));
        api.MapPut("/node/aaa/auth-policy", ReplacePolicyAsync);
        api.MapPost("/node/aaa/auth-policy", ResetPolicyAsync);
        api.MapGet(Limits.Path, (ResourceStore store, IOptions<ManagerOptions> options) => Answers.Ok(ClientLimits.Of(store.Current, options.Value)));
        api.MapPut(Limits.Path, ReplaceLimitsAsync);
    }

    /// <summary>Without what every object has: this one is none in the API.</summary>
    private static JsonObject Shown(AuthenticationPolicy policy)
    {
        var shown = ResourceJson.ToWire(policy);
        foreach (string field in shown.Select(field => field.Key).Where(IsOfObjects).ToList())
        {
            shown.Remove(field);
        }

        return shown;
    }

    private static bool IsOfObjects(string field) => field.StartsWith('_') || field is "id" or "resource_type" or "display_name";

    private static async Task<IResult> ReplacePolicyAsync(HttpContext context, ResourceStore store)
    {
        var (given, error) = await context.ReadAsync<AuthenticationPolicy>().ConfigureAwait(false);
        return given is null ? Answers.Error(error!) : await SetAsync(context, store, given).ConfigureAwait(false);
    }

    private static async Task<IResult> ResetPolicyAsync(HttpContext context, ResourceStore store)
        => context.Query("action") is "reset-all" or "reset-auth-policies" or "reset-pwd-complexity"
            ? await SetAsync(context, store, new AuthenticationPolicy()).ConfigureAwait(false)
            : Answers.Error(context.UnknownAction());

    private static async Task<IResult> SetAsync(HttpContext context, ResourceStore store, AuthenticationPolicy policy)
    {
        var outcome = await store.WriteAsync(
            context.User(),
            scope => scope.Put(policy with { Id = AuthenticationPolicy.TheId, DisplayName = AuthenticationPolicy.TheId, SystemOwned = true }),
            context.RequestAborted).ConfigureAwait(false);
        return outcome is WriteOutcome.Stored { Resource: AuthenticationPolicy stored } ? Answers.Ok(Shown(stored)) : Answers.Of(outcome, store.Current, Limits);
    }

    private static async Task<IResult> ReplaceLimitsAsync(HttpContext context, ResourceStore store, IOptions<ManagerOptions> options)
    {
        var (given, error) = await context.ReadAsync<ApiServiceConfig>().ConfigureAwait(false);
        if (given is null)
        {
            return Answers.Error(error!);
        }

        var outcome = await store.WriteAsync(
            context.User(),
            scope =>
            {
                var before = ClientLimits.Of(scope.Model, options.Value);
                return given.Revision == before.Revision
                    ? scope.Put(given with { Id = ApiServiceConfig.TheId, DisplayName = ApiServiceConfig.TheId, SystemOwned = true })
                    : ApiErrors.StaleRevision(nameof(ApiServiceConfig), ApiServiceConfig.TheId, given.Revision, before.Revision);
            },
            context.RequestAborted).ConfigureAwait(false);
        return Answers.Of(outcome, store.Current, Limits);
    }
}
