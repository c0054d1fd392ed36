using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Checks;

/// <summary>Checks of logical switches, logical ports and their profiles.</summary>
internal static class SwitchingChecks
{
    private const int MostUniqueBindings = 128;

    public static Checked<LogicalSwitch> Complete(WriteScope scope, LogicalSwitch? before, LogicalSwitch logical)
    {
        bool overlay = scope.Model.Find<TransportZone>(logical.TransportZoneId) is { TransportType: "OVERLAY" };
        var error = overlay ? CheckOverlay(scope, before, logical) : CheckVlan(logical);
        error ??= CheckTrunk(logical.VlanTrunkSpec) ?? CheckBindings(logical.AddressBindings, "address_bindings");
        if (error is not null)
        {
            return error;
        }

        var (profiles, wrong) = Profiles(scope, logical.SwitchingProfileIds);
        if (wrong is not null)
        {
            return wrong;
        }

        if (overlay && logical.Vni is null or 0)
        {
            if (Numbering.NextVni(scope) is not { } vni)
            {
                return ApiErrors.VnisExhausted();
            }

            logical = logical with { Vni = vni };
        }

        logical = overlay ? logical with { Vlan = null } : logical with { ReplicationMode = null };

        return logical with { Hybrid = logical.Hybrid ?? false, SwitchingProfileIds = WithDefaults(scope, profiles) };
    }

    /// <summary>cascade takes the ports along, detach also those that something is attached to.</summary>
    public static ApiError? Release(WriteScope scope, LogicalSwitch logical, DeleteWishes wishes)
    {
        var ports = scope.Model.ReferrersOf(ResourceKey.Of(logical)).Select(scope.Model.Find).OfType<LogicalPort>().ToList();
        if (!wishes.Cascade)
        {
            return null; // those that are left block the delete
        }

        foreach (var port in ports)
        {
            if (Release(scope, port, wishes) is { } error)
            {
                return error;
            }

            var others = scope.Model.ReferrersOf(ResourceKey.Of(port));
            if (others.Count > 0)
            {
                return ApiErrors.InUse(ResourceKey.Of(port), others);
            }

            scope.Remove(ResourceKey.Of(port));
        }

        return null;
    }

    public static Checked<LogicalPort> Complete(WriteScope scope, LogicalPort? before, LogicalPort port)
    {
        var error = CheckAttachment(scope, port) ?? CheckBindings(port.AddressBindings, "address_bindings") ?? CheckBindings(port.IgnoreAddressBindings, "ignore_address_bindings");
        if (error is not null)
        {
            return error;
        }

        if (before?.Attachment is { AttachmentType: "LOGICALROUTER" } routed && port.Attachment != routed
            && scope.Model.Find<LogicalRouterPort>(routed.Id) is not null)
        {
            return ApiErrors.Switching($"Logical port {port.Id} is attached to router port {routed.Id}; delete that one first.");
        }

        var (profiles, wrong) = Profiles(scope, port.SwitchingProfileIds);
        if (wrong is not null)
        {
            return wrong;
        }

        var (allocation, exhausted) = PortAllocations.Settle(scope, before, port);
        return exhausted is not null
            ? exhausted
            : port with { Allocation = allocation, SwitchingProfileIds = profiles, AddressBindings = port.AddressBindings is { } bindings ? [.. bindings.Distinct()] : [] };
    }

    public static ApiError? Release(WriteScope scope, LogicalPort port, DeleteWishes wishes)
    {
        if (port.Attachment is { AttachmentType: "LOGICALROUTER" } routed && scope.Model.Find<LogicalRouterPort>(routed.Id) is { } interfacePort)
        {
            return ApiErrors.InUse(ResourceKey.Of(port), [ResourceKey.Of(interfacePort)]);
        }

        if (port.Attachment is not null && !wishes.Detach)
        {
            return ApiErrors.PortAttached(port.Id);
        }

        PortAllocations.Release(scope, port);
        return null;
    }

    public static bool IsContainerPort(LogicalPort port) => port.Attachment?.Context is VifAttachmentContext { VifType: "CHILD" };

    /// <summary>A QoS profile always has all three shapers; those that nobody asked for are off.</summary>
    public static Checked<BaseSwitchingProfile> Complete(WriteScope scope, BaseSwitchingProfile? before, BaseSwitchingProfile profile)
        => profile is not QosSwitchingProfile qos ? profile : qos with
        {
            Dscp = qos.Dscp ?? new Dscp(),
            ShaperConfiguration =
            [
                .. qos.ShaperConfiguration ?? [],
                .. new QosBaseRateShaper[] { new IngressRateShaper(), new IngressBroadcastRateShaper(), new EgressRateShaper() }
                    .Where(shaper => qos.ShaperConfiguration?.Any(own => own.GetType() == shaper.GetType()) != true),
            ],
        };

    /// <summary>unbind takes the profile off the switches and ports that use it.</summary>
    public static ApiError? Release(WriteScope scope, BaseSwitchingProfile profile, DeleteWishes wishes)
    {
        foreach (var user in wishes.Unbind ? scope.Model.ReferrersOf(ResourceKey.Of(profile)).Select(scope.Model.Find).ToList() : [])
        {
            ManagedResource unbound = user switch
            {
                LogicalSwitch logical => logical with { SwitchingProfileIds = Defaulted(scope, logical.SwitchingProfileIds, profile) },
                LogicalPort port => port with { SwitchingProfileIds = [.. (port.SwitchingProfileIds ?? []).Where(entry => entry.Value != profile.Id)] },
                _ => throw new InvalidOperationException($"{user} uses a switching profile"),
            };
            scope.Put(unbound);
        }

        return null;
    }

