using Fabric.Packets.Buffers;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Links;
using Fabric.Packets.Printing;
using Fabric.Packets.Transport;

namespace Fabric.Packets.Tests.Links;

/// <summary>
/// A bump in the wire: carries frames between two links on a thread of its own and checks that every one is legal. It can push a
/// VLAN tag on the way to the other link and pop it on the way back.
/// </summary>
internal sealed class LinkForwarder : IDisposable
{
    private readonly ILink _one;
    private readonly ILink _other;
    private readonly LinkPoller _poller = new();
    private readonly Thread _thread;
    private volatile bool _ends;

    private readonly int _pushedVlan;

    public LinkForwarder(ILink one, ILink other, int pushedVlan = 0)
    {
        _pushedVlan = pushedVlan;
        _one = one;
        _other = other;
        _poller.Add(one.Descriptor, 0);
        _poller.Add(other.Descriptor, 1);
        _thread = new Thread(Run) { IsBackground = true, Name = "test forwarder" };
        _thread.Start();
    }

    public long Frames { get; private set; }

    public long Illegal { get; private set; }

    public string? FirstIllegal { get; private set; }

    public long Lost { get; private set; }

    /// <summary>Bytes the carrying thread allocated after its first frames.</summary>
    public long Allocated { get; private set; }

    public void Dispose()
    {
        if (_ends)
        {
            return;
        }

        _ends = true;
        _poller.Wake();
        _thread.Join();
        _poller.Dispose();
        _one.Dispose();
        _other.Dispose();
    }

    private void Run()
    {
        var pool = new FramePool();
        var frames = new FrameBuffer[64];
        long before = -1;
        while (!_ends)
        {
            _ = _poller.Wait(1000);
            while (Carry(_one, _other, pool, frames, _pushedVlan) + Carry(_other, _one, pool, frames, -_pushedVlan) > 0)
            {
                if (before < 0 && Frames > 20000)
                {
                    before = GC.GetAllocatedBytesForCurrentThread();
                }
            }
        }

        Allocated = before < 0 ? -1 : GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private int Carry(ILink from, ILink to, FramePool pool, FrameBuffer[] frames, int vlan)
    {
        int count = from.Receive(pool, frames);
        for (int index = 0; index < count; index++)
        {
            var bytes = frames[index].Bytes;
            var malformation = FrameLayout.Parse(bytes, out var layout);
            bool isLegal = bytes.Length <= from.Mtu + EthernetView.HeaderLength + (layout.TagCount * VlanView.TagLength)
                && malformation == FrameMalformation.None
                && TransportChecksum.IsValid(bytes, layout);
            if (!isLegal)
            {
                Illegal++;
                FirstIllegal ??= PacketPrinter.Print(bytes);
            }

            if (vlan > 0)
            {
                EthernetEdits.PushVlan(frames[index], new VlanTag((ushort)vlan));
            }
            else if (vlan < 0)
            {
                _ = EthernetEdits.PopVlan(frames[index]);
            }
        }

        Frames += count;
        Lost += count - to.Send(frames.AsSpan(0, count));
        for (int index = 0; index < count; index++)
        {
            pool.Give(frames[index]);
        }

        return count;
    }
}
