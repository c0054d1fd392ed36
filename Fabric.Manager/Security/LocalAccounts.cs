using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Fabric.Manager.Catalog.Access;
using Fabric.Manager.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fabric.Manager.Security;

/// <summary>The users whom the manager knows itself, and whether a password is theirs. A new data file gets NSX's: admin, audit and two guests.</summary>
internal sealed class LocalAccounts(IOptions<ManagerOptions> options, ResourceStore store, Lockout lockout, ILogger<LocalAccounts> logger) : IHostedService, IDisposable
{
    public const string Admin = "admin";

    /// <summary>Numbers of NSX's own users; those that are made later come after.</summary>
    private static readonly (string Name, long Number, string FullName, string Role)[] BuiltIn =
    [
        (Admin, 10_000, "admin", "enterprise_admin"),
        ("audit", 10_002, "audit", "auditor"),
        ("guestuser1", 12_000, "Guest user 1", "auditor"),
        ("guestuser2", 12_001, "Guest user 2", "auditor"),
    ];

    // A client may send its password with every request; the slow hash is worked out once per password and process.
    private readonly byte[] _quickKey = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, (string Hash, byte[] Quick)> _quickKnown = new();
    private readonly SemaphoreSlim _hashing = new(1, 1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string? stated = StatedPassword();
        string? known = store.Current.Find<LocalUser>(Admin)?.PasswordHash;
        if (stated is null && known is null)
        {
            stated = Generate();
        }

        if (stated is not null)
        {
            bool isNew = known is null || !PasswordHash.Matches(stated, known);
            string hash = isNew ? PasswordHash.Of(stated) : known!;
            if (isNew)
            {
                await store.WriteAsync(
                    "system",
                    scope =>
                    {
                        Seed(scope);
                        scope.Put(scope.Model.Find<LocalUser>(Admin)! with { PasswordHash = hash, Status = LocalUser.Active, PasswordChanged = scope.Now });
                        return new WriteOutcome.Done();
                    },
                    cancellationToken).ConfigureAwait(false);
            }

            _quickKnown[Admin] = (hash, Quick(stated));
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _hashing.Dispose();

    public Task<bool> IsAsync(string user, string password, CancellationToken cancellation) => IsAsync(user, [password], cancellation);

    /// <summary>Whether the password is right, the account active and not locked. Why it is not, nobody is told.</summary>
    /// <param name="user">By name.</param>
    /// <param name="readings">What the client may have meant; together one attempt.</param>
    /// <param name="cancellation">When the client has left.</param>
    public async Task<bool> IsAsync(string user, string[] readings, CancellationToken cancellation)
    {
        var account = store.Current.Find<LocalUser>(user);
        if (lockout.IsLocked(user))
        {
            return false;
        }

        string? hash = account?.Status == LocalUser.Active ? account.PasswordHash : null;
        if (hash is not null && _quickKnown.TryGetValue(user, out var known) && known.Hash == hash
            && readings.Any(password => CryptographicOperations.FixedTimeEquals(Quick(password), known.Quick)))
        {
            return true;
        }

        await _hashing.WaitAsync(cancellation).ConfigureAwait(false); // guesses take turns
        try
        {
            if (lockout.IsLocked(user)) // while it waited
            {
                return false;
            }

            foreach (string password in readings)
            {
                if (PasswordHash.Matches(password, hash ?? PasswordHash.OfNobody) && hash is not null)
                {
                    _quickKnown[user] = (hash, Quick(password));
                    lockout.Succeeded(user);
                    return true;
                }
            }
        }
        finally
        {
            _hashing.Release();
        }

        if (account is not null)
        {
            lockout.Failed(user, Policy(store.Current, options.Value));
        }

        return false;
    }

    /// <summary>As it was set through the API, else as the settings say.</summary>
    public static AuthenticationPolicy Policy(FabricModel model, ManagerOptions options)
        => model.Find<AuthenticationPolicy>(AuthenticationPolicy.TheId) ?? new AuthenticationPolicy { Id = AuthenticationPolicy.TheId, ApiMaxAuthFailures = options.LockoutAfter };

    private static void Seed(WriteScope scope)
    {
        foreach (var (name, number, fullName, role) in BuiltIn.Where(user => scope.Model.Find<LocalUser>(user.Name) is null))
        {
            scope.Put(new LocalUser { Id = name, DisplayName = name, Userid = number, FullName = fullName, SystemOwned = true });
            scope.Put(new RoleBinding { Id = scope.Ids.Next(), DisplayName = name, Name = name, Type = "local_user", Roles = [new Role { Name = role }], SystemOwned = name == Admin });
        }
    }

    private byte[] Quick(string password) => HMACSHA256.HashData(_quickKey, Encoding.UTF8.GetBytes(password));

    private string? StatedPassword()
    {
        if (options.Value.AdminPasswordFile.Length == 0)
        {
            return null;
        }

        string password = File.ReadLines(options.Value.AdminPasswordFile).FirstOrDefault() ?? "";
        return password.Length > 0
            ? password
            : throw new InvalidOperationException($"{options.Value.AdminPasswordFile} is empty; its first line must be the password of user {Admin}");
    }

    private string Generate()
    {
        string password = RandomNumberGenerator.GetString("abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 20) + "!1aA"; // meets NSX's rules on passwords
        string path = Path.GetFullPath(options.Value.Data) + ".admin-password";
        OwnerFile.Write(path, password + "\n");
        logger.PasswordGenerated(path);
        return password;
    }
}
