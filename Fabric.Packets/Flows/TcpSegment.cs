using Fabric.Packets.Transport;

namespace Fabric.Packets.Flows;

/// <summary>What connection tracking needs of a TCP segment. <c>WindowScale</c> is the option's shift, -1 if it is absent.</summary>
public readonly record struct TcpSegment(
    uint Sequence, uint Acknowledgment, ushort Window, TcpFlags Flags, int PayloadLength, sbyte WindowScale = -1)
{
    public bool IsFin => (Flags & TcpFlags.Fin) != 0;

    public bool IsSyn => (Flags & TcpFlags.Syn) != 0;

    public bool IsRst => (Flags & TcpFlags.Rst) != 0;

    public bool IsAck => (Flags & TcpFlags.Ack) != 0;

    /// <summary>Asks for a connection: SYN without ACK, RST or FIN.</summary>
    public bool IsOpening => (Flags & (TcpFlags.Syn | TcpFlags.Ack | TcpFlags.Rst | TcpFlags.Fin)) == TcpFlags.Syn;

    /// <summary>Flags that RFC 9293 gives a meaning to: never SYN with FIN or RST, never FIN with RST or without ACK, never none at all.</summary>
    public bool HasLegalFlags => IsSyn
        ? !IsFin && !IsRst
        : IsRst ? !IsFin : IsAck;

    /// <summary>The sequence number after this segment; SYN and FIN take one each.</summary>
    public uint End => Sequence + (uint)PayloadLength + (IsSyn ? 1u : 0u) + (IsFin ? 1u : 0u);

    public static TcpSegment Of(in TcpView tcp)
    {
        bool isSyn = (tcp.Flags & TcpFlags.Syn) != 0;
        return new TcpSegment(
            tcp.Sequence, tcp.Acknowledgment, tcp.Window, tcp.Flags, tcp.Payload.Length, isSyn ? (sbyte)TcpOptions.WindowScaleOf(tcp) : (sbyte)-1);
    }
}
