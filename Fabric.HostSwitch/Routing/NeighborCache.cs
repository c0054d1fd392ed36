using Fabric.HostSwitch.Tables;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;

namespace Fabric.HostSwitch.Routing;

/// <summary>
/// Neighbors on one logical switch that the host's routers had to ask for themselves: answers, questions under way, and the few
/// packets that wait (reference: nsx-dataplane.md, 5.4). Belongs to the packet thread.
/// </summary>
internal sealed class NeighborCache
{
    /// <summary>Packets that wait for one neighbor.</summary>
    public const int HeldPerNeighbor = 4;

    /// <summary>Neighbors asked for at once, so that a scan cannot fill the memory.</summary>
    public const int PendingLimit = 256;

    public const int KnownLimit = 4096;

    public const int Attempts = 3;

    public const long RetryMs = 1000;

    public const long AgeMs = 600_000;

    private readonly Dictionary<IpAddress, Known> _known = [];
    private readonly Dictionary<IpAddress, PendingNeighbor> _pending = [];

    public int KnownCount => _known.Count;

    public bool TryFind(IpAddress ip, out MacAddress mac)
    {
        bool found = _known.TryGetValue(ip, out var known);
        mac = known.Mac;
        return found;
    }

    /// <summary>The question under way, or a new one; null: too many are.</summary>
    public PendingNeighbor? Ask(IpAddress ip, RouterInterface asker, out bool isNew)
    {
        isNew = false;
        if (_pending.TryGetValue(ip, out var pending))
        {
            return pending;
        }

        if (_pending.Count >= PendingLimit)
        {
            return null;
        }

        isNew = true;
        pending = new PendingNeighbor(ip) { Asker = asker };
        _pending.Add(ip, pending);
        return pending;
    }

    /// <summary>Takes an answer, and gives back the question it ends, if one was open.</summary>
    public PendingNeighbor? Answer(IpAddress ip, MacAddress mac, long now)
    {
        if (_known.Count < KnownLimit || _known.ContainsKey(ip))
        {
            _known[ip] = new Known(mac, now);
        }

        _pending.Remove(ip, out var pending);
        return pending;
    }

    /// <summary>Questions to ask again, and those to give up, which leave the table.</summary>
    public void CollectDue(long now, List<PendingNeighbor> again, List<PendingNeighbor> failed)
    {
        foreach (var (ip, pending) in _pending)
        {
            if (now < pending.NextAttempt)
            {
                continue;
            }

            if (pending.Attempts >= Attempts)
            {
                _pending.Remove(ip);
                failed.Add(pending);
            }
            else
            {
                again.Add(pending);
            }
        }
    }

    /// <summary>True: an answer grew too old and went.</summary>
    public bool Age(long now)
    {
        int before = _known.Count;
        foreach (var (ip, known) in _known)
        {
            if (now - known.SeenAt >= AgeMs)
            {
                _known.Remove(ip);
            }
        }

        return _known.Count != before;
    }

    private readonly record struct Known(MacAddress Mac, long SeenAt);
}

/// <summary>A neighbor that was asked for, and the packets that wait for the answer.</summary>
internal sealed class PendingNeighbor(IpAddress ip)
{
    public IpAddress Ip { get; } = ip;

    public int Attempts { get; set; }

    public long NextAttempt { get; set; }

    /// <summary>The interface that asks.</summary>
    public required RouterInterface Asker { get; init; }

    /// <summary>Whole frames, routed but for the destination MAC.</summary>
    public List<HeldFrame> Held { get; } = new(NeighborCache.HeldPerNeighbor);
}

/// <summary>A routed packet that lacks its next hop's MAC, the port whose packet it is, and whom an error about it would go to.</summary>
internal readonly record struct HeldFrame(FrameBuffer Buffer, RouterInterface Egress, LogicalPort? Ingress, MacAddress SenderMac);
