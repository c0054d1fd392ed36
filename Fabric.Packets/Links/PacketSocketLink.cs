using System.Buffers.Binary;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Links.Linux;

namespace Fabric.Packets.Links;

/// <summary>
/// A Linux network device through a packet socket (AF_PACKET; packet(7)). The kernel hands over super-frames, unfinished checksums
/// and VLAN tags beside the frame (PACKET_VNET_HDR, PACKET_AUXDATA); this link turns them into legal frames. Ordinary frames are
/// received straight into buffers of the pool; one system call moves a batch, and no call allocates. On the way out runs of TCP
/// segments are joined to super-frames again.
/// </summary>
public sealed unsafe class PacketSocketLink : ILink
{
    private const int Packet = 17; // AF_PACKET
    private const int RawNonBlocking = 3 | 0x800 | 0x80000; // SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC
    private const int SolPacket = 263;
    private const int SolSocket = 1;
    private const int AddMembership = 1; // PACKET_ADD_MEMBERSHIP
    private const int Auxdata = 8; // PACKET_AUXDATA
    private const int VnetHeader = 15; // PACKET_VNET_HDR
    private const int IgnoreOutgoing = 23; // PACKET_IGNORE_OUTGOING
    private const ushort AllProtocols = 0x0003; // ETH_P_ALL
    private const int ReceiveBufferForce = 33; // SO_RCVBUFFORCE
    private const int SendBufferForce = 32; // SO_SNDBUFFORCE
    private const int ReceiveBuffer = 8; // SO_RCVBUF
    private const int SendBuffer = 7; // SO_SNDBUF
    private const int BufferSize = 8 << 20;
    private const int ReceiveBatch = 32;

    private readonly SuperFrameReceiver _receiver;
    private readonly SuperFrameSender _sender;
    private readonly int _index;
    private int _socket;
    private bool _isDown;

    private PacketSocketLink(string device, int socket, int index)
    {
        Name = device;
        _socket = socket;
        _index = index;
        Mtu = DeviceRequest.Mtu(socket, device);
        Mac = DeviceRequest.Mac(socket, device);
        _receiver = new SuperFrameReceiver(ReceiveBatch, Drops);
        _sender = new SuperFrameSender(Drops);
    }

    public string Name { get; }

    public int Mtu { get; private set; }

    /// <summary>The device's own address.</summary>
    public MacAddress Mac { get; }

    public int Descriptor => _socket;

    public bool IsGone { get; private set; }

    public LinkDrops Drops { get; } = new();

    /// <summary>Opens a device, promiscuous, in the given network namespace or the present one. Needs CAP_NET_RAW there.</summary>
    /// <exception cref="LinkException">There is no such device or no right to it.</exception>
    public static PacketSocketLink Open(string device, string? namespacePath = null)
        => NetworkNamespace.Run(namespacePath, () => OpenHere(device));

    /// <summary>Looks at the device again: someone may have changed its MTU, or deleted it. Now and then is enough.</summary>
    public void Refresh()
    {
        IsGone = IsGone || DeviceRequest.TryIndex(_socket, Name) != _index;
        if (!IsGone)
        {
            Mtu = DeviceRequest.Mtu(_socket, Name);
        }
    }

    public int Receive(FramePool pool, Span<FrameBuffer> frames)
    {
        int count = 0;
        bool isFilled = false;
        while (count < frames.Length && _socket >= 0)
        {
            if (!_receiver.HasPending)
            {
                if ((isFilled && !_receiver.MayHaveMore) || !Fill(pool))
                {
                    break;
                }

                isFilled = true;
            }

            if (_receiver.TakeNext(pool) is { } frame)
            {
                frames[count++] = frame;
            }
        }

        return count;
    }

    public int Send(ReadOnlySpan<FrameBuffer> frames)
    {
        int sent = 0;
        while (!frames.IsEmpty && !IsGone)
        {
            int fitting = 0;
            while (fitting < frames.Length && frames[fitting].Length <= MaxLength(frames[fitting]))
            {
                fitting++;
            }

            int result = _sender.Send(_socket, frames[..fitting]);
            IsGone = result < 0;
            sent += result < 0 ? -1 - result : result;
            frames = frames[fitting..];
            if (!frames.IsEmpty && !IsGone)
            {
                Drops.SendTooLong++;
                frames = frames[1..];
            }
        }

        Drops.SendErrors += frames.Length;
        return sent;
    }

