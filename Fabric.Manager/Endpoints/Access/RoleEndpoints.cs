using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Access;
using Fabric.Manager.Errors;
using Fabric.Manager.Security;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints.Access;

/// <summary>Roles, who has them, and who the caller is: served the same under both APIs.</summary>
internal static class RoleEndpoints
{
    private static readonly ResourceType Bindings = ResourceType.Of<RoleBinding>(
        "/aaa/role-bindings",
        Complete,
        filters: [("name", binding => binding.Name), ("type", binding => binding.Type), ("identity_source_type", binding => binding.IdentitySourceType),
            ("identity_source_id", binding => binding.IdentitySourceId), ("role", binding => (binding.Roles ?? []).Select(role => role.Name)),
            ("path", binding => (binding.RolesForPaths ?? []).Select(each => each.Path))],
        systemOwnedMayChange: true);

    public static void MapRoles(this IEndpointRouteBuilder api)
    {
        api.MapGet("/aaa/user-info", UserInfo);
        api.MapGet("/aaa/roles", (HttpContext context) => Answers.Page(context, RoleTable.All.Select(row => new JsonObject { ["role"] = row.Name, ["role_display_name"] = row.DisplayName })));
        api.MapGet("/aaa/roles-with-feature-permissions", (HttpContext context) => Answers.Page(context, RoleTable.All.Select(WithFeatures)));
        api.MapGet("/aaa/features-with-properties", (HttpContext context) => Answers.Page(context, FeatureTable.All.Select(feature => Permission(feature, Security.Permission.Crud))));
        api.MapGet("/aaa/roles/{role}", (string role) => RoleTable.Find(role) is { } row ? Answers.Ok(WithFeatures(row)) : Answers.Error(ApiErrors.NotFound("Role", role)));
        api.MapGet(Bindings.Path, (HttpContext context, ResourceStore store) => ResourceEndpoints.List(context, store.Current, Bindings));
        api.MapPost(Bindings.Path, CreateAsync);
        api.MapGet(Bindings.Path + "/{id}", (ResourceStore store, string id)
            => store.Current.Find<RoleBinding>(id) is { } found ? Answers.Ok(found) : Answers.Error(ApiErrors.NotFound(nameof(RoleBinding), id)));
        api.MapPut(Bindings.Path + "/{id}", ReplaceAsync);
        api.MapDelete(Bindings.Path + "/{id}", DeleteAsync);
    }

    private static Checked<RoleBinding> Complete(WriteScope scope, RoleBinding? before, RoleBinding after)
    {
        after = after with
        {
            RolesForPaths = after.RolesForPaths is { } all ? [.. all.Where(each => each.DeletePath != true)] : before?.RolesForPaths,
            DisplayName = string.IsNullOrEmpty(after.DisplayName) || after.DisplayName == after.Id ? after.Name : after.DisplayName,
        };
        var roles = (after.Roles ?? []).Concat((after.RolesForPaths ?? []).SelectMany(each => each.Roles));
        if (roles.FirstOrDefault(role => !RoleTable.Exists(role.Name)) is { } unknown)
        {
            return ApiErrors.NoSuchRole(unknown.Name);
        }

        if (after.Type == Callers.LocalUserType && scope.Model.Find<LocalUser>(after.Name) is null)
        {
            return ApiErrors.User($"There is no local user {after.Name}.");
        }

        if (after.SystemOwned && after.Roles?.Any(role => role.Name == "enterprise_admin") != true)
        {
            return ApiErrors.User("User admin is an enterprise admin and stays one.");
        }

        return scope.Model.All<RoleBinding>().Any(other => other.Id != after.Id && other.Name == after.Name && other.Type == after.Type && other.IdentitySourceId == after.IdentitySourceId)
            ? ApiErrors.AlreadyExists(nameof(RoleBinding), after.Name)
            : after with { Roles = Named(after.Roles), RolesForPaths = after.RolesForPaths?.Select(each => each with { Roles = Named(each.Roles)! }).ToList() };
    }

    private static List<Role>? Named(IReadOnlyList<Role>? roles)
        => roles?.Select(role => role with { RoleDisplayName = RoleTable.Find(role.Name)?.DisplayName }).ToList();

