using System.Globalization;
using System.Text.Json.Serialization;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Access;
using Fabric.Manager.Errors;
using Fabric.Manager.Security;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints.Access;

/// <summary>The manager's own users: who there is, new ones, their passwords. Roles are bound to them elsewhere.</summary>
internal static class UserEndpoints
{
    private const long FirstMadeNumber = 12_100;

    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/node/users", (HttpContext context, ResourceStore store) => Answers.List(
            [.. store.Current.All<LocalUser>().OrderBy(user => user.Userid).Select(NodeUserProperties.Of)], ListRequest.Everything));
        api.MapPost("/node/users", PostAsync);
        api.MapGet("/node/users/{id}", (ResourceStore store, string id) => Find(store.Current, id) is { } user ? Answers.Ok(NodeUserProperties.Of(user)) : Answers.Error(ApiErrors.NoSuchUser(id)));
        api.MapPut("/node/users/{id}", ReplaceAsync);
        api.MapPost("/node/users/{id}", ActAsync);
        api.MapDelete("/node/users/{id}", DeleteAsync);
    }

    private static LocalUser? Find(FabricModel model, string id)
        => model.All<LocalUser>().FirstOrDefault(user => user.Userid.ToString(CultureInfo.InvariantCulture) == id || user.Id == id);

    private static async Task<IResult> PostAsync(HttpContext context, ResourceStore store, LocalAccounts accounts, SessionTable sessions)
    {
        string? action = context.Query("action");
        if (action == "reset_own_password")
        {
            return await ResetOwnAsync(context, store, accounts, sessions).ConfigureAwait(false);
        }

        if (action is not ("create_user" or "create_audit_user"))
        {
            return Answers.Error(context.UnknownAction());
        }

        var (given, error) = await context.ReadAsync<NodeUserProperties>().ConfigureAwait(false);
        if (given is null)
        {
            return Answers.Error(error!);
        }

        if (given.Username is not { Length: > 0 } name || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            return Answers.Error(ApiErrors.Field("username may have letters, digits, '-', '_' and '.' only"));
        }

        string? hash = null;
        if (given.Password is { } password)
        {
            if (PasswordRules.Refuse(store.Current, password) is { } wrong)
            {
                return Answers.Error(wrong);
            }

            hash = PasswordHash.Of(password);
        }

        var outcome = await store.WriteAsync(
            context.User(),
            scope =>
            {
                if (scope.Model.Find<LocalUser>(name) is not null)
                {
                    return ApiErrors.AlreadyExists("User", name);
                }

                long number = Math.Max(FirstMadeNumber, scope.Model.All<LocalUser>().Max(user => user.Userid) + 1);
                scope.Put(new RoleBinding { Id = scope.Ids.Next(), DisplayName = name, Name = name, Type = Callers.LocalUserType, Roles = [new Role { Name = "auditor" }] });
                return scope.Put(new LocalUser
                {
                    Id = name,
                    DisplayName = name,
                    Userid = number,
                    FullName = given.FullName ?? name,
                    PasswordHash = hash,
                    PasswordChanged = scope.Now,
                    Status = hash is null ? LocalUser.NotActivated : LocalUser.Active,
                    PasswordChangeFrequency = given.PasswordChangeFrequency ?? 0,
                    PasswordChangeWarning = given.PasswordChangeWarning ?? 7,
                });
            },
            context.RequestAborted).ConfigureAwait(false);
        return Answer(outcome, 200);
    }

    private static async Task<IResult> ResetOwnAsync(HttpContext context, ResourceStore store, LocalAccounts accounts, SessionTable sessions)
    {
        var (given, error) = await context.ReadAsync<OwnPassword>().ConfigureAwait(false);
        if (given is null)
        {
            return Answers.Error(error!);
        }

        if (!await accounts.IsAsync(given.Username, given.OldPassword, context.RequestAborted).ConfigureAwait(false))
        {
            return Answers.Error(ApiErrors.BadCredentials(403));
        }

        return await ChangeAsync(context, store, sessions, given.Username, given.Password, user => user).ConfigureAwait(false);
    }

    private static async Task<IResult> ReplaceAsync(HttpContext context, ResourceStore store, LocalAccounts accounts, SessionTable sessions, string id)
    {
        var (given, error) = await context.ReadAsync<NodeUserProperties>().ConfigureAwait(false);
        if (given is null)
        {
            return Answers.Error(error!);
        }

        if (given.Password is not null && Find(store.Current, id) is { } known && known.Id == context.User()
            && !await accounts.IsAsync(known.Id, given.OldPassword ?? "", context.RequestAborted).ConfigureAwait(false))
        {
            return Answers.Error(ApiErrors.User("The old password is not right."));
        }

        return await ChangeAsync(context, store, sessions, id, given.Password, user => user with
        {
            FullName = given.FullName ?? user.FullName,
            PasswordChangeFrequency = given.PasswordChangeFrequency ?? user.PasswordChangeFrequency,
            PasswordChangeWarning = given.PasswordChangeWarning ?? user.PasswordChangeWarning,
        }).ConfigureAwait(false);
    }

    private static async Task<IResult> ActAsync(HttpContext context, ResourceStore store, SessionTable sessions, string id)
    {
        string? action = context.Query("action");
        if (action == "deactivate")
        {
            return id is LocalAccounts.Admin or "10000"
                ? Answers.Error(ApiErrors.User("User admin cannot be deactivated."))
                : await ChangeAsync(context, store, sessions, id, null, user => user with { Status = LocalUser.NotActivated, PasswordHash = null }).ConfigureAwait(false);
        }

        if (action is not ("activate" or "reset_password"))
        {
            return Answers.Error(context.UnknownAction());
        }

        var (given, error) = await context.ReadAsync<NewPassword>().ConfigureAwait(false);
        return given is null
            ? Answers.Error(error!)
            : await ChangeAsync(context, store, sessions, id, given.Password, user => user with { Status = LocalUser.Active }).ConfigureAwait(false);
    }

    /// <summary>Sets what is asked and, if there is one, the password; whoever is logged in as that user has to log in again.</summary>
    private static async Task<IResult> ChangeAsync(HttpContext context, ResourceStore store, SessionTable sessions, string id, string? password, Func<LocalUser, LocalUser> change)
    {
        if (password is not null && PasswordRules.Refuse(store.Current, password) is { } wrong)
        {
            return Answers.Error(wrong);
        }

        string? hash = password is null ? null : PasswordHash.Of(password);
        var outcome = await store.WriteAsync(
            context.User(),
            scope =>
            {
                if (Find(scope.Model, id) is not { } user)
                {
                    return ApiErrors.NoSuchUser(id);
                }

                var changed = change(user);
                return scope.Put(hash is null ? changed : changed with { PasswordHash = hash, PasswordChanged = scope.Now });
            },
            context.RequestAborted).ConfigureAwait(false);
        if (outcome is WriteOutcome.Stored { Resource: LocalUser written } && (hash is not null || written.PasswordHash is null))
        {
            sessions.EndAll(written.Id);
        }

        return Answer(outcome, 200);
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, ResourceStore store, SessionTable sessions, string id)
    {
        string? name = null;
        var outcome = await store.WriteAsync(
            context.User(),
            scope =>
            {
                if (Find(scope.Model, id) is not { } user)
                {
                    return ApiErrors.NoSuchUser(id);
                }

                if (user.SystemOwned)
                {
                    return ApiErrors.User($"User {user.Id} comes with the manager and cannot be deleted.");
                }

                foreach (var binding in scope.Model.All<RoleBinding>().Where(binding => binding.Name == user.Id && binding.Type == Callers.LocalUserType).ToList())
                {
                    scope.Remove(ResourceKey.Of(binding));
                }

                scope.Remove(ResourceKey.Of(user));
                name = user.Id;
                return new WriteOutcome.Done();
            },
            context.RequestAborted).ConfigureAwait(false);
        if (name is not null)
        {
            sessions.EndAll(name);
        }

        return Answer(outcome, 200);
    }

    private static JsonAnswer Answer(WriteOutcome outcome, int status) => outcome switch
    {
        WriteOutcome.Stored { Resource: LocalUser user } => Answers.Ok(NodeUserProperties.Of(user), status),
        WriteOutcome.Refused refused => Answers.Error(refused.Error),
        _ => Answers.Empty(),
    };

    /// <summary>A user as the API shows it.</summary>
    private sealed record NodeUserProperties
    {
        public long? Userid { get; init; }

        [AtMost(32)]
        public string? Username { get; init; }

        public string? FullName { get; init; }

        [OneOf(LocalUser.Active, "PASSWORD_EXPIRED", LocalUser.NotActivated)]
        public string? Status { get; init; }

        [Secret]
        public string? Password { get; init; }

        [Secret]
        public string? OldPassword { get; init; }

        [Within(0, 9999)]
        public long? PasswordChangeFrequency { get; init; }

        public long? PasswordChangeWarning { get; init; }

        public bool? PasswordResetRequired { get; init; }

        /// <summary>Seconds since 1970.</summary>
        public long? LastPasswordChange { get; init; }

        [JsonPropertyName("_schema")]
        public string? Schema { get; init; }

        public static NodeUserProperties Of(LocalUser user) => new()
        {
            Userid = user.Userid,
            Username = user.Id,
            FullName = user.FullName,
            Status = user.Status,
            PasswordChangeFrequency = user.PasswordChangeFrequency,
            PasswordChangeWarning = user.PasswordChangeWarning,
            PasswordResetRequired = false,
            LastPasswordChange = user.PasswordHash is null ? null : user.PasswordChanged / 1000,
        };
    }

    /// <summary>A user's own change of password.</summary>
    private sealed record OwnPassword
    {
        [Mandatory]
        public string Username { get; init; } = "";

        [Mandatory]
        public string OldPassword { get; init; } = "";

        [Mandatory]
        public string Password { get; init; } = "";
    }

    /// <summary>A password that an administrator sets.</summary>
    private sealed record NewPassword
    {
        [Mandatory]
        public string Password { get; init; } = "";
    }
}
