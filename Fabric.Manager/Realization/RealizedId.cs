using System.Security.Cryptography;
using System.Text;
using Fabric.Manager.Catalog.Policy;

namespace Fabric.Manager.Realization;

/// <summary>
/// Ids of Manager objects made from policy objects. The main one has the unique id of its intent, as in NSX; the others have a UUID made of that
/// and their part in it (RFC 9562, section 5.5), so that a second run makes the same.
/// </summary>
internal static class RealizedId
{
    private static readonly Guid Space = new("5c8d4e2a-6f0b-5d3e-9a17-2b6c1f0e7d94");

    public static string Of(PolicyResource intent) => intent.UniqueId ?? Of(intent.Path);

    public static string Of(PolicyResource intent, string part) => Of($"{Of(intent)}/{part}");

    public static string Of(string name)
    {
        int length = 16 + Encoding.UTF8.GetByteCount(name);
        Span<byte> bytes = length <= 512 ? stackalloc byte[length] : new byte[length];
        Space.TryWriteBytes(bytes, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, bytes[16..]);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // version 5 UUIDs are defined by SHA-1, and nothing secret is in them
        SHA1.HashData(bytes, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString();
    }
}
