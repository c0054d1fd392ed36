using System.Buffers.Binary;
using Fabric.Packets.Ethernet;

namespace Fabric.Packets.Transport;

/// <summary>Changes to ports in place, mending the checksum. The frame has ports and the layout is its.</summary>
public static class TransportEdits
{
    public static void SetSourcePort(Span<byte> frame, in FrameLayout layout, ushort port)
        => SetPort(frame, layout, layout.TransportOffset, port);

    public static void SetDestinationPort(Span<byte> frame, in FrameLayout layout, ushort port)
        => SetPort(frame, layout, layout.TransportOffset + 2, port);

    private static void SetPort(Span<byte> frame, in FrameLayout layout, int at, ushort port)
    {
        ushort before = BinaryPrimitives.ReadUInt16BigEndian(frame[at..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[at..], port);
        TransportChecksum.MendField(frame, layout, before, port);
    }
}
