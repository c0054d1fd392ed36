using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tables;
using Fabric.Packets.Buffers;
using Fabric.Packets.Links;

namespace Fabric.HostSwitch.Ports;

/// <summary>
/// The vnics that are plugged, each with the name of its device, which may come late, go, and come again. Belongs to the packet
/// thread.
/// </summary>
internal sealed class VnicSeats(HostState state, ILinkSource source, FramePool pool, PacketContext context, LinkPoller? poller)
{
    private readonly List<Seat> _seats = [];
    private readonly FrameBuffer[] _batch = new FrameBuffer[PacketWorker.BatchSize];

    /// <summary>What happened to devices since it was last asked.</summary>
    public Queue<HostNotice> Notices { get; } = new();

    /// <summary>Every open link wakes the poller, so it may sleep.</summary>
    public bool AllPolled => _seats.TrueForAll(seat => seat.Vnic.Link is not { Descriptor: < 0 });

    public void Plug(string vifId, string device, int mtu)
    {
        if (_seats.Find(seat => seat.Vnic.VifId == vifId) is { } taken)
        {
            if (taken.Device == device && taken.Mtu == mtu)
            {
                return;
            }

            Unplug(vifId);
        }

        var added = new Seat(state.Vnic(vifId), device, mtu);
        _seats.Add(added);
        TryOpen(added);
    }

    public void Unplug(string vifId)
    {
        if (_seats.Find(seat => seat.Vnic.VifId == vifId) is { } seat)
        {
            _seats.Remove(seat);
            Close(seat);
        }
    }

    /// <summary>Looks again for devices that are missing.</summary>
    public void Retry()
    {
        foreach (var seat in _seats)
        {
            if (seat.Vnic.Link is null)
            {
                TryOpen(seat);
            }
        }
    }

    /// <summary>One batch from each vnic. Returns how many frames there were.</summary>
    public int Receive(Datapath datapath, long now)
    {
        int total = 0;
        foreach (var seat in _seats)
        {
            if (seat.Vnic.Link is not { } link)
            {
                continue;
            }

            int count;
            try
            {
                count = link.Receive(pool, _batch);
            }
            catch (IOException)
            {
                Close(seat);
                continue;
            }

            if (count > 0)
            {
                datapath.FromVnic(seat.Vnic, _batch.AsSpan(0, count), now);
                total += count;
            }

            if (link.IsGone)
            {
                Close(seat);
            }
        }

        return total;
    }

    /// <summary>Sends what the batch left in the vnics' queues.</summary>
    public void Send()
    {
        foreach (var seat in _seats)
        {
            if (seat.Vnic.Queued == 0)
            {
                continue;
            }

            int sent = 0;
            try
            {
                sent = seat.Vnic.Link?.Send(seat.Vnic.Queue) ?? 0;
            }
            catch (IOException)
            {
                Close(seat);
            }

            context.Counters.Drops[(int)DropReason.VnicTx] += seat.Vnic.Queued - sent;
            Empty(seat.Vnic);
        }
    }

    public void CloseAll()
    {
        foreach (var seat in _seats)
        {
            Close(seat);
        }
    }

    private void TryOpen(Seat seat)
    {
        try
        {
            seat.Vnic.Link = source.OpenVnic(seat.Device);
        }
        catch (IOException)
        {
            return; // it is there and does not open: the next try may find it better
        }

        if (seat.Vnic.Link is { } link)
        {
            seat.Vnic.Mtu = seat.Mtu == 0 ? link.Mtu : seat.Mtu;
            if (link.Descriptor >= 0)
            {
                poller?.Add(link.Descriptor, 0);
            }

            context.ForgetFlows();
            Notices.Enqueue(new HostNotice.VnicLink(seat.Vnic.VifId, IsUp: true));
        }
    }

    private void Close(Seat seat)
    {
        if (seat.Vnic.Link is not { } link)
        {
            return;
        }

        if (link.Descriptor >= 0)
        {
            poller?.Remove(link.Descriptor);
        }

        seat.Vnic.Link = null;
        link.Dispose();
        context.ForgetFlows();
        Notices.Enqueue(new HostNotice.VnicLink(seat.Vnic.VifId, IsUp: false));
    }

    private void Empty(VnicPort vnic)
    {
        foreach (var frame in vnic.Queue)
        {
            pool.Give(frame);
        }

        vnic.ClearQueue();
    }

    private sealed record Seat(VnicPort Vnic, string Device, int Mtu);
}
