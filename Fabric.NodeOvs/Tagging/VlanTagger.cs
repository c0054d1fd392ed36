using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Links;

namespace Fabric.NodeOvs.Tagging;

/// <summary>A pod's interface on the node, and the VLAN that names the pod on the node's vnic.</summary>
internal sealed record TaggedPort(ILink Link, VlanId Vlan);

/// <summary>What became of the frames that a tagger met; every frame is in exactly one of these.</summary>
internal sealed class TaggerCounters
{
    public long Tagged { get; set; }

    public long Untagged { get; set; }

    /// <summary>Came untagged over the vnic: for the node itself, whose kernel sees it on the vnic without our doing.</summary>
    public long ForTheNode { get; set; }

    /// <summary>Came over the vnic with a VLAN that no pod has.</summary>
    public long UnknownVlan { get; set; }

    /// <summary>A pod sent a tag of its own: only the node says which VLAN a pod is.</summary>
    public long TaggedByPod { get; set; }

    public long NoRoom { get; set; }

    public long TooShort { get; set; }
}

/// <summary>
/// Carries frames between pods and the node's one vnic: out with the pod's VLAN pushed, in with it popped. It switches nothing by
/// itself; two pods of one node meet in the hypervisor. The seat of the node's Open vSwitch (reference: nsx-dataplane.md, 2.2).
/// </summary>
internal sealed class VlanTagger
{
    private const int BatchSize = 64;
    private readonly ILink _vnic;
    private readonly TaggedPort[] _ports;
    private readonly FramePool _pool;
    private readonly int[] _portOfVlan = new int[4096];
    private readonly FrameBuffer[] _received = new FrameBuffer[BatchSize];
    private readonly FrameBuffer[] _outgoing = new FrameBuffer[BatchSize];

    /// <exception cref="ArgumentException">Two ports have one VLAN, or a VLAN is none.</exception>
    public VlanTagger(ILink vnic, IReadOnlyList<TaggedPort> ports, FramePool pool)
    {
        _vnic = vnic;
        _ports = [.. ports]; // an array, since walking it allocates nothing
        _pool = pool;
        Array.Fill(_portOfVlan, -1);
        for (int port = 0; port < ports.Count; port++)
        {
            var vlan = ports[port].Vlan;
            if (vlan.Value is 0 or >= 4095 || _portOfVlan[vlan.Value] >= 0)
            {
                throw new ArgumentException($"VLAN {vlan} is reserved or names two ports", nameof(ports));
            }

            _portOfVlan[vlan.Value] = port;
        }
    }

    public TaggerCounters Counters { get; } = new();

    /// <summary>Takes one batch from every link. Returns how many frames there were: none means that all links are empty.</summary>
    public int RunOnce()
    {
        int moved = FromVnic();
        foreach (var port in _ports)
        {
            moved += FromPod(port);
        }

        return moved;
    }

    private int FromPod(TaggedPort port)
    {
        int count = port.Link.Receive(_pool, _received);
        int ready = 0;
        for (int at = 0; at < count; at++)
        {
            var frame = _received[at];
            if (IsFromPod(frame))
            {
                EthernetEdits.PushVlan(frame, new VlanTag(port.Vlan));
                _outgoing[ready++] = frame;
            }
            else
            {
                _pool.Give(frame);
            }
        }

        int sent = SendAndGiveBack(_vnic, ready);
        Counters.Tagged += sent;
        return count;
    }

    /// <summary>A whole header without a tag; the rest is counted and goes no further.</summary>
    private bool IsFromPod(FrameBuffer frame)
    {
        if (!EthernetView.TryParse(frame.Bytes, out var ethernet))
        {
            Counters.TooShort++;
            return false;
        }

        bool isTagged = ethernet.EtherType is EtherType.Vlan or EtherType.ServiceVlan;
        Counters.TaggedByPod += isTagged ? 1 : 0;
        return !isTagged;
    }

    private int FromVnic()
    {
        int count = _vnic.Receive(_pool, _received);
        int at = 0;
        while (at < count)
        {
            int port = PortOf(_received[at]);
            if (port < 0)
            {
                _pool.Give(_received[at++]);
                continue;
            }

            // A run of frames to one pod leaves in one call.
            int run = 0;
            do
            {
                _ = EthernetEdits.PopVlan(_received[at]);
                _outgoing[run++] = _received[at++];
            }
            while (at < count && IsFor(_received[at], _ports[port].Vlan));

            Counters.Untagged += SendAndGiveBack(_ports[port].Link, run);
        }

        return count;
    }

    private static bool IsFor(FrameBuffer frame, VlanId vlan) => TryReadVlan(frame, out var tag) && tag == vlan;

    private static bool TryReadVlan(FrameBuffer frame, out VlanId vlan)
    {
        vlan = default;
        if (!EthernetView.TryParse(frame.Bytes, out var ethernet)
            || ethernet.EtherType is not (EtherType.Vlan or EtherType.ServiceVlan)
            || !VlanView.TryParse(ethernet.Payload, out var tag))
        {
            return false;
        }

        vlan = tag.Tag.Id;
        return true;
    }

    private int PortOf(FrameBuffer frame)
    {
        if (TryReadVlan(frame, out var vlan))
        {
            int port = _portOfVlan[vlan.Value];
            Counters.UnknownVlan += port < 0 ? 1 : 0;
            return port;
        }

        if (frame.Length < EthernetView.HeaderLength)
        {
            Counters.TooShort++;
        }
        else
        {
            Counters.ForTheNode++;
        }

        return -1;
    }

    private int SendAndGiveBack(ILink link, int count)
    {
        if (count == 0)
        {
            return 0;
        }

        int sent = link.Send(_outgoing.AsSpan(0, count));
        Counters.NoRoom += count - sent;
        for (int at = 0; at < count; at++)
        {
            _pool.Give(_outgoing[at]);
        }

        return sent;
    }
}
