using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tables;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;

namespace Fabric.HostSwitch.Routing;

/// <summary>
/// Next hops of the host's distributed routers: what ports have bound, what the controller says, and last what the router asks for
/// itself, with the packet on hold (reference: nsx-dataplane.md, 5.4).
/// </summary>
internal sealed class Neighbors(PacketContext context, IcmpErrors errors)
{
    private readonly List<PendingNeighbor> _again = [];
    private readonly List<PendingNeighbor> _failed = [];

    public static bool TryFind(Segment segment, IpAddress ip, out MacAddress mac)
    {
        foreach (var port in segment.Ports)
        {
            if (port.TryFindMac(ip, out mac))
            {
                return true;
            }
        }

        return segment.Neighbors.TryGetValue(ip, out mac) || segment.State.Neighbors.TryFind(ip, out mac);
    }

    /// <summary>Holds a routed packet, whole but for its next hop's MAC, and asks.</summary>
    public Verdict Hold(ref Frame frame, RouterInterface egress, IpAddress ip, MacAddress hostMac)
    {
        if (frame.IsDryRun)
        {
            return Verdict.Consumed;
        }

        var tooMany = Verdict.Drop(ip.IsIpv4 ? DropReason.ArpHoldPacket : DropReason.NsHoldPacket);
        if (egress.Segment!.State.Neighbors.Ask(ip, egress, out bool isNew) is not { } pending || pending.Held.Count >= NeighborCache.HeldPerNeighbor)
        {
            return tooMany;
        }

        pending.Held.Add(new HeldFrame(frame.Buffer, egress, frame.Ingress, frame.SenderMac));
        frame.IsKept = true;
        if (isNew)
        {
            Question(pending, hostMac, frame.Now);
        }

        return Verdict.Consumed;
    }

    /// <summary>An answer came: what waited goes on.</summary>
    public void Answered(Segment segment, IpAddress ip, MacAddress mac, long now)
    {
        var pending = segment.State.Neighbors.Answer(ip, mac, now);
        context.ForgetFlows();
        if (pending is null)
        {
            return;
        }

        foreach (var held in pending.Held)
        {
            mac.Write(held.Buffer.Bytes);
            context.Emissions.Resume(held.Buffer, held);
        }
    }

    /// <summary>Asks again where no answer came, and in the end gives up.</summary>
    public void Tick(Segment segment, MacAddress hostMac, long now)
    {
        _again.Clear();
        _failed.Clear();
        segment.State.Neighbors.CollectDue(now, _again, _failed);
        foreach (var pending in _again)
        {
            Question(pending, hostMac, now);
        }

        foreach (var pending in _failed)
        {
            foreach (var held in pending.Held)
            {
                GiveUp(held, pending.Ip, now);
            }
        }
    }

    private void Question(PendingNeighbor pending, MacAddress hostMac, long now)
    {
        pending.Attempts++;
        pending.NextAttempt = now + NeighborCache.RetryMs;
        if (!pending.Asker.TryGetAddress(pending.Ip.IsIpv4, out var own))
        {
            return;
        }

        var question = context.Pool.Take();
        if (pending.Ip.IsIpv4)
        {
            HostFrames.ArpRequest(question, hostMac, own, pending.Ip);
        }
        else
        {
            HostFrames.NeighborSolicitation(question, hostMac, own, pending.Ip);
        }

        context.Emissions.ToSegment(question, pending.Asker.Segment!);
    }

    private void GiveUp(in HeldFrame held, IpAddress ip, long now)
    {
        var frame = new Frame
        {
            Buffer = held.Buffer,
            Port = held.Ingress,
            Ingress = held.Ingress,
            Segment = held.Egress.Segment,
            RoutedBy = held.Egress,
            SenderMac = held.SenderMac,
            Now = now,
        };
        FrameLayout.Parse(held.Buffer.Bytes, out frame.Layout);
        context.CountDrop(ref frame, ip.IsIpv4 ? DropReason.NoNeighborIpv4 : DropReason.NoNeighborIpv6);
        errors.NoNeighbor(ref frame);
        context.Pool.Give(held.Buffer);
    }
}
