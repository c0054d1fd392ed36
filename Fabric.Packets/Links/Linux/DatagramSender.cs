using System.Numerics;
using System.Runtime.CompilerServices;
using Fabric.Packets.Buffers;

namespace Fabric.Packets.Links.Linux;

/// <summary>
/// Sends tunnel datagrams in batches from a set of sockets, one for each class of flows, so that the source port carries the
/// flow's hash (RFC 8926, section 3.3). Runs of equal length on one path leave as one system message (UDP_SEGMENT).
/// </summary>
internal sealed unsafe class DatagramSender : IDisposable
{
    /// <summary>Source ports in use: a power of two, one bit each in a 64-bit mask.</summary>
    public const int Classes = 64;
    private const int BatchSize = 64;
    private const int ControlRoom = 64;
    private const int LargestRun = 64; // what every kernel with UDP_SEGMENT takes
    private const int LargestRunBytes = 65000;
    private const int InputOutput = 5; // EIO: this path cannot segment
    private const int End = -1;

    private readonly MessageBatch _batch = new(BatchSize, vectorsPerMessage: 1, ControlRoom, SocketAddress.MaxLength + 4);
    private readonly int[] _sockets;
    private readonly bool _isIpv4;
    private readonly LinkDrops _drops;
    private readonly int[] _firstOf = new int[Classes];
    private readonly int[] _lastOf = new int[Classes];
    private readonly int[] _after = new int[BatchSize];
    private readonly int[] _runs = new int[BatchSize];
    private bool _canSegment = true;

    public DatagramSender(int[] sockets, bool isIpv4, LinkDrops drops)
    {
        _sockets = sockets;
        _isIpv4 = isIpv4;
        _drops = drops;
    }

    /// <summary>Sends them, flows in order. Returns how many went out.</summary>
    public int Send(ReadOnlySpan<FrameBuffer> frames, ReadOnlySpan<TunnelPath> paths, int maxPayload)
    {
        int sent = 0;
        for (int start = 0; start < frames.Length; start += BatchSize)
        {
            int count = Math.Min(BatchSize, frames.Length - start);
            sent += SendSome(frames.Slice(start, count), paths.Slice(start, count), maxPayload);
        }

        return sent;
    }

    public void Dispose()
    {
        foreach (int socket in _sockets)
        {
            _ = LinuxCalls.Close(socket);
        }

        _batch.Dispose();
    }

    private int SendSome(ReadOnlySpan<FrameBuffer> frames, ReadOnlySpan<TunnelPath> paths, int maxPayload)
    {
        ulong used = 0;
        for (int index = 0; index < frames.Length; index++)
        {
            if (frames[index].Length > maxPayload)
            {
                _drops.SendTooLong++;
                continue;
            }

            int flowClass = UdpSocket.FlowClass(paths[index].SourcePort, Classes);
            _after[index] = End;
            if ((used & (1UL << flowClass)) == 0)
            {
                used |= 1UL << flowClass;
                _firstOf[flowClass] = index;
            }
            else
            {
                _after[_lastOf[flowClass]] = index;
            }

            _lastOf[flowClass] = index;
        }

        int sent = 0;
        while (used != 0)
        {
            int flowClass = BitOperations.TrailingZeroCount(used);
            used &= used - 1;
            sent += Flush(_sockets[flowClass], BuildMessages(frames, paths, _firstOf[flowClass]));
        }

        return sent;
    }

    /// <summary>Fills in the batch from one class's list of frames. Returns how many messages that makes.</summary>
    private int BuildMessages(ReadOnlySpan<FrameBuffer> frames, ReadOnlySpan<TunnelPath> paths, int first)
    {
        int messages = 0;
        int vectors = 0;
        int index = first;
        while (index != End)
        {
            ref readonly var path = ref paths[index];
            int size = frames[index].Length;
            int bytes = 0;
            int run = 0;
            int from = vectors;
            do
            {
                int length = frames[index].Length;
                _batch.Vector(vectors++, 0) = new IoVector { Start = MessageBatch.AddressOf(frames[index]), Length = (nuint)length };
                bytes += length;
                run++;
                index = _after[index];
                if (length < size)
                {
                    break; // only the last of a run may be shorter
                }
            }
            while (_canSegment && index != End && run < LargestRun && frames[index].Length <= size
                && bytes + frames[index].Length <= LargestRunBytes && IsSamePath(paths[index], path));

            Describe(messages, path, from, run, size);
            _runs[messages++] = run;
        }

        return messages;
    }

    /// <summary>Source ports of one class leave from one socket, so they need not be equal.</summary>
    private static bool IsSamePath(in TunnelPath one, in TunnelPath other)
        => one.Remote == other.Remote && one.DestinationPort == other.DestinationPort && one.Dscp == other.Dscp;

    private void Describe(int message, in TunnelPath path, int fromVector, int run, int size)
    {
        ref var header = ref _batch[message].Header;
        SocketAddress.Write(new Span<byte>(_batch.Name(message), SocketAddress.MaxLength), path.Remote, path.DestinationPort);
        header.NameLength = SocketAddress.LengthOf(path.Remote);
        header.Vectors = (IoVector*)Unsafe.AsPointer(ref _batch.Vector(fromVector, 0));
        header.VectorCount = (nuint)run;
        header.ControlLength = 0;
        if (run > 1)
        {
            _batch.AddControl(message, UdpSocket.SolUdp, UdpSocket.Segment, (ushort)size);
        }

        if (path.Dscp != 0)
        {
            _batch.AddControl(
                message,
                _isIpv4 ? UdpSocket.SolIp : UdpSocket.SolIpv6,
                _isIpv4 ? UdpSocket.TypeOfService : UdpSocket.TrafficClass,
                path.Dscp << 2);
        }
    }

    private int Flush(int socket, int messages)
    {
        int sent = _batch.Send(socket, _runs.AsSpan(0, messages), _drops, out int refusal);
        _canSegment &= refusal != InputOutput;
        return sent;
    }
}
