using Fabric.Contracts.V1;
using Fabric.Packets.Addresses;
using static Fabric.Controller.Tests.TestFabric;
using Case = Fabric.Contracts.V1.HostObject.ObjectOneofCase;

namespace Fabric.Controller.Tests.Compute;

internal sealed class BindingsTests
{
    private static readonly string[] ChildAddress = ["02:00:00:00:0c:01 10.0.0.11"];

    [Test]
    public void Manual_bindings_stand_instead_of_discovered_ones()
    {
        var fabric = TwoHosts().Discover("p1", Seen("02:00:00:00:00:01", "10.0.0.99"));
        Assert.That(fabric.Model.Bindings.RealizedOf("p1").Select(binding => $"{binding.Prefix}"), Is.EqualTo(new[] { "10.0.0.1/32" }));
    }

    [Test]
    public void Discovered_bindings_become_neighbors_everywhere_on_the_switch()
    {
        var fabric = TwoHosts().With(Port("p1", "web", "v1")).Discover("p1", Seen("02:00:00:00:00:01", "10.0.0.50"));
        Assert.That(fabric.Names("n2", Case.Neighbor), Is.EqualTo(new[] { "web/10.0.0.2", "web/10.0.0.50" }));
    }

    [Test]
    public void A_childs_mac_comes_from_its_bindings_and_its_place_from_its_parent()
    {
        var fabric = TwoHosts().With(Switch("pods", 70001), Child("c1", "pods", "v1", 5, ChildAddress), Child("c2", "pods", "v2", 5))
            .Discover("c2", Seen("02:00:00:00:0c:02", "10.0.0.12"));
        Assert.That(fabric.Names("n2", Case.RemoteMac), Does.Contain("pods/02:00:00:00:0c:01"));
        Assert.That(fabric.Names("n1", Case.RemoteMac), Does.Contain("pods/02:00:00:00:0c:02"));
        Assert.That(fabric.Names("n1", Case.Port), Is.EqualTo(new[] { "c1", "p1" }));
        Assert.That(fabric.Object("n1", Case.Port, "c1").Port.ParentVifId, Is.EqualTo("v1"));
    }

    [Test]
    public void Two_children_of_one_parent_with_one_tag_are_ambiguous()
    {
        var fabric = TwoHosts().With(Child("c1", "web", "v1", 5), Child("c2", "web", "v1", 5), Child("c3", "web", "v1", 6), Child("d1", "web", "v2", 5));
        Assert.That(fabric.Object("n1", Case.Port, "c1").Port.TagAmbiguous);
        Assert.That(fabric.Object("n1", Case.Port, "c2").Port.TagAmbiguous);
        Assert.That(fabric.Object("n1", Case.Port, "c3").Port.TagAmbiguous, Is.False);
        Assert.That(fabric.Object("n2", Case.Port, "d1").Port.TagAmbiguous, Is.False);
    }

    [Test]
    public void A_duplicate_is_withheld_from_the_later_port_until_the_holder_loses_it()
    {
        var detection = new ConfigObject
        {
            Id = "detect",
            SwitchingProfile = new SwitchingProfileConfig { IsDefault = true, IpDiscovery = new IpDiscoveryProfile { DuplicateIpDetection = true } },
        };
        var fabric = TwoHosts().With(detection, Port("p1", "web", "v1"), Port("p2", "web", "v2"))
            .Discover("p1", Seen("02:00:00:00:00:01", "10.0.0.7", at: 100))
            .Discover("p2", Seen("02:00:00:00:00:02", "10.0.0.7", at: 200));
        Assert.That(fabric.Model.Bindings.RealizedOf("p2"), Is.Empty);
        Assert.That(fabric.Object("n2", Case.Port, "p2").Port.Withheld.Single().Ip, Is.EqualTo(Ip("10.0.0.7")));
        Assert.That(fabric.Object("n1", Case.Neighbor, "web/10.0.0.7").Neighbor.Mac, Is.EqualTo(Mac("02:00:00:00:00:01")));

        fabric.Discover("p1");
        Assert.That(fabric.Model.Bindings.RealizedOf("p2").Single().Address, Is.EqualTo(IpAddress.Parse("10.0.0.7")));
        Assert.That(fabric.Object("n2", Case.Port, "p2").Port.Withheld, Is.Empty);
    }

    [Test]
    public void A_port_takes_its_own_profile_before_its_switchs_and_that_before_the_default()
    {
        static ConfigObject Guard(string id, bool port, bool onSwitch, bool isDefault = false) => new()
        {
            Id = id,
            SwitchingProfile = new SwitchingProfileConfig
            {
                IsDefault = isDefault,
                SpoofGuard = new SpoofGuardProfile { PortBindings = port, SwitchBindings = onSwitch },
            },
        };
        var fabric = TwoHosts().With(Guard("d", false, false, isDefault: true));
        Assert.That(fabric.Object("n1", Case.Port, "p1").Port.SpoofGuard.PortBindings, Is.False);

        var web = Switch("web", 70000);
        web.LogicalSwitch.SwitchingProfileIds.Add("s");
        fabric.With(Guard("s", true, false), Guard("p", true, true), web);
        Assert.That(fabric.Object("n1", Case.Port, "p1").Port.SpoofGuard, Is.EqualTo(new SpoofGuardProfile { PortBindings = true }));

        var port = Port("p1", "web", "v1");
        port.LogicalPort.SwitchingProfileIds.Add("p");
        fabric.With(port);
        Assert.That(fabric.Object("n1", Case.Port, "p1").Port.SpoofGuard.SwitchBindings);
        Assert.That(fabric.Object("n2", Case.Port, "p2").Port.SpoofGuard.SwitchBindings, Is.False);
    }
}
