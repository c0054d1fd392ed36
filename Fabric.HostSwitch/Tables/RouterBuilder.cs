using System.Collections.Frozen;
using Fabric.Contracts.V1;
using Fabric.HostSwitch.Routing;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Tables;

/// <summary>Compiles the distributed routers of an intent: interfaces first, then the routes that point at them and at each other.</summary>
internal sealed class RouterBuilder(HostIntent intent, FrozenDictionary<string, Segment> segments, MacAddress vdrMac)
{
    private const int DefaultMtu = 1500;

    public FrozenDictionary<string, LogicalRouter> Build()
    {
        var routers = intent.Routers.ToFrozenDictionary(
            entry => entry.Key,
            entry => new LogicalRouter { Id = entry.Key, DisplayName = entry.Value.DisplayName });
        foreach (var (id, router) in routers)
        {
            router.Interfaces = [.. intent.Routers[id].Interfaces.Select(from => Interface(router, from))];
        }

        foreach (var (id, router) in routers)
        {
            router.Routes = RouteTable.Build(Routes(router, intent.Routers[id], routers));
        }

        foreach (var group in routers.Values.SelectMany(router => router.Interfaces).Where(own => own.Segment is not null).GroupBy(own => own.Segment!))
        {
            group.Key.Gateways = [.. group];
        }

        return routers;
    }

    private RouterInterface Interface(LogicalRouter router, HostRouterInterface from) => new()
    {
        PortId = from.PortId,
        Router = router,
        Segment = segments.GetValueOrDefault(from.SwitchId),
        Mac = from.Mac.Length == MacAddress.Length ? MacAddress.Read(from.Mac.Span) : vdrMac,
        Addresses = [.. from.Addresses.Where(address => address.Ip.Length is 4 or 16).Select(address => Prefix(address.Ip, address.PrefixLength))],
        IsUrpfStrict = from.UrpfStrict,
        Mtu = from.Mtu == 0 ? DefaultMtu : (int)from.Mtu,
    };

    private static IEnumerable<(IpPrefix Prefix, Route Route)> Routes(
        LogicalRouter router, HostRouter from, FrozenDictionary<string, LogicalRouter> routers)
    {
        // A link to another router of this host has a subnet and no wire: its far address is that router's own.
        foreach (var own in router.Interfaces.Where(own => own.Segment is not null))
        {
            foreach (var address in own.Addresses)
            {
                yield return (address, new Route.Connected(own));
            }
        }

        foreach (var route in from.Routes.Where(route => route.Network.Length is 4 or 16))
        {
            var prefix = Prefix(route.Network, route.PrefixLength);
            if (route.NextRouterId.Length > 0)
            {
                if (routers.TryGetValue(route.NextRouterId, out var next))
                {
                    yield return (prefix, new Route.Continue(next));
                }
            }
            else if (route.NextHops.Count == 0)
            {
                yield return (prefix, new Route.BlackHole());
            }
            else
            {
                var hops = route.NextHops
                    .Where(hop => hop.Length is 4 or 16)
                    .Select(hop => IpAddress.TryRead(hop.Span, out var address) ? address : default)
                    .SelectMany(hop => router.Interfaces
                        .Where(own => own.Segment is not null && own.Addresses.Any(address => address.Contains(hop)))
                        .Take(1)
                        .Select(own => new NextHop(own, hop)))
                    .ToArray();
                if (hops.Length > 0)
                {
                    yield return (prefix, new Route.Via(hops));
                }
            }
        }
    }

    private static IpPrefix Prefix(Google.Protobuf.ByteString bytes, uint length)
    {
        IpAddress.TryRead(bytes.Span, out var address);
        return new IpPrefix(address, (int)Math.Min(length, (uint)bytes.Length * 8));
    }
}
