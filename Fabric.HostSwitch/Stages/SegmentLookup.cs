using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tables;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Stages;

/// <summary>
/// Where a frame goes on its logical switch: a port here, an endpoint elsewhere, or everyone. Ports' own MACs come first, then those
/// learned behind ports, the controller's table, and last what tunnelled frames taught (reference: nsx-dataplane.md, 5.6).
/// </summary>
internal sealed class SegmentLookup(PacketContext context, HostTables tables) : IStage
{
    public string Name => "lookup";

    public Verdict Run(ref Frame frame)
    {
        var destination = frame.Destination;
        var segment = frame.Segment!;
        frame.Egress = default;
        if (destination.IsGroup)
        {
            frame.Egress.IsFlood = true;
            frame.Recipe.MayCache = false;
            return Verdict.Continue;
        }

        if (destination == tables.VdrMac)
        {
            return Verdict.Drop(DropReason.UnknownUnicast); // never out of an uplink (5.2)
        }

        bool isFromTunnel = frame.Tunnel.Port is not null;
        if (TryFindPort(segment, destination, out var port))
        {
            if (port == frame.Ingress && frame.RoutedBy is null)
            {
                return Verdict.Drop(DropReason.LeafTx); // not back to where it came from
            }

            frame.Egress.Port = port;
            frame.Trace?.Detail = $"port {port.Id}";
            return Verdict.Continue;
        }

        var tep = FindTep(segment, destination);
        if (tep is not null)
        {
            if (isFromTunnel)
            {
                return Verdict.Drop(DropReason.UnknownUnicast); // the sender's table is old: it is not here
            }

            frame.Egress.Tep = tep;
            frame.Trace?.Detail = $"endpoint {tep.Ip}";
            return Verdict.Continue;
        }

        return Flood(ref frame, segment, isFromTunnel);
    }

    private Verdict Flood(ref Frame frame, Segment segment, bool isFromTunnel)
    {
        context.Count(ref frame, isFromTunnel ? HostEvent.UnknownUnicastRx : HostEvent.MacTableFlood);
        frame.Recipe.MayCache = false;
        frame.Egress.IsFlood = true;
        if (!isFromTunnel && segment.Teps.Length > 0)
        {
            return Verdict.Continue;
        }

        foreach (var port in segment.Ports)
        {
            if (port != frame.Ingress && port.MacManagement is { Learning: true, UnicastFlooding: true })
            {
                return Verdict.Continue;
            }
        }

        return Verdict.Drop(DropReason.UnknownUnicast);
    }

    private static bool TryFindPort(Segment segment, MacAddress mac, out LogicalPort found)
    {
        if (segment.StaticMacs.TryGetValue(mac, out var owner))
        {
            found = owner;
            return true;
        }

        foreach (var port in segment.Ports)
        {
            if (port.State.Macs.Count > 0 && port.State.Macs.Contains(mac))
            {
                found = port;
                return true;
            }
        }

        found = null!;
        return false;
    }

    private RemoteTep? FindTep(Segment segment, MacAddress mac)
    {
        if (segment.RemoteMacs.TryGetValue(mac, out var told))
        {
            return told;
        }

        return segment.State.RemoteMacs.TryFind(mac, out var learned) ? tables.Teps.GetValueOrDefault(learned.Tep) : null;
    }
}
