using System.Buffers.Binary;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;

namespace Fabric.NodeOvs.Tagging;

/// <summary>Puts an 802.1Q tag into a frame and takes it out again, by moving the two MAC addresses; the payload stays where it is.</summary>
internal static class VlanTag
{
    public const int Length = 4;
    private const int MacsLength = 2 * MacAddress.Length;
    private const int UntaggedHeaderLength = MacsLength + 2;
    private const int VlanMask = 0x0FFF;

    /// <summary>The outermost tag's VLAN; false if the frame has none, or is too short to be one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out VlanId vlan)
    {
        bool isTagged = IsTagged(frame) && frame.Length >= UntaggedHeaderLength + Length;
        vlan = isTagged ? new VlanId((ushort)(BinaryPrimitives.ReadUInt16BigEndian(frame[UntaggedHeaderLength..]) & VlanMask)) : default;
        return isTagged;
    }

    /// <summary>The frame's type is 802.1Q or 802.1ad.</summary>
    public static bool IsTagged(ReadOnlySpan<byte> frame)
        => frame.Length >= UntaggedHeaderLength && BinaryPrimitives.ReadUInt16BigEndian(frame[MacsLength..]) is 0x8100 or 0x88A8;

    public static void Push(FrameBuffer frame, VlanId vlan)
    {
        frame.Prepend(Length);
        var bytes = frame.Bytes;
        bytes.Slice(Length, MacsLength).CopyTo(bytes);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[MacsLength..], 0x8100);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[UntaggedHeaderLength..], vlan.Value);
    }

    public static void Pop(FrameBuffer frame)
    {
        var bytes = frame.Bytes;
        bytes[..MacsLength].CopyTo(bytes[Length..]);
        frame.TrimStart(Length);
    }
}
