using Fabric.NodeOvs.Bridges;
using Fabric.Packets.Buffers;
using Fabric.Packets.Links;

namespace Fabric.NodeOvs.Datapath.Execution;

/// <summary>A link of the switch, the bridge port that it is, and the frames that wait to go out there.</summary>
internal sealed class Device(uint number, Bridge bridge, BridgePort port, ILink link)
{
    private readonly List<FrameBuffer> _outgoing = new(64);

    public uint Number => number;

    public Bridge Bridge => bridge;

    public BridgePort Port => port;

    public ILink Link => link;

    public void Queue(FrameBuffer frame)
    {
        port.Counters.SentBytes += frame.Length;
        _outgoing.Add(frame);
    }

    /// <summary>Sends what waits, and gives the frames back.</summary>
    public void Flush(FramePool pool)
    {
        if (_outgoing.Count == 0)
        {
            return;
        }

        int sent = link.Send(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_outgoing));
        port.Counters.SentPackets += sent;
        port.Counters.SendDrops += _outgoing.Count - sent;
        foreach (var frame in _outgoing)
        {
            pool.Give(frame);
        }

        _outgoing.Clear();
    }
}
