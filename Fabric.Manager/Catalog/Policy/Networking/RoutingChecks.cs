using System.Globalization;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>Checks of static routes, BGP and its neighbors.</summary>
internal static class RoutingChecks
{
    public static Checked<StaticRoutes> Complete(WriteScope scope, StaticRoutes? before, StaticRoutes route)
    {
        if (!IpPrefix.TryParse(route.Network, out var network) || network.Address != network.Network)
        {
            return ApiErrors.Field($"network {route.Network} must be a network such as 10.0.0.0/24");
        }

        return route.NextHops.FirstOrDefault(hop => hop.IpAddress is { } ip && IpAddress.Parse(ip).IsIpv4 != network.Address.IsIpv4) is { } stray
            ? ApiErrors.Field($"next_hops.ip_address {stray.IpAddress} is of another IP version than {route.Network}")
            : route;
    }

    public static Checked<StaticRouteBfdPeer> Complete(WriteScope scope, StaticRouteBfdPeer? before, StaticRouteBfdPeer peer)
        => peer with { BfdProfilePath = peer.BfdProfilePath ?? (scope.Model.Find<BfdProfile>(DefaultBfd) is null ? null : DefaultBfd) };

    public static Checked<BgpRoutingConfig> Complete(WriteScope scope, BgpRoutingConfig? before, BgpRoutingConfig bgp)
        => bgp.LocalAsNum is { } number && !IsAsNumber(number) ? ApiErrors.Field($"local_as_num {number} is no AS number such as 65000 or 1.10") : bgp;

    public static Checked<BgpNeighborConfig> Complete(WriteScope scope, BgpNeighborConfig? before, BgpNeighborConfig neighbor)
    {
        if (!IsAsNumber(neighbor.RemoteAsNum))
        {
            return ApiErrors.Field($"remote_as_num {neighbor.RemoteAsNum} is no AS number such as 65001 or 1.10");
        }

        if (neighbor.KeepAliveTime > neighbor.HoldDownTime)
        {
            return ApiErrors.Field($"keep_alive_time {neighbor.KeepAliveTime} is longer than hold_down_time {neighbor.HoldDownTime}");
        }

        return scope.Model.ChildrenOf<BgpNeighborConfig>(neighbor.ParentPath)
            .FirstOrDefault(other => other.Id != neighbor.Id && IpAddress.Parse(other.NeighborAddress) == IpAddress.Parse(neighbor.NeighborAddress)) is { } twin
            ? NetworkErrors.Gateway($"BGP neighbor {neighbor.NeighborAddress} is configured already as {twin.Path}.")
            : neighbor;
    }

    /// <summary>65000 or 1.10: up to 32 bits, plain or in two halves (RFC 5396).</summary>
    public static bool IsAsNumber(string text)
    {
        string[] halves = text.Split('.');
        return halves.Length switch
        {
            1 => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) && number > 0,
            2 => halves.All(half => ushort.TryParse(half, NumberStyles.None, CultureInfo.InvariantCulture, out _)),
            _ => false,
        };
    }

    private const string DefaultBfd = "/infra/bfd-profiles/default";
}
