using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fabric.Manager.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fabric.Manager.Security;

/// <summary>The one user, admin. Only a salted hash of the password is kept (PBKDF2, RFC 8018, section 5.2).</summary>
internal sealed class AdminAccount(IOptions<ManagerOptions> options, IResourceDatabase file, ILogger<AdminAccount> logger) : IHostedService, IDisposable
{
    public const string Name = "admin";

    private const string HashKey = "admin-password";
    private const int Iterations = 210_000; // OWASP's figure for HMAC-SHA512
    private const int SaltLength = 16;
    private const int HashLength = 32;

    // A client may send its password with every request; the slow hash is worked out once per password and process.
    private readonly byte[] _quickKey = RandomNumberGenerator.GetBytes(32);
    private readonly SemaphoreSlim _hashing = new(1, 1);
    private string _hash = "";
    private byte[]? _quickKnown;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _hash = file.Setting(HashKey) ?? "";
        string? stated = StatedPassword();
        if (stated is null && _hash.Length == 0)
        {
            stated = Generate();
        }

        if (stated is not null && !Matches(stated, _hash))
        {
            _hash = Hash(stated);
            file.SetSetting(HashKey, _hash);
        }

        if (stated is not null)
        {
            _quickKnown = Quick(stated);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _hashing.Dispose();

    public async Task<bool> IsAsync(string user, string password, CancellationToken cancellation)
    {
        if (user != Name)
        {
            return false;
        }

        byte[] quick = Quick(password);
        if (Volatile.Read(ref _quickKnown) is { } known && CryptographicOperations.FixedTimeEquals(quick, known))
        {
            return true;
        }

        await _hashing.WaitAsync(cancellation).ConfigureAwait(false); // guesses take turns
        try
        {
            if (!Matches(password, _hash))
            {
                return false;
            }

            Volatile.Write(ref _quickKnown, quick);
            return true;
        }
        finally
        {
            _hashing.Release();
        }
    }

    private static string Hash(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltLength);
        byte[] hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA512, HashLength);
        return string.Create(CultureInfo.InvariantCulture, $"{Iterations}:{Convert.ToHexString(salt)}:{Convert.ToHexString(hash)}");
    }

    private static bool Matches(string password, string stored)
    {
        if (stored.Split(':') is not [var iterations, var salt, var hash])
        {
            return false;
        }

        byte[] given = Rfc2898DeriveBytes.Pbkdf2(
            password, Convert.FromHexString(salt), int.Parse(iterations, CultureInfo.InvariantCulture), HashAlgorithmName.SHA512, HashLength);
        return CryptographicOperations.FixedTimeEquals(given, Convert.FromHexString(hash));
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
            : throw new InvalidOperationException($"{options.Value.AdminPasswordFile} is empty; its first line must be the password of user {Name}");
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
