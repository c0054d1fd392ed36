using System.Collections.Immutable;
using Fabric.Contracts.V1;
using Fabric.Controller.Derivation;
using Fabric.Controller.Intent;
using Fabric.Packets.Addresses;
using Google.Protobuf;

namespace Fabric.Controller.Compute;

/// <summary>
/// Routers, the switches they connect and the routes they hold. Every node runs the same distributed routers, a tier-1's linked to
/// its tier-0's inside the host (reference: nsx-dataplane.md, 5.1 to 5.3).
/// </summary>
internal sealed class Routing
{
    /// <summary>The MAC of every distributed router's interface on every host, unless settings say otherwise (5.2).</summary>
    public static readonly MacAddress VdrMac = new(0x0250_5656_4452);

    // The one kind of port that lives on every host; the others are the service routers' (5.1).
    private const string Downlink = "LogicalRouterDownLinkPort";

    private static readonly MacAddress NestedVdrMac = new(0x0250_5656_4453);

    private readonly FabricIntent _intent;
    private readonly InverseIndex _portsOnSwitch;
    private readonly Derived<string, string> _upstream;
    private readonly Derived<string, ImmutableSortedSet<string>> _linked;
    private readonly Derived<string, ImmutableSortedSet<string>> _switches;
    private readonly Derived<string, ImmutableSortedSet<string>> _rootsOnSwitch;

    public Routing(DerivationGraph graph, FabricIntent intent)
    {
        _intent = intent;
        _portsOnSwitch = new InverseIndex(graph, port => SwitchOf(port) is { } id ? Sets.Empty.Add(id) : Sets.Empty);
        intent.RouterPorts.Drive(_portsOnSwitch);
        _upstream = new Derived<string, string>(graph, FindUpstream);
        _linked = new Derived<string, ImmutableSortedSet<string>>(graph, FindLinked, Sets.Comparer);
        _switches = new Derived<string, ImmutableSortedSet<string>>(graph, FindSwitches, Sets.Comparer);
        _rootsOnSwitch = new Derived<string, ImmutableSortedSet<string>>(graph, FindRoots, Sets.Comparer);
    }

    /// <summary>
    /// The trees of linked routers that have an interface on a switch, each named by its top: a tier-0 with its tier-1s, or a
    /// tier-1 alone.
    /// </summary>
    public ImmutableSortedSet<string> RootsOn(string switchId) => _rootsOnSwitch[switchId];

    public IEnumerable<string> RoutersUnder(string root) => _linked[root].Add(root);

    public ImmutableSortedSet<string> SwitchesUnder(string root) => _switches[root];

    public HostRouter? Describe(string routerId)
    {
        if (_intent.Routers[routerId] is not { } router)
        {
            return null;
        }

        var result = new HostRouter { DisplayName = router.DisplayName };
        result.Interfaces.AddRange(InterfacesOf(routerId));
        result.Routes.AddRange(router.StaticRoutes.Select(Static));
        if (_upstream[routerId] is { Length: > 0 } upstream)
        {
            result.Routes.Add(Via(new IpPrefix(IpAddress.FromIpv4(0), 0), upstream));
            result.Routes.Add(Via(new IpPrefix(new IpAddress(0), 0), upstream));
        }

        foreach (string below in _linked[routerId])
        {
            result.Routes.AddRange(AdvertisedBy(below).Select(subnet => Via(subnet, below)));
        }

        return result;
    }

    /// <summary>The MAC of router interfaces on a switch: another one where a fabric runs inside a fabric.</summary>
    public MacAddress VdrMacOf(string zoneId)
    {
        bool nested = _intent.Zones[zoneId] is { NestedNsx: true };
        var settings = _intent.Settings.Ids.Select(id => _intent.Settings[id]).FirstOrDefault();
        var stated = nested ? settings?.VdrMacNested : settings?.VdrMac;
        return stated is { Length: MacAddress.Length } ? MacAddress.Read(stated.Span) : nested ? NestedVdrMac : VdrMac;
    }

    private IEnumerable<HostRouterInterface> InterfacesOf(string routerId)
    {
        foreach (string portId in _intent.PortsOfRouter[routerId])
        {
            if (SwitchOf(portId) is not { } switchId || _intent.Switches[switchId] is not { } segment)
            {
                continue;
            }

            var port = _intent.RouterPorts[portId]!;
            var item = new HostRouterInterface
            {
                PortId = portId,
                SwitchId = switchId,
                Mac = ByteString.CopyFrom(VdrMacOf(segment.TransportZoneId).ToBytes()),
                UrpfStrict = port.UrpfStrict,
            };
            item.Addresses.AddRange(port.Addresses);
            yield return item;
        }
    }

