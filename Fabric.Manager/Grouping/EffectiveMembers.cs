using Fabric.Contracts.V1;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy.Networking;
using Fabric.Manager.Catalog.Policy.Security;
using Fabric.Manager.Publishing;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Grouping;

/// <summary>
/// What a group comes to: from its members to the ports, vnics, machines and addresses behind them. A switch stands for its ports, a machine for
/// those that its vnics are attached to, and the objects of the two APIs for each other.
/// </summary>
internal sealed class EffectiveMembers(GroupIndex index, MachineTable machines, FabricModel model, RuntimeState runtime)
{
    public MachineTable Inventory => machines;

    public FabricModel Model => model;

    /// <summary>The groups inside the group, itself first.</summary>
    public IEnumerable<ResourceKey> GroupsIn(ResourceKey group) => index.MembersOf(group).Where(key => index.PlanOf(key) is not null && key != group).Prepend(group);

    public IReadOnlyList<LogicalSwitch> Switches(ResourceKey group)
        => Distinct(index.MembersOf(group).Select(key => key.Kind switch
        {
            nameof(LogicalSwitch) => model.Find<LogicalSwitch>(key.Id),
            nameof(Segment) => model.Find<Segment>(key.Id) is { UniqueId: { } id } ? model.Find<LogicalSwitch>(id) : null,
            _ => null,
        }));

    public IReadOnlyList<Segment> Segments(ResourceKey group)
        => Distinct(index.MembersOf(group).Select(key => key.Kind switch
        {
            nameof(Segment) => model.Find<Segment>(key.Id),
            nameof(LogicalSwitch) => model.Find<Segment>(model.Find<LogicalSwitch>(key.Id)?.IntentPath),
            _ => null,
        }));

    public IReadOnlyList<LogicalPort> Ports(ResourceKey group)
        => Distinct(index.MembersOf(group).SelectMany(PortsBehind));

    public IReadOnlyList<SegmentPort> SegmentPorts(ResourceKey group)
        => Distinct(index.MembersOf(group).SelectMany(key => key.Kind switch
        {
            nameof(SegmentPort) => [model.Find<SegmentPort>(key.Id)],
            nameof(Segment) => model.ChildrenOf<SegmentPort>(key.Id),
            _ => PortsBehind(key).Select(port => model.Find<SegmentPort>(port?.IntentPath)),
        }));

    public IReadOnlyList<VifPresent> Vifs(ResourceKey group)
        => [.. index.MembersOf(group).SelectMany(key => key.Kind switch
        {
            Subject.Machine => machines.VifsOf(key.Id),
            Subject.Vif => [machines.Find(key.Id)],
            nameof(SegmentPort) => [Plugged(model.Find<SegmentPort>(key.Id))],
            nameof(Segment) => model.ChildrenOf<SegmentPort>(key.Id).Select(Plugged),
            _ => PortsBehind(key).Select(port => port?.Attachment is { } attachment ? machines.Find(attachment.Id) : null),
        }).OfType<VifPresent>().DistinctBy(vif => vif.VifId).OrderBy(vif => vif.VifId, StringComparer.Ordinal)];

    public IReadOnlyList<string> Machines(ResourceKey group)
        => [.. Vifs(group).Select(vif => vif.VmId).Where(id => id.Length > 0).Concat(index.MembersOf(group).Where(key => key.Kind == Subject.Machine && machines.NameOf(key.Id) is not null).Select(key => key.Id))
            .Distinct().Order(StringComparer.Ordinal)];

    public IReadOnlyList<IPSet> IpSets(ResourceKey group) => Distinct(index.MembersOf(group).Select(key => key.Kind == nameof(IPSet) ? model.Find<IPSet>(key.Id) : null));

