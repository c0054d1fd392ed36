using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Checks;

/// <summary>Checks of router ports, and their ends: the logical port of an interface, the other router's port of a link.</summary>
internal static class RouterPortChecks
{
    public static Checked<LogicalRouterPort> Complete(WriteScope scope, LogicalRouterPort? before, LogicalRouterPort port)
    {
        if (scope.Model.Find<LogicalRouter>(port.LogicalRouterId) is not { } router)
        {
            return ApiErrors.MissingReference("logical_router_id", ResourceKey.Of<LogicalRouter>(port.LogicalRouterId));
        }

        if (SubnetsOf(port) is { } subnets && CheckSubnets(scope, port, subnets) is { } wrong)
        {
            return wrong;
        }

        return port switch
        {
            LogicalRouterDownLinkPort downlink => Attach(scope, before as LogicalRouterDownLinkPort, downlink),
            LogicalRouterUpLinkPort or LogicalRouterLoopbackPort or LogicalRouterLinkPortOnTIER0 when router.RouterType == "TIER1"
                => ApiErrors.Routing($"A {port.ResourceType} belongs to a tier-0 router; {router.Id} is {router.RouterType}."),
            LogicalRouterLinkPortOnTIER1 when router.RouterType != "TIER1"
                => ApiErrors.Routing($"A {port.ResourceType} belongs to a tier-1 router; {router.Id} is {router.RouterType}."),
            LogicalRouterLinkPortOnTIER1 link => Link(scope, before as LogicalRouterLinkPortOnTIER1, link),
            _ => port,
        };
    }

    /// <summary>The services of the port with their names.</summary>
    public static LogicalRouterPort Show(FabricModel model, LogicalRouterPort port) => port.ServiceBindings is not { } bindings ? port : port with
    {
        ServiceBindings = [.. bindings.Select(binding => binding with { ServiceId = FirewallChecks.Named(model, binding.ServiceId) })],
    };

    public static ApiError? Release(WriteScope scope, LogicalRouterPort port, DeleteWishes wishes)
    {
        switch (port)
        {
            case LogicalRouterDownLinkPort { LinkedLogicalSwitchPortId.TargetId: { } linked }:
                Detach(scope, linked);
                break;
            case LogicalRouterLinkPortOnTIER1 { LinkedLogicalRouterPortId.TargetId: { } other }:
                Unlink(scope, other);
                break;
            case LogicalRouterLinkPortOnTIER0 { LinkedLogicalRouterPortId: { } other } when wishes.Cascade || wishes.Force:
                scope.Remove(ResourceKey.Of<LogicalRouterPort>(other));
                break;
            default:
                break;
        }

        return null;
    }

    public static string? LogicalPortOf(LogicalRouterPort port) => port switch
    {
        LogicalRouterDownLinkPort downlink => downlink.LinkedLogicalSwitchPortId?.TargetId,
        LogicalRouterUpLinkPort uplink => uplink.LinkedLogicalSwitchPortId?.TargetId,
        LogicalRouterCentralizedServicePort service => service.LinkedLogicalSwitchPortId?.TargetId,
        _ => null,
    };

    private static IReadOnlyList<IPSubnet>? SubnetsOf(LogicalRouterPort port) => port switch
    {
        LogicalRouterDownLinkPort downlink => downlink.Subnets,
        LogicalRouterUpLinkPort uplink => uplink.Subnets,
        LogicalRouterCentralizedServicePort service => service.Subnets,
        LogicalRouterLoopbackPort loopback => loopback.Subnets,
        _ => null,
    };

    private static IEnumerable<IpPrefix> PrefixesOf(IReadOnlyList<IPSubnet>? subnets)
        => (subnets ?? []).SelectMany(subnet => subnet.IpAddresses.Select(ip => new IpPrefix(IpAddress.Parse(ip), subnet.PrefixLength)));

    private static ApiError? CheckSubnets(WriteScope scope, LogicalRouterPort port, IReadOnlyList<IPSubnet> subnets)
    {
        foreach (var prefix in PrefixesOf(subnets))
        {
            if (prefix.Length > prefix.MaxLength)
            {
                return ApiErrors.Field($"subnets: prefix_length {prefix.Length} is too long for {prefix.Address}");
            }

            bool reserved = prefix.Address.IsIpv4 && prefix.Length < 31 && (prefix.Address == prefix.Network || prefix.Address == prefix.Last);
            if (reserved || prefix.Address.IsMulticast || prefix.Address.IsUnspecified)
            {
                return ApiErrors.Field($"subnets: {prefix} is no address an interface can have");
            }
        }

        foreach (var other in scope.Model.ReferrersOf(ResourceKey.Of<LogicalRouter>(port.LogicalRouterId)).Select(scope.Model.Find).OfType<LogicalRouterPort>().Where(other => other.Id != port.Id))
        {
            foreach (var theirs in PrefixesOf(SubnetsOf(other)))
            {
                if (PrefixesOf(subnets).FirstOrDefault(own => own.Contains(theirs.Address) || theirs.Contains(own.Address)) is { Length: > 0 } own)
                {
                    return ApiErrors.Routing($"Subnet {own} overlaps {theirs} of port {other.Id} on the same router.");
                }
            }
        }

        return null;
    }

