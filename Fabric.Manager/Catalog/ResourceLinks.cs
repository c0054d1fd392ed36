using Fabric.Manager.Catalog.Dhcp;
using Fabric.Manager.Catalog.LoadBalancing;

namespace Fabric.Manager.Catalog;

/// <summary>What a resource holds of others: those it names, and the values nobody else may take.</summary>
internal static class ResourceLinks
{
    /// <summary>Kinds that references by target_type may name.</summary>
    private static readonly HashSet<string> ReferableKinds =
    [
        nameof(NSGroup), nameof(IPSet), nameof(MACSet), nameof(LogicalPort), nameof(LogicalSwitch), nameof(LogicalRouter), nameof(LogicalRouterPort),
        nameof(NSService), nameof(NSServiceGroup), nameof(TransportNode), nameof(DhcpRelayService),
    ];

    /// <summary>The resources named by this one, each once.</summary>
    public static IEnumerable<ResourceKey> References(ManagedResource resource)
        => FieldsOf(resource).Select(reference => reference.Target).Distinct();

    /// <summary>What the model's index has of this resource: those, and what its lists are looked up by.</summary>
    public static IEnumerable<ResourceKey> IndexedBy(ManagedResource resource)
        => ResourceCatalog.Find(ResourceKey.KindOf(resource.GetType())) is { } type ? References(resource).Concat(type.LookedUpBy(resource)) : References(resource);

    /// <summary>The same with the field that names each.</summary>
    public static IEnumerable<(string Field, ResourceKey Target)> FieldsOf(ManagedResource resource)
        => Shape.Of(resource.GetType()).References(resource).Concat(ByType(resource));

    /// <summary>The values that this resource holds and no other may.</summary>
    public static IEnumerable<Claim> Claims(ManagedResource resource) => resource switch
    {
        LogicalSwitch { Vni: { } vni and > 0 } => [new("vni", $"{vni}")],
        LogicalPort port => OfPort(port),
        AllocationIpAddress address => [PoolAddress(address.PoolId, address.Id[(address.Id.IndexOf('/', StringComparison.Ordinal) + 1)..])],
        TransportNode node => OfNode(node),
        FirewallSection section => section.Rules.Select(rule => new Claim("rule", rule.Id!)),
        Policy.PolicyResource policy => policy.Claims(),
        _ => [],
    };

    public static Claim Attachment(LogicalPortAttachment attachment) => new("attachment", $"{attachment.AttachmentType}/{attachment.Id}");

    public static Claim PoolAddress(string poolId, string address) => new("pool-address", $"{poolId}/{address}");

    public static Claim TepLabel(uint label) => new("tep-label", $"{label}");

    public static Claim NodeIndex(uint index) => new("node-index", $"{index}");

    /// <summary>The resource that a reference by type and id names; null: an address, or a kind that nothing here serves.</summary>
    public static ResourceKey? KeyOf(ResourceReference? reference)
        => reference is { TargetType: { } type, TargetId: { } id } && ReferableKinds.Contains(type) ? new(type, id) : null;

    private static IEnumerable<Claim> OfPort(LogicalPort port)
    {
        if (port.Attachment is { } attachment)
        {
            yield return Attachment(attachment);
        }

        if (port.Allocation is { PoolId: { } pool, Ip: { } ip })
        {
            yield return PoolAddress(pool, ip);
        }
    }

    private static IEnumerable<Claim> OfNode(TransportNode node)
    {
        yield return NodeIndex(node.NodeIndex);
        foreach (var tep in node.Teps)
        {
            yield return TepLabel(tep.Label);
            yield return new("tep-address", tep.Ip);
            if (tep.PoolId is { } pool)
            {
                yield return PoolAddress(pool, tep.Ip);
            }
        }
    }

    private static IEnumerable<(string Field, ResourceKey Target)> ByType(ManagedResource resource) => resource switch
    {
        NSGroup group => (group.Members ?? []).Where(member => member.TargetProperty == "id")
            .Select(member => ("members", KeyOf(new ResourceReference { TargetType = member.TargetType, TargetId = member.Value })))
            .Where(member => member.Item2 is not null).Select(member => (member.Item1, member.Item2!.Value)),
        NSServiceGroup group => Keys("members", group.Members),
        ExcludeList list => Keys("members", list.Members),
        FirewallSection section => Keys("applied_tos", section.AppliedTos).Concat(section.Rules.SelectMany(OfRule)),
        LbService { Attachment: { } attachment } => Keys("attachment", [attachment]),
        LbPool { MemberGroup.GroupingObject: { } grouping } => Keys("member_group", [grouping]),
        LogicalRouterDownLinkPort port => Port(port.LinkedLogicalSwitchPortId).Concat(Keys("service_bindings", port.ServiceBindings?.Select(binding => binding.ServiceId))),
        LogicalRouterUpLinkPort port => Port(port.LinkedLogicalSwitchPortId),
        LogicalRouterCentralizedServicePort port => Port(port.LinkedLogicalSwitchPortId),
        LogicalRouterLinkPortOnTIER1 { LinkedLogicalRouterPortId.TargetId: { } other }
            => [("linked_logical_router_port_id", ResourceKey.Of<LogicalRouterPort>(other))],
        _ => [],
    };

    private static IEnumerable<(string Field, ResourceKey Target)> OfRule(FirewallRule rule)
        => Keys("sources", rule.Sources).Concat(Keys("destinations", rule.Destinations))
            .Concat(Keys("services", rule.Services)).Concat(Keys("applied_tos", rule.AppliedTos));

    private static (string Field, ResourceKey Target)[] Port(ResourceReference? port)
        => port?.TargetId is { } id ? [("linked_logical_switch_port_id", ResourceKey.Of<LogicalPort>(id))] : [];

    private static IEnumerable<(string Field, ResourceKey Target)> Keys(string field, IEnumerable<ResourceReference>? references)
        => (references ?? []).Select(KeyOf).Where(key => key is not null).Select(key => (field, key!.Value));
}
