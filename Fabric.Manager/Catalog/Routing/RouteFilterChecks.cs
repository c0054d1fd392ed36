using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Routing;

/// <summary>Checks of what filters and redistributes routes, and of the neighbors they come from.</summary>
internal static class RouteFilterChecks
{
    public static Checked<IPPrefixList> Complete(WriteScope scope, IPPrefixList? before, IPPrefixList list)
    {
        foreach (var (prefix, at) in list.Prefixes.Select((prefix, at) => (prefix, at)))
        {
            int shortest = prefix.Network is { } network ? IpPrefix.Parse(network).Length : 0;
            if (prefix.Ge is { } least && (least < shortest || least > (prefix.Le ?? 128)))
            {
                return ApiErrors.Field($"prefixes[{at}].ge {least} must be between the prefix length {shortest} and le");
            }

            if (prefix.Le is { } most && most < shortest)
            {
                return ApiErrors.Field($"prefixes[{at}].le {most} must not be below the prefix length {shortest}");
            }
        }

        return list;
    }

    public static Checked<RouteMap> Complete(WriteScope scope, RouteMap? before, RouteMap map)
    {
        foreach (var (step, at) in map.Sequences.Select((step, at) => (step, at)))
        {
            if (step.MatchCriteria is { IpPrefixLists: not null, MatchCommunityExpression: not null })
            {
                return ApiErrors.Field($"sequences[{at}].match_criteria may have ip_prefix_lists or match_community_expression, not both");
            }
        }

        return map;
    }

    public static Checked<BgpNeighbor> Complete(WriteScope scope, BgpNeighbor? before, BgpNeighbor neighbor)
    {
        if (scope.Model.Find<LogicalRouter>(neighbor.LogicalRouterId)?.RouterType != "TIER0")
        {
            return ApiErrors.Routing($"Router {neighbor.LogicalRouterId} is no TIER0 router, so it has no BGP neighbors.");
        }

        if (neighbor.RemoteAs is null && neighbor.RemoteAsNum is null)
        {
            return ApiErrors.Field("remote_as_num may not be null");
        }

        if (neighbor.HoldDownTimer < neighbor.KeepAliveTimer)
        {
            return ApiErrors.Field($"hold_down_timer {neighbor.HoldDownTimer} must not be below keep_alive_timer {neighbor.KeepAliveTimer}");
        }

        return scope.Model.All<BgpNeighbor>().Any(other => other.Id != neighbor.Id && other.LogicalRouterId == neighbor.LogicalRouterId && other.NeighborAddress == neighbor.NeighborAddress)
            ? ApiErrors.Routing($"Router {neighbor.LogicalRouterId} has a neighbor {neighbor.NeighborAddress} already.")
            : neighbor with
            {
                RemoteAsNum = neighbor.RemoteAsNum ?? $"{neighbor.RemoteAs}",
                RemoteAs = neighbor.RemoteAs ?? (long.TryParse(neighbor.RemoteAsNum, out long number) ? number : null),
            };
    }
}
