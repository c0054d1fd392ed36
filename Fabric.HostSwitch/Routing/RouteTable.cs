using System.Collections.Frozen;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Routing;

/// <summary>Longest-prefix match: one hash table per prefix length in use, longest first. Flows are cached, so first packets pay only.</summary>
internal sealed class RouteTable
{
    private readonly Level[] _ipv4;
    private readonly Level[] _ipv6;

    private RouteTable(Level[] ipv4, Level[] ipv6) => (_ipv4, _ipv6) = (ipv4, ipv6);

    public static RouteTable Empty { get; } = new([], []);

    /// <summary>Of two routes to one prefix the first given stands.</summary>
    public static RouteTable Build(IEnumerable<(IpPrefix Prefix, Route Route)> routes)
    {
        var all = routes.ToArray();
        return new RouteTable(LevelsOf(all, ipv4: true), LevelsOf(all, ipv4: false));
    }

    public bool TryFind(IpAddress destination, out Route route, out int prefixLength)
    {
        foreach (var level in destination.IsIpv4 ? _ipv4 : _ipv6)
        {
            if (level.Routes.TryGetValue(destination.Bits & level.Mask, out var found))
            {
                route = found;
                prefixLength = level.Length;
                return true;
            }
        }

        route = null!;
        prefixLength = 0;
        return false;
    }

    private static Level[] LevelsOf((IpPrefix Prefix, Route Route)[] routes, bool ipv4)
        => [.. routes
            .Where(entry => entry.Prefix.Address.IsIpv4 == ipv4)
            .GroupBy(entry => entry.Prefix.Length)
            .OrderByDescending(group => group.Key)
            .Select(group => new Level(
                group.Key,
                MaskOf(group.Key, ipv4),
                group.GroupBy(entry => entry.Prefix.Network.Bits).ToFrozenDictionary(same => same.Key, same => same.First().Route)))];

    private static UInt128 MaskOf(int length, bool ipv4)
    {
        int hostBits = (ipv4 ? 32 : 128) - length;
        return hostBits >= 128 ? UInt128.Zero : UInt128.MaxValue << hostBits;
    }

    private readonly record struct Level(int Length, UInt128 Mask, FrozenDictionary<UInt128, Route> Routes);
}
