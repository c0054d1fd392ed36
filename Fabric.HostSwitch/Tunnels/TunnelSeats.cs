using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Ports;
using Fabric.Packets.Buffers;
using Fabric.Packets.Links;

namespace Fabric.HostSwitch.Tunnels;

/// <summary>
/// Keeps a socket open for each tunnel endpoint that the settings name, on an uplink that may come late, go, and come again.
/// Belongs to the packet thread.
/// </summary>
internal sealed class TunnelSeats(string uplink, ILinkSource source, FramePool pool, PacketContext context, TunnelPorts ports, LinkPoller? poller)
{
    private readonly FrameBuffer[] _batch = new FrameBuffer[PacketWorker.BatchSize];
    private readonly TunnelPath[] _paths = new TunnelPath[PacketWorker.BatchSize];

    /// <summary>Opens what is missing and closes what nobody wants.</summary>
    public void Reconcile(TunnelSettings settings)
    {
        foreach (var port in ports.Attached.ToArray())
        {
            if (!settings.Owns(port.Local))
            {
                Close(port);
            }
        }

        foreach (var tep in settings.Teps)
        {
            if (!ports.Attached.Any(port => port.Local == tep.Ip))
            {
                TryOpen(tep);
            }
        }
    }

    public int Receive(Datapath datapath, long now)
    {
        int total = 0;
        for (int place = 0; place < ports.Attached.Count; place++)
        {
            var port = ports.Attached[place];
            try
            {
                int count = port.Socket.Receive(pool, _batch, _paths);
                if (count > 0)
                {
                    datapath.FromTunnel(port, _batch.AsSpan(0, count), _paths.AsSpan(0, count), now);
                    total += count;
                }
            }
            catch (IOException)
            {
                Close(port);
            }
        }

        return total;
    }

    public void Send()
    {
        for (int place = ports.Attached.Count - 1; place >= 0; place--)
        {
            var port = ports.Attached[place];
            if (port.Queued == 0)
            {
                continue;
            }

            int sent = 0;
            try
            {
                sent = port.Socket.Send(port.Queue, port.Paths);
            }
            catch (IOException)
            {
                Close(port);
            }

            context.Counters.Drops[(int)DropReason.UplinkTx] += port.Queued - sent;
            foreach (var frame in port.Queue)
            {
                pool.Give(frame);
            }

            port.ClearQueue();
        }
    }

    public void CloseAll()
    {
        foreach (var port in ports.Attached.ToArray())
        {
            Close(port);
        }
    }

    private void TryOpen(LocalTep tep)
    {
        ITunnelSocket? socket;
        try
        {
            socket = source.OpenTunnel(uplink, tep.Address);
        }
        catch (IOException)
        {
            return; // tried again in a second
        }

        if (socket is not null)
        {
            ports.Attach(new TunnelPort(socket));
            context.ForgetFlows();
            if (socket.Descriptor >= 0)
            {
                poller?.Add(socket.Descriptor, 0);
            }
        }
    }

    private void Close(TunnelPort port)
    {
        ports.Detach(port.Local);
        if (port.Socket.Descriptor >= 0)
        {
            poller?.Remove(port.Socket.Descriptor);
        }

        port.Socket.Dispose();
        context.ForgetFlows();
    }
}
