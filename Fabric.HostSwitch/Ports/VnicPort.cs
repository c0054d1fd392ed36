using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Buffers;
using Fabric.Packets.Links;

namespace Fabric.HostSwitch.Ports;

/// <summary>
/// A vnic: the link to one VM, and the frames that wait to be sent on it at the end of the batch. Known by its VIF id from the
/// first mention on, with or without a device. Belongs to the packet thread.
/// </summary>
internal sealed class VnicPort(string vifId)
{
    private FrameBuffer[] _queue = new FrameBuffer[256];

    public string VifId { get; } = vifId;

    /// <summary>Null: no device, so the port is down.</summary>
    public ILink? Link { get; set; }

    public bool IsUp => Link is not null;

    /// <summary>The largest IP packet the VM takes.</summary>
    public int Mtu { get; set; } = 1500;

    public ICaptureTap? Tap { get; set; }

    public int Queued { get; private set; }

    public ReadOnlySpan<FrameBuffer> Queue => _queue.AsSpan(0, Queued);

    public void Enqueue(FrameBuffer frame)
    {
        if (Queued == _queue.Length)
        {
            Array.Resize(ref _queue, Queued * 2); // grows to the largest batch, then never again
        }

        _queue[Queued++] = frame;
    }

    public void ClearQueue() => Queued = 0;
}