    /// <summary>What a tier-1 tells its tier-0: by rule, else by kind of route (5.8).</summary>
    private IEnumerable<IpPrefix> AdvertisedBy(string tier1)
    {
        var router = _intent.Routers[tier1]!;
        var settings = router.Advertisement ?? new AdvertisementSettings { Connected = true };
        var connected = InterfacesOf(tier1).SelectMany(item => item.Addresses).Select(SubnetOf).OfType<IpPrefix>()
            .Where(subnet => IsTold(subnet, settings.Connected));
        var stated = router.StaticRoutes.Select(route => SubnetOf(new InterfaceAddress { Ip = route.Network, PrefixLength = route.PrefixLength }))
            .OfType<IpPrefix>()
            .Where(subnet => IsTold(subnet, settings.StaticRoutes));
        return connected.Concat(stated).Distinct();

        bool IsTold(IpPrefix subnet, bool otherwise)
            => settings.Rules.FirstOrDefault(rule => rule.Networks.Select(SubnetOf).OfType<IpPrefix>()
                .Any(network => network.Length <= subnet.Length && network.Contains(subnet.Address))) is { } rule ? !rule.Deny : otherwise;
    }

    private string? SwitchOf(string routerPortId)
        => _intent.RouterPorts[routerPortId] is { PortType: Downlink, LinkedLogicalPortId.Length: > 0 } port
            ? _intent.Ports[port.LinkedLogicalPortId]?.LogicalSwitchId
            : null;

    private ImmutableSortedSet<string> FindRoots(string switchId)
        => Sets.Of(_portsOnSwitch[switchId]
            .Select(port => _intent.RouterPorts[port]?.LogicalRouterId)
            .OfType<string>()
            .Where(router => _intent.Routers[router] is not null)
            .Select(router => _upstream[router] is { Length: > 0 } upstream ? upstream : router));

    private string FindUpstream(string routerId)
        => _intent.Routers[routerId] is { RouterType: "TIER1" }
            ? PeersOf(routerId).FirstOrDefault(peer => _intent.Routers[peer] is { RouterType: not "TIER1" }) ?? ""
            : "";

    private ImmutableSortedSet<string> FindLinked(string routerId)
        => _intent.Routers[routerId] is { RouterType: not "TIER1" }
            ? Sets.Of(PeersOf(routerId).Where(peer => _intent.Routers[peer] is { RouterType: "TIER1" }))
            : Sets.Empty;

    /// <summary>The routers at the other ends of a router's links; either end may be the one that names the other.</summary>
    private IEnumerable<string> PeersOf(string routerId)
    {
        foreach (string portId in _intent.PortsOfRouter[routerId])
        {
            string named = _intent.RouterPorts[portId]!.LinkedRouterPortId;
            IEnumerable<string> ends = _intent.RouterPortsByPeer[portId];
            foreach (string end in named.Length > 0 ? ends.Append(named) : ends)
            {
                if (_intent.RouterPorts[end] is { } peer)
                {
                    yield return peer.LogicalRouterId;
                }
            }
        }
    }

    private ImmutableSortedSet<string> FindSwitches(string root)
        => Sets.Of(RoutersUnder(root).SelectMany(router => _intent.PortsOfRouter[router]).Select(SwitchOf).OfType<string>());

    private static HostRoute Static(StaticRouteConfig route)
    {
        var result = new HostRoute { Network = route.Network, PrefixLength = route.PrefixLength };
        result.NextHops.AddRange(route.NextHops);
        return result;
    }

    private static HostRoute Via(IpPrefix subnet, string router) => new()
    {
        Network = ByteString.CopyFrom(subnet.Network.ToBytes()),
        PrefixLength = (uint)subnet.Length,
        NextRouterId = router,
    };

    private static IpPrefix? SubnetOf(InterfaceAddress address)
        => IpAddress.TryRead(address.Ip.Span, out var ip) && address.PrefixLength <= ip.Length * 8
            ? new IpPrefix(new IpPrefix(ip, (int)address.PrefixLength).Network, (int)address.PrefixLength)
            : null;
}
