using Fabric.Contracts.V1;
using Fabric.Packets.Addresses;
using static Fabric.Controller.Tests.TestFabric;
using Case = Fabric.Contracts.V1.HostObject.ObjectOneofCase;

namespace Fabric.Controller.Tests.Compute;

internal sealed class RoutingTests
{
    private readonly TestFabric _fabric = new TestFabric()
        .With(ZoneOf(), Node("n1", 1), Switch("web", 70000), Switch("db", 70001), Router("t0", "TIER0"), Router("a"), Router("b"), Port("p1", "web", "v1"))
        .With([.. Downlink("a", "web", "10.0.0.254/24"), .. Downlink("b", "db", "10.0.1.254/24"), .. Link("t0", "a"), .. Link("t0", "b")])
        .Attach("n1", "v1");

    [Test]
    public void Interfaces_carry_the_vdr_mac()
    {
        var item = _fabric.Object("n1", Case.Router, "a").Router.Interfaces.Single();
        Assert.That((item.SwitchId, item.PortId, item.UrpfStrict), Is.EqualTo(("web", "rp-a-web", true)));
        Assert.That(item.Mac, Is.EqualTo(Mac("02:50:56:56:44:52")));
    }

    [Test]
    public void A_nested_zone_uses_the_other_vdr_mac()
    {
        var zone = ZoneOf();
        zone.TransportZone.NestedNsx = true;
        _fabric.With(zone);
        Assert.That(_fabric.Object("n1", Case.Router, "a").Router.Interfaces.Single().Mac, Is.EqualTo(Mac("02:50:56:56:44:53")));
        Assert.That(_fabric.Object("n1", Case.Settings, "n1").Settings.VdrMac, Is.EqualTo(Mac("02:50:56:56:44:53")));
    }

    [Test]
    public void A_tier_1_defaults_to_its_tier_0_which_routes_to_each_tier_1()
    {
        Assert.That(Routes("a"), Is.EqualTo(new[] { "0.0.0.0/0 > t0", "::/0 > t0" }));
        Assert.That(Routes("t0"), Is.EqualTo(new[] { "10.0.0.0/24 > a", "10.0.1.0/24 > b" }));
    }

    [Test]
    public void A_tier_1_that_advertises_nothing_is_unreachable_but_for_what_its_rules_allow()
    {
        var quiet = Router("a");
        quiet.LogicalRouter.Advertisement = new AdvertisementSettings();
        _fabric.With(quiet);
        Assert.That(Routes("t0"), Is.EqualTo(new[] { "10.0.1.0/24 > b" }));

        var ruled = quiet.Clone();
        ruled.LogicalRouter.Advertisement.Rules.Add(new AdvertisedNetworks { Networks = { new InterfaceAddress { Ip = Ip("10.0.0.0"), PrefixLength = 16 } } });
        _fabric.With(ruled);
        Assert.That(Routes("t0"), Is.EqualTo(new[] { "10.0.0.0/24 > a", "10.0.1.0/24 > b" }));
    }

    [Test]
    public void Static_routes_keep_their_next_hops_and_without_any_are_black_holes()
    {
        var router = Router("a");
        router.LogicalRouter.StaticRoutes.Add(new StaticRouteConfig { Network = Ip("172.16.0.0"), PrefixLength = 12, NextHops = { Ip("10.0.0.1") } });
        router.LogicalRouter.StaticRoutes.Add(new StaticRouteConfig { Network = Ip("198.51.100.0"), PrefixLength = 24 });
        _fabric.With(router);
        var routes = _fabric.Object("n1", Case.Router, "a").Router.Routes;
        Assert.That(routes[0].NextHops, Is.EqualTo(new[] { Ip("10.0.0.1") }));
        Assert.That(routes[1].NextHops, Is.Empty);
        Assert.That(routes[1].NextRouterId, Is.Empty);
    }

    private string[] Routes(string router)
        => [.. _fabric.Object("n1", Case.Router, router).Router.Routes
            .Select(route => IpAddress.TryRead(route.Network.Span, out var ip) ? $"{new IpPrefix(ip, (int)route.PrefixLength)} > {route.NextRouterId}" : "?")];
}
