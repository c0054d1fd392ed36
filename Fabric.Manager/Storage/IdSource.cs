using System.Security.Cryptography;

namespace Fabric.Manager.Storage;

/// <summary>New UUIDs: random ones, or with a seed the same ones in every run.</summary>
internal sealed class IdSource(Random? seeded = null)
{
    private readonly Lock _turn = new();

    public string Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        if (seeded is null)
        {
            RandomNumberGenerator.Fill(bytes);
        }
        else
        {
            lock (_turn)
            {
                seeded.NextBytes(bytes);
            }
        }

        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40); // version 4 (RFC 9562, section 5.4)
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