    /// <summary>Addresses that are stated, and those that its ports are bound to.</summary>
    public IReadOnlyList<string> Addresses(ResourceKey group)
        => [.. GroupsIn(group).SelectMany(each => index.PlanOf(each)?.Addresses ?? []).Concat(IpSets(group).SelectMany(set => set.IpAddresses ?? []))
            .Concat(Ports(group).SelectMany(AddressesOf)).Distinct().Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> Macs(ResourceKey group)
        => [.. GroupsIn(group).SelectMany(each => index.PlanOf(each)?.Macs ?? [])
            .Concat(index.MembersOf(group).SelectMany(key => key.Kind == nameof(MACSet) ? model.Find<MACSet>(key.Id)?.MacAddresses ?? [] : []))
            .Concat(Vifs(group).Where(vif => vif.Mac.Length == MacAddress.Length).Select(vif => MacAddress.Read(vif.Mac.Span).ToString())).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The policy groups that contain an object, or anything that it belongs to.</summary>
    public IReadOnlyList<Group> GroupsWith(ResourceKey key)
        => [.. index.Containing(Around(key)).Where(group => group.Kind == nameof(Group)).Select(group => model.Find<Group>(group.Id)).OfType<Group>().OrderBy(group => group.Path, StringComparer.Ordinal)];

    /// <summary>The policy groups that contain an address: it is stated, or one of their ports is bound to it.</summary>
    public IReadOnlyList<Group> GroupsWithAddress(string address)
    {
        if (!TextForms.TryRange(address, out var wanted, out _))
        {
            return [];
        }

        bool Has(string text) => TextForms.TryRange(text, out var first, out var last) && first.IsIpv4 == wanted.IsIpv4 && first <= wanted && wanted <= last;
        var stating = index.Groups.Where(group => group.Value.Addresses.Any(Has)).Select(group => group.Key);
        var holders = model.All<IPSet>().Where(set => (set.IpAddresses ?? []).Any(Has)).Select(ResourceKey.Of)
            .Concat(model.All<LogicalPort>().Where(port => AddressesOf(port).Any(Has)).SelectMany(port => Around(ResourceKey.Of(port))));
        return [.. index.Containing(holders.Concat(stating)).Concat(stating).Distinct().Where(group => group.Kind == nameof(Group))
            .Select(group => model.Find<Group>(group.Id)).OfType<Group>().OrderBy(group => group.Path, StringComparer.Ordinal)];
    }

    /// <summary>Machines that no NSGroup contains.</summary>
    public IReadOnlyList<string> Unassociated() => [.. machines.Machines.Where(id => !index.Containing(Around(new ResourceKey(Subject.Machine, id))).Any(group => group.Kind == nameof(NSGroup)))];

    private static List<T> Distinct<T>(IEnumerable<T?> found)
        where T : ManagedResource
        => [.. found.OfType<T>().DistinctBy(resource => ResourceKey.Of(resource)).OrderBy(resource => ResourceKey.Of(resource).Id, StringComparer.Ordinal)];

    /// <summary>What hosts realize on the port; while none has reported it, what it is bound to by configuration.</summary>
    private IEnumerable<string> AddressesOf(LogicalPort port)
        => runtime.Port(port.Id) is { } seen
            ? seen.Realized.Select(binding => IpAddress.TryRead(binding.Ip.Span, out var address) ? address.ToString() : null).OfType<string>()
            : (port.AddressBindings ?? []).Select(binding => binding.IpAddress).OfType<string>();

    private IEnumerable<LogicalPort?> PortsBehind(ResourceKey key) => key.Kind switch
    {
        nameof(LogicalPort) => [model.Find<LogicalPort>(key.Id)],
        nameof(LogicalSwitch) => PortsOf(key.Id),
        nameof(SegmentPort) => [model.Find<SegmentPort>(key.Id) is { UniqueId: { } id } ? model.Find<LogicalPort>(id) : null],
        nameof(Segment) => model.Find<Segment>(key.Id) is { UniqueId: { } id } ? PortsOf(id) : [],
        Subject.Machine => machines.VifsOf(key.Id).Select(vif => AttachedTo(vif.VifId)),
        Subject.Vif => [AttachedTo(key.Id)],
        _ => [],
    };

    private VifPresent? Plugged(SegmentPort? port) => port?.Attachment?.Id is { } id ? machines.Find(id) : null;

    private IEnumerable<LogicalPort> PortsOf(string logicalSwitch) => model.ReferrersOf(ResourceKey.Of<LogicalSwitch>(logicalSwitch)).Select(model.Find).OfType<LogicalPort>();

    private LogicalPort? AttachedTo(string vif) => model.HolderOf(ResourceLinks.Attachment(new LogicalPortAttachment { AttachmentType = "VIF", Id = vif })) is { } holder ? model.Find(holder) as LogicalPort : null;

    /// <summary>An object, and what it stands in: a group that contains those contains it.</summary>
    private IEnumerable<ResourceKey> Around(ResourceKey key)
    {
        yield return key;
        foreach (var port in PortsBehind(key).OfType<LogicalPort>())
        {
            yield return ResourceKey.Of(port);
            foreach (var above in key.Kind is nameof(LogicalSwitch) or nameof(Segment) ? [] : Above(port))
            {
                yield return above;
            }
        }

        foreach (string machine in key.Kind == Subject.Vif && machines.Find(key.Id) is { VmId.Length: > 0 } vif ? new[] { vif.VmId } : [])
        {
            yield return new ResourceKey(Subject.Machine, machine);
        }
    }

    private IEnumerable<ResourceKey> Above(LogicalPort port)
    {
        yield return ResourceKey.Of<LogicalSwitch>(port.LogicalSwitchId);
        if (port.IntentPath is { } path && model.Find<SegmentPort>(path) is { } segmentPort)
        {
            yield return ResourceKey.Of(segmentPort);
            yield return ResourceKey.Of<Segment>(segmentPort.ParentPath);
        }

        if (port.Attachment is { } attachment && machines.Find(attachment.Id) is { } vif)
        {
            yield return new ResourceKey(Subject.Vif, vif.VifId);
            yield return new ResourceKey(Subject.Machine, vif.VmId);
        }
    }
}
