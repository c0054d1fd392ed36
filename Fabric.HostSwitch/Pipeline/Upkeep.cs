using Fabric.HostSwitch.Routing;
using Fabric.HostSwitch.Tables;
using Fabric.HostSwitch.Tunnels;

namespace Fabric.HostSwitch.Pipeline;

/// <summary>What time brings about on the packet thread: BFD, questions to ask again, and everything that ages.</summary>
internal sealed class Upkeep(PacketContext context, Neighbors neighbors)
{
    private const long BfdEveryMs = 10;
    private const long NeighborsEveryMs = 100;
    private const long AgeingEveryMs = 1000;
    private const long DefaultAgeMs = 600_000; // aging_time of the MAC management profile, read-only in NSX

    private long _bfdAt;
    private long _neighborsAt;
    private long _ageingAt;

    /// <summary>A new generation came: what was discovered is realized by its profiles, what BFD sends keeps its pace.</summary>
    public void Adopt(HostTables tables)
    {
        foreach (var port in tables.Ports.Values)
        {
            port.State.Addresses.Restore(port.Restored);
            if (port.State.Addresses.Realize(port))
            {
                context.ChangedDiscoveries.Add(port.Id);
            }
        }

        foreach (var tep in tables.Teps.Values)
        {
            tep.Session.Configure(tables.Tunnels.BfdIntervalMs, tables.Tunnels.BfdMultiplier);
        }
    }

    public void Tick(HostTables tables, TunnelPorts tunnels, long now)
    {
        if (now >= _bfdAt)
        {
            _bfdAt = now + BfdEveryMs;
            SendBfd(tables, tunnels, now);
        }

        if (now >= _neighborsAt)
        {
            _neighborsAt = now + NeighborsEveryMs;
            foreach (var segment in tables.Segments.Values)
            {
                neighbors.Tick(segment, tables.HostMac, now);
            }
        }

        if (now >= _ageingAt)
        {
            _ageingAt = now + AgeingEveryMs;
            Age(tables, now);
        }
    }

    private void SendBfd(HostTables tables, TunnelPorts tunnels, long now)
    {
        foreach (var tep in tables.Teps.Values)
        {
            if (!tep.Session.Tick(now) || tunnels.For(tep) is not { } port)
            {
                continue;
            }

            var frame = context.Pool.Take();
            BfdFrames.Write(frame, tep.Session.Message(), port.Local, tep.Ip, tables.HostMac, tep.Encapsulation);
            var path = new Packets.Links.TunnelPath(tep.Ip, BfdFrames.OuterPort(port.Local, tep.Ip), OuterHeader.PortOf(tep.Encapsulation));
            port.Tap?.Capture(port.Local, path, frame.Bytes, output: true);
            port.Enqueue(frame, path);
            context.Counters.Count(HostEvent.BfdTx);
        }
    }

    private void Age(HostTables tables, long now)
    {
        bool changed = false;
        foreach (var segment in tables.Segments.Values)
        {
            changed |= segment.State.RemoteMacs.Age(now);
            changed |= segment.State.Neighbors.Age(now);
        }

        foreach (var port in tables.Ports.Values)
        {
            changed |= port.State.Macs.Age(now, AgeOf(port));
            if (port.State.Addresses.Age(port, now))
            {
                context.ChangedDiscoveries.Add(port.Id);
                changed = true;
            }
        }

        if (changed)
        {
            context.ForgetFlows();
        }
    }

    private static long AgeOf(LogicalPort port)
        => port.MacManagement.AgingSeconds == 0 ? DefaultAgeMs : port.MacManagement.AgingSeconds * 1000L;
}
