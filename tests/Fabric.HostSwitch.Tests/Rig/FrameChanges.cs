using System.Buffers.Binary;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Tests.Rig;

/// <summary>Small changes to whole frames.</summary>
internal static class FrameChanges
{
    public static byte[] From(this byte[] frame, MacAddress mac)
    {
        byte[] changed = [.. frame];
        mac.Write(changed.AsSpan(6));
        return changed;
    }

    public static byte[] To(this byte[] frame, MacAddress mac)
    {
        byte[] changed = [.. frame];
        mac.Write(changed);
        return changed;
    }

    public static byte[] OfType(this byte[] frame, ushort etherType)
    {
        byte[] changed = [.. frame];
        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(12), etherType);
        return changed;
    }
}
