using System.Collections.Immutable;
using Fabric.Contracts.V1;
using Fabric.Controller.Derivation;
using Fabric.Controller.Intent;
using Fabric.Controller.Realization;

namespace Fabric.Controller.Compute;

/// <summary>
/// Which node each port is on: the one that reports the vnic it is attached to. A child is where its parent's vnic is
/// (reference: nsx-dataplane.md, 2.1 and 2.2).
/// </summary>
internal sealed class Placement
{
    public const string Nowhere = "";

    private readonly FabricIntent _intent;
    private readonly FabricFacts _facts;
    private readonly Derived<string, string> _nodes;
    private readonly Derived<string, ImmutableSortedSet<string>> _ports;
    private readonly Derived<string, ImmutableHashSet<uint>> _ambiguousTags;

    public Placement(DerivationGraph graph, FabricIntent intent, FabricFacts facts)
    {
        _intent = intent;
        _facts = facts;
        _nodes = new Derived<string, string>(graph, port => VifOf(port) is { } vif ? facts.Vif(vif)?.NodeId ?? Nowhere : Nowhere);
        _ports = new Derived<string, ImmutableSortedSet<string>>(graph, FindPorts, Sets.Comparer);
        _ambiguousTags = new Derived<string, ImmutableHashSet<uint>>(graph, FindAmbiguousTags);
    }

    /// <summary>The node of a port; <see cref="Nowhere"/> when no host has its vnic.</summary>
    public string NodeOf(string port) => _nodes[port];

    public ImmutableSortedSet<string> PortsOf(string node) => _ports[node];

    /// <summary>The vnic that a port is attached to; null when it is attached to none.</summary>
    public string? VifOf(string portId)
        => _intent.Ports[portId] switch
        {
            { AttachmentType: "VIF", VifType: VifType.Child, ParentVifId.Length: > 0 } child => child.ParentVifId,
            { AttachmentType: "VIF", AttachmentId.Length: > 0 } port when HolderOf(port.AttachmentId) == portId => port.AttachmentId,
            _ => null,
        };

    /// <summary>Another child of the same parent has the same traffic tag, so neither gets any traffic.</summary>
    public bool HasAmbiguousTag(LogicalPortConfig port)
        => port.VifType == VifType.Child && _ambiguousTags[port.ParentVifId].Contains(port.TrafficTag);

    /// <summary>The port itself, its parent and its switch are all administratively up, and it is somewhere.</summary>
    public bool IsActive(string portId)
    {
        if (_intent.Ports[portId] is not { AdminUp: true } port || NodeOf(portId) == Nowhere
            || _intent.Switches[port.LogicalSwitchId] is not { AdminUp: true })
        {
            return false;
        }

        return port.VifType != VifType.Child || HolderOf(port.ParentVifId) is not { } parent || _intent.Ports[parent]!.AdminUp;
    }

    public bool IsLinkUp(string port) => VifOf(port) is { } vif && _facts.IsLinkUp(vif);

    // The manager lets one port have a VIF; should two name it, the first by id has it.
    private string? HolderOf(string vif) => _intent.PortsOfVif[vif] is { Count: > 0 } ports ? ports[0] : null;

    private ImmutableSortedSet<string> FindPorts(string node)
    {
        var ports = Sets.Empty.ToBuilder();
        foreach (string vif in _facts.VifsOfNode(node))
        {
            if (HolderOf(vif) is { } holder)
            {
                ports.Add(holder);
            }

            ports.UnionWith(_intent.ChildrenOfVif[vif]);
        }

        return ports.ToImmutable();
    }

    private ImmutableHashSet<uint> FindAmbiguousTags(string parentVif)
        => [.. _intent.ChildrenOfVif[parentVif].Select(child => _intent.Ports[child]!.TrafficTag).GroupBy(tag => tag)
            .Where(same => same.Count() > 1).Select(same => same.Key)];
}