    private static Checked<LogicalRouterPort> Attach(WriteScope scope, LogicalRouterDownLinkPort? before, LogicalRouterDownLinkPort port)
    {
        string? old = before?.LinkedLogicalSwitchPortId?.TargetId;
        string? linked = port.LinkedLogicalSwitchPortId?.TargetId;
        if (old is not null && old != linked)
        {
            Detach(scope, old);
        }

        bool nested = false;
        if (linked is not null)
        {
            if (scope.Model.Find<LogicalPort>(linked) is not { } logical)
            {
                return ApiErrors.MissingReference("linked_logical_switch_port_id", ResourceKey.Of<LogicalPort>(linked));
            }

            if (logical.Attachment is { } attachment && attachment.Id != port.Id)
            {
                return ApiErrors.AttachmentTaken(attachment.Id, ResourceKey.Of(logical));
            }

            if (logical.Attachment is null)
            {
                scope.Put(logical with { Attachment = new LogicalPortAttachment { AttachmentType = "LOGICALROUTER", Id = port.Id } });
            }

            var zone = scope.Model.Find<TransportZone>(scope.Model.Find<LogicalSwitch>(logical.LogicalSwitchId)?.TransportZoneId);
            if (zone is { TransportType: not "OVERLAY" })
            {
                return ApiErrors.Routing($"A downlink port needs a logical switch of an overlay transport zone; that of port {linked} is {zone.TransportType}.");
            }

            nested = zone?.NestedNsx == true;
        }

        var settings = scope.Model.Find<FabricSettings>(FabricSettings.TheId) ?? new FabricSettings();
        return port with
        {
            LinkedLogicalSwitchPortId = linked is null ? null : new ResourceReference
            {
                TargetType = nameof(LogicalPort),
                TargetId = linked,
                TargetDisplayName = scope.Model.Find<LogicalPort>(linked)?.DisplayName,
                IsValid = true,
            },
            MacAddress = nested ? settings.VdrMacNested : settings.VdrMac,
        };
    }

    private static void Detach(WriteScope scope, string logicalPortId)
    {
        if (scope.Model.Find<LogicalPort>(logicalPortId) is { } logical)
        {
            scope.Put(logical with { Attachment = null });
        }
    }

    /// <summary>Both ends get an address of a /31 in the tier-0's transit network.</summary>
    private static Checked<LogicalRouterPort> Link(WriteScope scope, LogicalRouterLinkPortOnTIER1? before, LogicalRouterLinkPortOnTIER1 port)
    {
        string? old = before?.LinkedLogicalRouterPortId?.TargetId;
        string? linked = port.LinkedLogicalRouterPortId?.TargetId;
        if (old == linked)
        {
            return port with { LinkedLogicalRouterPortId = before?.LinkedLogicalRouterPortId, Subnets = before?.Subnets, MacAddress = before?.MacAddress ?? Numbering.NextLinkMac(scope) };
        }

        if (old is not null)
        {
            Unlink(scope, old);
        }

        if (linked is null)
        {
            return port with { Subnets = null };
        }

        if (scope.Model.Find<LogicalRouterLinkPortOnTIER0>(linked) is not { } upper)
        {
            return ApiErrors.MissingReference("linked_logical_router_port_id", ResourceKey.Of<LogicalRouterPort>(linked));
        }

        if (upper.LinkedLogicalRouterPortId is { } other && other != port.Id)
        {
            return ApiErrors.Routing($"Router port {linked} is linked to {other} already.");
        }

        if (FreeTransit(scope, upper.LogicalRouterId) is not { } transit)
        {
            return ApiErrors.Routing($"No /31 is left in the external transit networks of router {upper.LogicalRouterId}.");
        }

        scope.Put(upper with
        {
            LinkedLogicalRouterPortId = port.Id,
            MacAddress = upper.MacAddress ?? Numbering.NextLinkMac(scope),
            Subnets = [new IPSubnet { IpAddresses = [transit.ToString()], PrefixLength = 31 }],
        });
        return port with
        {
            LinkedLogicalRouterPortId = new ResourceReference { TargetType = nameof(LogicalRouterLinkPortOnTIER0), TargetId = linked, TargetDisplayName = upper.DisplayName, IsValid = true },
            MacAddress = before?.MacAddress ?? Numbering.NextLinkMac(scope),
            Subnets = [new IPSubnet { IpAddresses = [new IpAddress(transit.Bits + 1).ToString()], PrefixLength = 31 }],
        };
    }

    private static void Unlink(WriteScope scope, string upperId)
    {
        if (scope.Model.Find<LogicalRouterLinkPortOnTIER0>(upperId) is { } upper)
        {
            scope.Put(upper with { LinkedLogicalRouterPortId = null, Subnets = null });
        }
    }

    private static IpAddress? FreeTransit(WriteScope scope, string routerId)
    {
        var taken = scope.Model.ReferrersOf(ResourceKey.Of<LogicalRouter>(routerId)).Select(scope.Model.Find).OfType<LogicalRouterLinkPortOnTIER0>()
            .SelectMany(port => port.Subnets ?? []).SelectMany(subnet => subnet.IpAddresses).ToHashSet();
        foreach (string network in scope.Model.Find<LogicalRouter>(routerId)?.AdvancedConfig?.ExternalTransitNetworks ?? [])
        {
            var prefix = IpPrefix.Parse(network);
            for (var address = prefix.Network; address < prefix.Last; address = new IpAddress(address.Bits + 2))
            {
                if (!taken.Contains(address.ToString()))
                {
                    return address;
                }
            }
        }

        return null;
    }
}
