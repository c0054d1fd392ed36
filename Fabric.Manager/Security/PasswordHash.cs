using System.Globalization;
using System.Security.Cryptography;

namespace Fabric.Manager.Security;

/// <summary>A salted hash of a password, as text (PBKDF2, RFC 8018, section 5.2).</summary>
internal static class PasswordHash
{
    private const int Iterations = 210_000; // OWASP's figure for HMAC-SHA512
    private const int SaltLength = 16;
    private const int HashLength = 32;

    /// <summary>Compared with when there is no such user, so that the answer takes as long.</summary>
    public static readonly string OfNobody = $"{Iterations}:{new string('0', SaltLength * 2)}:{new string('0', HashLength * 2)}";

    public static string Of(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltLength);
        byte[] hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA512, HashLength);
        return string.Create(CultureInfo.InvariantCulture, $"{Iterations}:{Convert.ToHexString(salt)}:{Convert.ToHexString(hash)}");
    }

    public static bool Matches(string password, string stored)
    {
        if (stored.Split(':') is not [var iterations, var salt, var hash])
        {
            return false;
        }

        byte[] given = Rfc2898DeriveBytes.Pbkdf2(
            password, Convert.FromHexString(salt), int.Parse(iterations, CultureInfo.InvariantCulture), HashAlgorithmName.SHA512, HashLength);
        return CryptographicOperations.FixedTimeEquals(given, Convert.FromHexString(hash));
    }
}
