using System.Collections.Immutable;
using Fabric.Contracts.V1;
using Fabric.Controller.Derivation;

namespace Fabric.Controller.Realization;

/// <summary>
/// What hosts say of themselves: which vnics are attached where, and what was discovered on ports. A host that disconnects leaves
/// its facts frozen until it returns or another host reports the same VIF (reference: nsx-dataplane.md, 6.7: never flush on disconnect).
/// </summary>
internal sealed class FabricFacts(DerivationGraph graph)
{
    private readonly Source<string, VifPresent?> _vifs = new(graph, null);
    private readonly Source<string, bool> _linkUp = new(graph, false);
    private readonly IdIndex<string> _vifsOfNode = new(graph);
    private readonly IdIndex<string> _allVifs = new(graph);
    private readonly Source<string, PortDiscovery?> _discoveries = new(graph, null);
    private readonly Source<string, LearnedMacs?> _learned = new(graph, null);
    private readonly Source<string, bool> _connected = new(graph, false);

    // Who claims a VIF, the latest last: two hosts do while a VM moves.
    private readonly Dictionary<string, List<VifPresent>> _claims = [];
    private readonly Dictionary<string, HashSet<string>> _claimsOfNode = [];

    /// <summary>Told of each vnic that appears, changes or goes (null).</summary>
    public Action<string, VifPresent?, VifPresent?>? VifChanged { get; set; }

    /// <summary>Where a vnic is, and what is known of it; null when no host has it.</summary>
    public VifPresent? Vif(string vif) => _vifs[vif];

    public bool IsLinkUp(string vif) => _linkUp[vif];

    public ImmutableSortedSet<string> VifsOfNode(string node) => _vifsOfNode[node];

    public ImmutableSortedSet<string> AllVifs => _allVifs[""];

    public PortDiscovery? Discovery(string port) => _discoveries[port];

    public LearnedMacs? Learned(string port) => _learned[port];

    public bool IsConnected(string node) => _connected[node];

    public void SetConnected(string node, bool connected) => _connected.Set(node, connected);

    /// <summary>A host's complete list: what it claimed before and does not name is gone.</summary>
    public void ReplaceVifs(string node, IEnumerable<VifAttached> vifs)
    {
        var named = vifs.ToDictionary(vif => vif.VifId);
        foreach (string gone in _claimsOfNode.GetValueOrDefault(node, []).Except(named.Keys).ToArray())
        {
            Detach(node, gone);
        }

        foreach (var vif in named.Values)
        {
            Attach(node, vif);
        }
    }

    /// <summary>A new claim is the latest; a renewed one keeps its turn, so that a host's return does not steal a VM that has moved.</summary>
    public void Attach(string node, VifAttached vif)
    {
        var present = new VifPresent
        {
            VifId = vif.VifId,
            NodeId = node,
            Mac = vif.Mac,
            Device = vif.Device,
            VmId = vif.VmId,
            VmName = vif.VmName,
        };
        var claims = _claims.TryGetValue(vif.VifId, out var known) ? known : _claims[vif.VifId] = [];
        int turn = claims.FindIndex(claim => claim.NodeId == node);
        if (turn >= 0)
        {
            claims[turn] = present;
        }
        else
        {
            claims.Add(present);
        }

        (_claimsOfNode.TryGetValue(node, out var ofNode) ? ofNode : _claimsOfNode[node] = []).Add(vif.VifId);
        if (claims[^1].NodeId == node)
        {
            _linkUp.Set(vif.VifId, vif.LinkUp);
        }

        Elect(vif.VifId);
    }

    public void Detach(string node, string vif)
    {
        if (!_claims.TryGetValue(vif, out var claims) || claims.RemoveAll(claim => claim.NodeId == node) == 0)
        {
            return;
        }

        _claimsOfNode[node].Remove(vif);
        if (claims.Count == 0)
        {
            _claims.Remove(vif);
            _linkUp.Remove(vif);
        }

        Elect(vif);
    }

    /// <summary>The transport node is no more.</summary>
    public void ForgetNode(string node)
    {
        ReplaceVifs(node, []);
        _claimsOfNode.Remove(node);
        _connected.Remove(node);
    }

    public void ForgetPort(string port)
    {
        _discoveries.Remove(port);
        _learned.Remove(port);
    }

    public void SetDiscovery(PortDiscovery discovery)
        => _discoveries.Set(discovery.PortId, discovery.Discovered.Count + discovery.Realized.Count > 0 ? discovery : null);

    public void SetLearned(LearnedMacs learned) => _learned.Set(learned.PortId, learned.Macs.Count > 0 ? learned : null);

    private void Elect(string vif)
    {
        var latter = _claims.TryGetValue(vif, out var claims) ? claims[^1] : null;
        var former = _vifs[vif];
        if (!_vifs.Set(vif, latter))
        {
            return;
        }

        if (former?.NodeId != latter?.NodeId)
        {
            if (former is not null)
            {
                _vifsOfNode.Remove(former.NodeId, vif);
            }

            if (latter is not null)
            {
                _vifsOfNode.Add(latter.NodeId, vif);
            }
        }

        if (latter is null)
        {
            _allVifs.Remove("", vif);
        }
        else if (former is null)
        {
            _allVifs.Add("", vif);
        }

        VifChanged?.Invoke(vif, former, latter);
    }
}
