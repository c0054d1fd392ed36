using Fabric.NodeOvs.Tagging;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Links;

namespace Fabric.Lab.Simulation;

/// <summary>A node VM without a kernel: its pods behind the same VLAN tagger that real nodes run, on one vnic. One thread runs it.</summary>
internal sealed class SimulatedNode : IDisposable
{
    private readonly ILink _vnic;
    private readonly VlanTagger _tagger;
    private readonly List<SimulatedPod> _pods = [];

    public SimulatedNode(ILink vnic, IEnumerable<(SimulatedPodSettings Settings, VlanId Vlan)> pods, TimeProvider time, int seed)
    {
        _vnic = vnic;
        var ports = new List<TaggedPort>();
        foreach (var (settings, vlan) in pods)
        {
            var (node, pod) = MemoryLink.CreatePair(settings.Name);
            ports.Add(new TaggedPort(node, vlan));
            _pods.Add(new SimulatedPod(settings, pod, time, unchecked((seed * 31) + vlan.Value)));
        }

        _tagger = new VlanTagger(vnic, ports, new FramePool());
    }

    public IReadOnlyList<SimulatedPod> Pods => _pods;

    public TaggerCounters Tagger => _tagger.Counters;

    /// <summary>Lets every pod and the tagger work once. Returns how much there was to do: none means the node rests.</summary>
    public int RunOnce()
    {
        int done = 0;
        foreach (var pod in _pods)
        {
            done += pod.RunOnce();
        }

        return done + _tagger.RunOnce();
    }

    public void Dispose()
    {
        _pods.ForEach(pod => pod.Dispose());
        _vnic.Dispose();
    }
}