    private static List<SwitchingProfileTypeIdEntry> Defaulted(WriteScope scope, IReadOnlyList<SwitchingProfileTypeIdEntry>? entries, BaseSwitchingProfile gone)
        => WithDefaults(scope, [.. (entries ?? []).Where(entry => entry.Value != gone.Id)]);

    private static ApiError? CheckOverlay(WriteScope scope, LogicalSwitch? before, LogicalSwitch logical)
    {
        if (logical.ReplicationMode is null)
        {
            return ApiErrors.Field("replication_mode may not be null for a logical switch in an overlay transport zone");
        }

        if (logical.Vlan is not (null or 0)) // old Go clients send 0 for none
        {
            return ApiErrors.Field("vlan must be null for a logical switch in an overlay transport zone");
        }

        return logical.Vni is { } vni and > 0 && before?.Vni != vni ? PoolChecks.CheckVni(scope, vni) : null;
    }

    private static ApiError? CheckVlan(LogicalSwitch logical)
    {
        if (logical.VlanTrunkSpec is null ? logical.Vlan is null : logical.Vlan is not (null or 0))
        {
            return ApiErrors.Field("vlan or vlan_trunk_spec, one of them, is needed for a logical switch in a VLAN transport zone");
        }

        // A replication mode is taken and dropped: it says nothing there, and clients send one all the same.
        return logical.Vni is > 0 ? ApiErrors.Field("vni must be null for a logical switch in a VLAN transport zone") : null;
    }

    private static ApiError? CheckTrunk(VlanTrunkSpec? trunk)
        => (trunk?.VlanRanges ?? []).Any(range => range.End < range.Start) ? ApiErrors.Field("vlan_trunk_spec.vlan_ranges has a range that ends before it starts") : null;

    private static ApiError? CheckBindings(IReadOnlyList<PacketAddressClassifier>? bindings, string field)
    {
        foreach (var (binding, at) in (bindings ?? []).Select((binding, at) => (binding, at)))
        {
            if (binding.IpAddress is null && binding.MacAddress is null)
            {
                return ApiErrors.Field($"{field}[{at}] needs an ip_address or a mac_address");
            }

            if (binding.IpAddress is { } ip && IpPrefix.TryParse(ip, out var prefix) && prefix.Length < prefix.MaxLength && prefix.Address != prefix.Network)
            {
                return ApiErrors.Field($"{field}[{at}].ip_address {ip} has host bits set; the subnet is {prefix.Network}/{prefix.Length}");
            }
        }

        return (bindings ?? []).Distinct().Count() > MostUniqueBindings ? ApiErrors.Field($"{field} has more than {MostUniqueBindings} different bindings") : null;
    }

    private static ApiError? CheckAttachment(WriteScope scope, LogicalPort port)
    {
        if (port.Attachment is not { } attachment)
        {
            return null;
        }

        if (attachment.Context is VifAttachmentContext { VifType: "CHILD" } child)
        {
            if (string.IsNullOrEmpty(child.ParentVifId) || child.TrafficTag is null)
            {
                return ApiErrors.Field("attachment.context.parent_vif_id and attachment.context.traffic_tag may not be null for vif_type CHILD");
            }
        }

        if (attachment.Context is VifAttachmentContext { VifType: "INDEPENDENT", TransportNodeUuid: null })
        {
            return ApiErrors.Field("attachment.context.transport_node_uuid may not be null for vif_type INDEPENDENT");
        }

        return scope.Model.HolderOf(ResourceLinks.Attachment(attachment)) is { } holder && holder != ResourceKey.Of(port)
            ? ApiErrors.AttachmentTaken(attachment.Id, holder)
            : null;
    }

    /// <summary>Each names a profile of its key's kind, and one of a kind at most; the key is filled in where it was left out.</summary>
    private static (List<SwitchingProfileTypeIdEntry> Profiles, ApiError? Error) Profiles(WriteScope scope, IReadOnlyList<SwitchingProfileTypeIdEntry>? entries)
    {
        var found = new List<SwitchingProfileTypeIdEntry>();
        foreach (var (entry, at) in (entries ?? []).Select((entry, at) => (entry, at)))
        {
            if (scope.Model.Find<BaseSwitchingProfile>(entry.Value) is not { } profile)
            {
                return (found, ApiErrors.MissingReference($"switching_profile_ids[{at}].value", ResourceKey.Of<BaseSwitchingProfile>(entry.Value)));
            }

            if (entry.Key is { } key && key != profile.ResourceType)
            {
                return (found, ApiErrors.Field($"switching_profile_ids[{at}]: {entry.Value} is a {profile.ResourceType}, not a {key}"));
            }

            if (found.Any(other => other.Key == profile.ResourceType))
            {
                return (found, ApiErrors.Field($"switching_profile_ids names two profiles of type {profile.ResourceType}"));
            }

            found.Add(new SwitchingProfileTypeIdEntry { Key = profile.ResourceType, Value = profile.Id });
        }

        return (found, null);
    }

    private static List<SwitchingProfileTypeIdEntry> WithDefaults(WriteScope scope, List<SwitchingProfileTypeIdEntry> entries)
        => [.. entries, .. scope.Model.All<BaseSwitchingProfile>()
            .Where(profile => profile.IsDefault && entries.TrueForAll(entry => entry.Key != profile.ResourceType))
            .Select(profile => new SwitchingProfileTypeIdEntry { Key = profile.ResourceType, Value = profile.Id })];
}
