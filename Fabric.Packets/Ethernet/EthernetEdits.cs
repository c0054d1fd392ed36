using System.Buffers.Binary;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;

namespace Fabric.Packets.Ethernet;

/// <summary>Changes to the Ethernet part of a frame in place. The caller has parsed the frame.</summary>
public static class EthernetEdits
{
    public static void ReplaceMacs(Span<byte> frame, MacAddress destination, MacAddress source)
    {
        destination.Write(frame);
        source.Write(frame[6..]);
    }

    /// <summary>Puts a tag in front of the frame's EtherType, outermost, by moving the addresses four bytes into the headroom.</summary>
    public static void PushVlan(FrameBuffer frame, VlanTag tag, EtherType type = EtherType.Vlan)
    {
        frame.Prepend(VlanView.TagLength);
        var bytes = frame.Bytes;
        bytes.Slice(VlanView.TagLength, 12).CopyTo(bytes);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[12..], (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[14..], tag.Control);
    }

    /// <summary>Takes the outermost tag away; the frame must have one.</summary>
    public static VlanTag PopVlan(FrameBuffer frame)
    {
        var bytes = frame.Bytes;
        var tag = new VlanTag(BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]));
        bytes[..12].CopyTo(bytes[VlanView.TagLength..]);
        frame.TrimStart(VlanView.TagLength);
        return tag;
    }
}
