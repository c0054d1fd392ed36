using System.Runtime.InteropServices;

namespace Fabric.Packets.Links.Linux;

/// <summary>
/// What the kernel says in front of a frame about work left undone: a checksum to complete, a super-frame to cut (struct
/// virtio_net_hdr, linux/virtio_net.h; fields in the machine's order).
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct VirtioHeader
{
    public const int Length = 10;
    public const byte NeedsChecksum = 1;
    public const byte SegmentsTcpV4 = 1;
    public const byte SegmentsTcpV6 = 4;
    public const byte SegmentsUdp = 5;

    /// <summary>May accompany a TCP kind: congestion was signaled (RFC 3168).</summary>
    public const byte HasEcn = 0x80;

    public byte Flags;
    public byte Kind;
    public ushort HeaderLength;
    public ushort SegmentSize;
    public ushort ChecksumStart;
    public ushort ChecksumOffset;

    public readonly bool IsSuperFrame => (Kind & ~HasEcn) != 0;
}
