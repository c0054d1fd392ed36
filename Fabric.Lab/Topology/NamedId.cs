using System.Security.Cryptography;
using System.Text;
using Fabric.Packets.Addresses;

namespace Fabric.Lab.Topology;

/// <summary>
/// Ids and MAC addresses made from names, so that every part of a lab computes the same one without asking: the hypervisor that
/// plugs a vnic, and the one who configures the port it belongs to.
/// </summary>
internal static class NamedId
{
    /// <summary>A UUID of version 8 (RFC 9562, section 5.8).</summary>
    public static string Uuid(params string[] names)
    {
        var bytes = Hash(names)[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <summary>A locally administered address under the prefix that NSX gives to what it makes itself (02:50:56).</summary>
    public static MacAddress Mac(params string[] names)
    {
        var bytes = Hash(names);
        return new MacAddress(0x025056_000000 | ((ulong)bytes[0] << 16) | ((ulong)bytes[1] << 8) | bytes[2]);
    }

    private static byte[] Hash(string[] names) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('/', names)));
}
