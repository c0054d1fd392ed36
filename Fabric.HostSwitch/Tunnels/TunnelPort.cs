using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Links;

namespace Fabric.HostSwitch.Tunnels;

/// <summary>One tunnel endpoint of this host: its socket, and the datagrams that wait for the end of the batch.</summary>
internal sealed class TunnelPort(ITunnelSocket socket)
{
    private FrameBuffer[] _queue = new FrameBuffer[256];
    private TunnelPath[] _paths = new TunnelPath[256];

    public ITunnelSocket Socket { get; } = socket;

    public IpAddress Local => Socket.Local;

    public IUplinkTap? Tap { get; set; }

    public int Queued { get; private set; }

    public ReadOnlySpan<FrameBuffer> Queue => _queue.AsSpan(0, Queued);

    public ReadOnlySpan<TunnelPath> Paths => _paths.AsSpan(0, Queued);

    public void Enqueue(FrameBuffer datagram, in TunnelPath path)
    {
        if (Queued == _queue.Length)
        {
            Array.Resize(ref _queue, Queued * 2);
            Array.Resize(ref _paths, Queued * 2);
        }

        _queue[Queued] = datagram;
        _paths[Queued++] = path;
    }

    public void ClearQueue() => Queued = 0;
}