    public void Dispose()
    {
        if (_socket >= 0)
        {
            _ = LinuxCalls.Close(_socket);
            _socket = -1;
            IsGone = true;
            _receiver.Dispose();
            _sender.Dispose();
        }
    }

    private static PacketSocketLink OpenHere(string device)
    {
        // Protocol 0 receives nothing until the socket is bound, so that no other device's frames slip in.
        int socket = LinuxCalls.Check(LinuxCalls.OpenSocket(Packet, RawNonBlocking, 0), "open a packet socket (CAP_NET_RAW is needed)");
        try
        {
            int index = DeviceRequest.Index(socket, device);
            LinuxCalls.SetOption(socket, SolPacket, VnetHeader, 1, "ask for virtio headers");
            LinuxCalls.SetOption(socket, SolPacket, Auxdata, 1, "ask for VLAN tags");
            LinuxCalls.SetOption(socket, SolPacket, IgnoreOutgoing, 1, "refuse our own frames");
            EnlargeBuffers(socket);
            Bind(socket, index, device);
            return new PacketSocketLink(device, socket, index);
        }
        catch
        {
            _ = LinuxCalls.Close(socket);
            throw;
        }
    }

    private static void EnlargeBuffers(int socket)
    {
        if (!LinuxCalls.TrySetOption(socket, SolSocket, ReceiveBufferForce, BufferSize))
        {
            _ = LinuxCalls.TrySetOption(socket, SolSocket, ReceiveBuffer, BufferSize); // as far as net.core.rmem_max allows
        }

        if (!LinuxCalls.TrySetOption(socket, SolSocket, SendBufferForce, BufferSize))
        {
            _ = LinuxCalls.TrySetOption(socket, SolSocket, SendBuffer, BufferSize);
        }
    }

    private static void Bind(int socket, int index, string device)
    {
        Span<byte> promiscuous = stackalloc byte[16]; // struct packet_mreq
        BitConverter.TryWriteBytes(promiscuous, index);
        BitConverter.TryWriteBytes(promiscuous[4..], (ushort)1); // PACKET_MR_PROMISC
        fixed (byte* request = promiscuous)
        {
            _ = LinuxCalls.Check(
                LinuxCalls.SetOption(socket, SolPacket, AddMembership, request, 16), $"make {device} promiscuous");
        }

        Span<byte> address = stackalloc byte[20]; // struct sockaddr_ll
        address.Clear();
        BitConverter.TryWriteBytes(address, (ushort)Packet);
        BinaryPrimitives.WriteUInt16BigEndian(address[2..], AllProtocols);
        BitConverter.TryWriteBytes(address[4..], index);
        fixed (byte* bytes = address)
        {
            _ = LinuxCalls.Check(LinuxCalls.Bind(socket, bytes, 20), $"bind a packet socket to {device}");
        }
    }

    /// <summary>Receives a batch from the kernel. False if there is nothing.</summary>
    private bool Fill(FramePool pool)
    {
        int errno = _receiver.Receive(_socket, pool);
        switch (errno)
        {
            case 0:
                _isDown = false;
                return true;
            case LinuxCalls.TryAgain or LinuxCalls.InterruptedCall:
                if (_isDown)
                {
                    Refresh(); // the kernel tells of "down" once, and then no more of "deleted"
                }

                return false;
            case LinuxCalls.NetworkDown:
                _isDown = true;
                Refresh();
                return false;
            default:
                Drops.ReceiveErrors++; // such as EINVAL for a kind of super-frame that a virtio header cannot describe
                return false;
        }
    }

    private int MaxLength(FrameBuffer frame)
    {
        var bytes = frame.Bytes;
        bool isTagged = bytes.Length >= EthernetView.HeaderLength
            && BinaryPrimitives.ReadUInt16BigEndian(bytes[12..]) is (ushort)EtherType.Vlan or (ushort)EtherType.ServiceVlan;
        return Mtu + EthernetView.HeaderLength + (isTagged ? VlanView.TagLength : 0);
    }
}