    private static JsonAnswer UserInfo(HttpContext context)
    {
        var caller = context.Caller();
        return Answers.Ok(new JsonObject
        {
            ["user_name"] = caller.Name,
            ["roles"] = new JsonArray([.. caller.Roles.Select(role => new JsonObject
            {
                ["role"] = role,
                ["permissions"] = new JsonArray(RoleTable.Of([role], Area.Networking) == Security.Permission.Crud ? "read-write-api" : "read-api"),
            })]),
            ["roles_for_paths"] = new JsonArray([.. caller.RolesForPaths.Prepend(new PathRoles("/", caller.Roles)).Select(each => new JsonObject
            {
                ["path"] = each.Path,
                ["roles"] = new JsonArray([.. each.Roles.Select(role => new JsonObject { ["role"] = role })]),
            })]),
        });
    }

    private static JsonObject Short(RoleRow row) => new() { ["role"] = row.Name, ["id"] = row.Name, ["display_name"] = row.DisplayName, ["resource_type"] = "RoleWithFeatures" };

    private static JsonObject WithFeatures(RoleRow row)
    {
        var role = Short(row);
        role["features"] = new JsonArray([.. FeatureTable.All.Select(feature => Permission(feature, RoleTable.Of(row, feature.Area)))]);
        role["_create_user"] = "system";
        role["_system_owned"] = true;
        role["_protection"] = "NOT_PROTECTED";
        role["_revision"] = 0;
        return role;
    }

    private static JsonObject Permission(Feature feature, Permission may) => new()
    {
        ["feature"] = feature.Name,
        ["feature_name"] = feature.Description,
        ["feature_description"] = feature.Description,
        ["permission"] = may.ToString().ToLowerInvariant(),
    };

    private static async Task<IResult> CreateAsync(HttpContext context, ResourceStore store)
    {
        if (context.Query("action") is { } action)
        {
            return action == "delete_stale_bindings" ? Answers.Empty() : Answers.Error(context.UnknownAction()); // local users take theirs along
        }

        var (given, error) = await context.ReadAsync<RoleBinding>().ConfigureAwait(false);
        if (given is null)
        {
            return Answers.Error(error!);
        }

        var outcome = await store.WriteAsync(
            context.User(),
            scope =>
            {
                var made = given.Id.Length == 0 ? given with { Id = scope.Ids.Next() } : given;
                return scope.Model.Find(ResourceKey.Of(made)) is null
                    ? ResourceWriter.Write(scope, Bindings, null, made)
                    : ApiErrors.AlreadyExists(nameof(RoleBinding), made.Id);
            },
            context.RequestAborted).ConfigureAwait(false);
        return Answers.Of(outcome, store.Current, Bindings);
    }

    private static async Task<IResult> ReplaceAsync(HttpContext context, ResourceStore store, string id)
    {
        var (body, error) = await RequestBody.ReadAsync(context.Request).ConfigureAwait(false);
        if (body is null)
        {
            return Answers.Error(error!);
        }

        if (body["_revision"] is JsonNode revision && (revision is not JsonValue number || !number.TryGetValue(out long _)))
        {
            return Answers.Error(ApiErrors.Malformed("Field _revision must be a whole number."));
        }

        var outcome = await store.WriteAsync(
            context.User(),
            scope =>
            {
                if (scope.Model.Find<RoleBinding>(id) is not { } before)
                {
                    return ApiErrors.NotFound(nameof(RoleBinding), id);
                }

                if (body["_revision"] is { } given && (long)given != before.Revision)
                {
                    return ApiErrors.StaleRevision(nameof(RoleBinding), id, (long)given, before.Revision);
                }

                body["id"] = id;
                var (record, wrong) = RecordReader.Read(typeof(RoleBinding), body, before);
                return record is null ? wrong! : ResourceWriter.Write(scope, Bindings, before, (RoleBinding)record);
            },
            context.RequestAborted).ConfigureAwait(false);
        return Answers.Of(outcome, store.Current, Bindings);
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, ResourceStore store, string id)
    {
        var outcome = await store.WriteAsync(
            context.User(),
            scope =>
            {
                if (scope.Model.Find<RoleBinding>(id) is not { } binding)
                {
                    return ApiErrors.NotFound(nameof(RoleBinding), id);
                }

                if (binding.SystemOwned)
                {
                    return ApiErrors.SystemOwned(ResourceKey.Of(binding));
                }

                scope.Remove(ResourceKey.Of(binding));
                return new WriteOutcome.Done();
            },
            context.RequestAborted).ConfigureAwait(false);
        return Answers.Of(outcome, store.Current, Bindings);
    }
}
