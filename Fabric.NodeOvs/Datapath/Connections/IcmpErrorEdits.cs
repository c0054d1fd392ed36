using Fabric.Packets.Addresses;
using Fabric.Packets.Checksums;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Flows;
using Fabric.Packets.Ip;
using Fabric.Packets.Transport;

namespace Fabric.NodeOvs.Datapath.Connections;

/// <summary>Gives an ICMP error about a translated packet back the addresses that its receiver knows (RFC 3022, section 4.3).</summary>
internal static class IcmpErrorEdits
{
    /// <param name="frame">The error; changed.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="connection">Whose packet it quotes.</param>
    /// <param name="direction">The direction of the error itself within that connection.</param>
    public static CtState Restore(Span<byte> frame, in FrameLayout layout, TrackedConnection connection, FlowDirection direction)
    {
        // Quoted is the packet against whose direction the error goes, as it left after translation.
        var (left, sent) = direction == FlowDirection.Reply
            ? (connection.Reply.Reverse(), connection.Original)
            : (connection.Original.Reverse(), connection.Reply);
        if (left.Equals(sent))
        {
            return CtState.None;
        }

        var quote = frame[(layout.TransportOffset + 8)..layout.NetworkEnd];
        bool v4 = layout.IsIpv4;
        int transport = v4 ? (quote[0] & 0xF) * 4 : Ipv6View.HeaderLength;
        sent.Source.Write(quote[(v4 ? 12 : 8)..]);
        sent.Destination.Write(quote[(v4 ? 16 : 24)..]);
        if (v4)
        {
            quote[10] = 0;
            quote[11] = 0;
            System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(quote[10..], InternetChecksum.Of(quote[..transport]));
        }

        if (sent.Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp && quote.Length >= transport + 4)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(quote[transport..], sent.SourcePort);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(quote[(transport + 2)..], sent.DestinationPort);
        }

        if (layout.Destination(frame) == left.Source)
        {
            IpEdits.SetDestination(frame, layout, sent.Source);
        }

        if (layout.Source(frame) == left.Destination)
        {
            IpEdits.SetSource(frame, layout, sent.Destination);
        }

        TransportChecksum.Fill(frame, layout);
        return direction == FlowDirection.Reply && left.Source != sent.Source ? CtState.SourceNat : CtState.DestinationNat;
    }
}
