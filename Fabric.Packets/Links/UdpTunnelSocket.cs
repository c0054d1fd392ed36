using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Links.Linux;

namespace Fabric.Packets.Links;

/// <summary>
/// A tunnel endpoint on a real underlay: UDP sockets bound to its address, one for each port it listens on, and a set of others to
/// send from, whose ports carry the flow hash. Datagrams are never fragmented (DF). The kernel routes, resolves and checksums.
/// </summary>
public sealed unsafe class UdpTunnelSocket : ITunnelSocket
{
    private const int CloseOnExec = 0x80000;
    private const int Adds = 1; // EPOLL_CTL_ADD

    private readonly DatagramReceiver[] _receivers;
    private readonly DatagramSender _sender;
    private readonly string _device;
    private readonly int _anySocket;
    private int _poll;
    private int _nextReceiver;

    private UdpTunnelSocket(IpAddress local, string device, int[] receivers, ushort[] ports, int[] senders)
    {
        Local = local;
        _device = device;
        _anySocket = senders[0];
        _receivers = new DatagramReceiver[receivers.Length];
        _poll = LinuxCalls.Check(LinuxCalls.PollCreate(CloseOnExec), "make a poller");
        for (int index = 0; index < receivers.Length; index++)
        {
            _receivers[index] = new DatagramReceiver(receivers[index], ports[index], Drops);
            var watch = PollEvent.Readable(index);
            _ = LinuxCalls.Check(LinuxCalls.PollControl(_poll, Adds, receivers[index], &watch), "watch a tunnel socket");
        }

        _sender = new DatagramSender(senders, local.IsIpv4, Drops);
        Mtu = DeviceRequest.Mtu(_anySocket, device);
    }

    public IpAddress Local { get; }

    public int Mtu { get; private set; }

    /// <summary>A poller of its own that is readable when any of its ports is.</summary>
    public int Descriptor => _poll;

    public LinkDrops Drops { get; } = new();

    /// <summary>Opens an endpoint at an address that a network device has already, in the given namespace or the present one.</summary>
    /// <exception cref="LinkException">The address is nobody's here, or a port is taken.</exception>
    public static UdpTunnelSocket Open(IpAddress local, ReadOnlySpan<ushort> ports, string? namespacePath = null)
    {
        ushort[] wanted = ports.ToArray();
        return NetworkNamespace.Run(namespacePath, () => OpenHere(local, wanted));
    }

    /// <summary>Reads the underlay's MTU again: someone may have changed it.</summary>
    public void RefreshMtu() => Mtu = DeviceRequest.Mtu(_anySocket, _device);

    public int Receive(FramePool pool, Span<FrameBuffer> frames, Span<TunnelPath> paths)
    {
        if (_poll < 0)
        {
            return 0;
        }

        int count = 0;
        for (int turn = 0; turn < _receivers.Length && count < frames.Length; turn++)
        {
            var receiver = _receivers[(_nextReceiver + turn) % _receivers.Length];
            count += receiver.Receive(pool, frames[count..], paths[count..]);
        }

        _nextReceiver = (_nextReceiver + 1) % _receivers.Length; // a busy port must not starve the other
        return count;
    }

    public int Send(ReadOnlySpan<FrameBuffer> frames, ReadOnlySpan<TunnelPath> paths)
        => _poll < 0 ? 0 : _sender.Send(frames, paths, Mtu - (Local.IsIpv4 ? 28 : 48));

    public void Dispose()
    {
        if (_poll < 0)
        {
            return;
        }

        _ = LinuxCalls.Close(_poll);
        _poll = -1;
        foreach (var receiver in _receivers)
        {
            receiver.Dispose();
        }

        _sender.Dispose();
    }

    private static UdpTunnelSocket OpenHere(IpAddress local, ushort[] ports)
    {
        string device = DeviceOfAddress.Find(local);
        var opened = new List<int>();
        try
        {
            foreach (ushort port in ports)
            {
                opened.Add(UdpSocket.OpenReceiver(local, port));
            }

            int[] receivers = [.. opened];
            for (int flowClass = 0; flowClass < DatagramSender.Classes; flowClass++)
            {
                opened.Add(UdpSocket.OpenSender(local, flowClass, DatagramSender.Classes));
            }

            return new UdpTunnelSocket(local, device, receivers, ports, [.. opened[receivers.Length..]]);
        }
        catch
        {
            foreach (int socket in opened)
            {
                _ = LinuxCalls.Close(socket);
            }

            throw;
        }
    }
}
