using System.Runtime.CompilerServices;
using Fabric.Contracts.V1;
using Fabric.HostSwitch.Tables;
using Fabric.Packets.Buffers;
using Fabric.Packets.Tunnels;

namespace Fabric.HostSwitch.Tunnels;

/// <summary>The Geneve or VXLAN header for frames of one network to one endpoint: made once, copied into the headroom of each frame.</summary>
internal struct OuterHeader
{
    private Bytes16 _bytes;

    public static OuterHeader For(Segment segment, RemoteTep tep, uint label, bool asksToReplicate)
    {
        var header = new OuterHeader { Length = (byte)TunnelPorts.HeaderLength(tep.Encapsulation) };
        Span<byte> bytes = header._bytes;
        if (tep.Encapsulation == Encapsulation.Geneve)
        {
            new GeneveHeader(segment.Vni).Write(bytes);
            bytes[0] = TepOption.Length / 4; // the option that follows
            new TepOption(label, IsTraced: false, asksToReplicate, TepKind.Host).Write(bytes[GeneveView.FixedLength..]);
        }
        else
        {
            new VxlanHeader(segment.Vni) { ExtraFlags = asksToReplicate ? VxlanHeader.ReplicateFlag : (byte)0 }.Write(bytes);
        }

        return header;
    }

    public byte Length { get; private init; }

    public readonly void Prepend(FrameBuffer frame)
    {
        ReadOnlySpan<byte> bytes = _bytes;
        bytes[..Length].CopyTo(frame.Prepend(Length));
    }

    public static ushort PortOf(Encapsulation encapsulation)
        => encapsulation == Encapsulation.Geneve ? GeneveView.UdpPort : VxlanView.UdpPort;

    [InlineArray(16)]
    private struct Bytes16
    {
        private byte _first;
    }
}
