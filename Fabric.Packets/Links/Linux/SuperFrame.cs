using System.Buffers.Binary;
using Fabric.Packets.Addresses;
using Fabric.Packets.Checksums;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Transport;

namespace Fabric.Packets.Links.Linux;

/// <summary>
/// A TCP segment or run of UDP datagrams of up to 64 KB that stands for many (TSO, USO), to be cut into the frames that a network
/// card would have sent: lengths, IP ids, sequence numbers, flags and checksums of each as if the sender had made it so.
/// </summary>
internal unsafe struct SuperFrame
{
    private const int MaxTags = 4;

    private byte* _frame;
    private FrameLayout _layout;
    private int _headerLength;
    private int _segmentSize;
    private int _payloadLength;
    private int _done;

    /// <summary>True until every segment was written.</summary>
    public readonly bool HasMore => _done < _payloadLength;

    /// <summary>False if this is none that can be cut: not TCP or UDP, a fragment, or headers that do not hold together.</summary>
    public static bool TryOpen(byte* frame, int length, in VirtioHeader header, out SuperFrame super)
    {
        super = default;
        var bytes = new ReadOnlySpan<byte>(frame, length);
        int network = NetworkOffset(bytes);
        if (header.SegmentSize == 0
            || network < 0
            || FrameLayout.ParsePacket(bytes[network..], out var packet) != FrameMalformation.None
            || packet.IsFragment)
        {
            return false;
        }

        bool isKnown = (header.Kind & ~VirtioHeader.HasEcn) switch
        {
            VirtioHeader.SegmentsTcpV4 or VirtioHeader.SegmentsTcpV6 => packet.Protocol == IpProtocol.Tcp,
            VirtioHeader.SegmentsUdp => packet.Protocol == IpProtocol.Udp,
            _ => false,
        };
        if (!isKnown)
        {
            return false;
        }

        super._frame = frame;
        super._layout = packet.MovedBy(network);
        super._headerLength = super._layout.PayloadOffset;
        super._segmentSize = header.SegmentSize;
        super._payloadLength = packet.NetworkEnd - packet.PayloadOffset; // moved, the end of 64 KB would not fit its field
        return super._payloadLength > 0;
    }

    /// <summary>Writes the next segment, a whole frame, and returns its length; -1 if it does not fit.</summary>
    public int WriteNext(Span<byte> target)
    {
        int payload = Math.Min(_segmentSize, _payloadLength - _done);
        int length = _headerLength + payload;
        int done = _done;
        bool isFirst = done == 0;
        _done += payload;
        if (length > target.Length)
        {
            return -1;
        }

        target = target[..length];
        new ReadOnlySpan<byte>(_frame, _headerLength).CopyTo(target);
        new ReadOnlySpan<byte>(_frame + _headerLength + done, payload).CopyTo(target[_headerLength..]);
        WriteIpLength(target, done / _segmentSize);
        if (_layout.Protocol == IpProtocol.Udp)
        {
            BinaryPrimitives.WriteUInt16BigEndian(target[(_layout.TransportOffset + 4)..], (ushort)(UdpView.HeaderLength + payload));
        }
        else
        {
            WriteTcp(target[_layout.TransportOffset..], done, isFirst);
        }

        TransportChecksum.Fill(target, _layout.EndingAt(length));
        return length;
    }

    private readonly void WriteIpLength(Span<byte> target, int index)
    {
        var ip = target[_layout.NetworkOffset..];
        int length = target.Length - _layout.NetworkOffset;
        if (!_layout.IsIpv4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)(length - Ip.Ipv6View.HeaderLength));
            return;
        }

        ushort id = BinaryPrimitives.ReadUInt16BigEndian(ip[4..]);
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)length);
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)(id + index));
        ip[10] = 0;
        ip[11] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], InternetChecksum.Of(ip[..(_layout.TransportOffset - _layout.NetworkOffset)]));
    }

    private readonly void WriteTcp(Span<byte> tcp, int done, bool isFirst)
    {
        uint sequence = BinaryPrimitives.ReadUInt32BigEndian(tcp[4..]);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], sequence + (uint)done);
        var flags = (TcpFlags)tcp[13];
        if (HasMore)
        {
            flags &= ~(TcpFlags.Fin | TcpFlags.Psh); // the last one's to say
        }

        if (!isFirst)
        {
            flags &= ~TcpFlags.Cwr; // said once (RFC 3168, section 6.1.2)
        }

        tcp[13] = (byte)flags;
    }

    private static int NetworkOffset(ReadOnlySpan<byte> frame)
    {
        int at = 12;
        for (int tags = 0; tags <= MaxTags && at + 2 <= frame.Length; tags++)
        {
            var type = (EtherType)BinaryPrimitives.ReadUInt16BigEndian(frame[at..]);
            if (type is not (EtherType.Vlan or EtherType.ServiceVlan))
            {
                return at + 2;
            }

            at += VlanView.TagLength;
        }

        return -1;
    }
}
