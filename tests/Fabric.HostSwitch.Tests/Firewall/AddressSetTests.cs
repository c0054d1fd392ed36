using Fabric.Contracts.V1;
using Fabric.HostSwitch.Firewall;
using Fabric.Packets.Addresses;
using Google.Protobuf;

namespace Fabric.HostSwitch.Tests.Firewall;

[TestFixture]
public sealed class AddressSetTests
{
    [Test]
    public void It_holds_what_its_ranges_hold_however_they_overlap([Range(1, 20)] int seed)
    {
        var chance = new Random(seed);
        var said = new HostAddressSet();
        var ranges = new List<(uint First, uint Last)>();
        for (int number = chance.Next(30); number > 0; number--)
        {
            uint first = (uint)chance.Next(1_000);
            ranges.Add((first, first + (uint)chance.Next(40)));
            said.Ranges.Add(Range(IpAddress.FromIpv4(first), IpAddress.FromIpv4(ranges[^1].Last)));
        }

        said.Ranges.Add(Range(IpAddress.Parse("fd00::5"), IpAddress.Parse("fd00::9")));
        Assert.That(AddressSet.TryCreate(said, out var set, out string reason), Is.True, reason);
        for (uint address = 0; address < 1_100; address++)
        {
            Assert.That(set.Contains(IpAddress.FromIpv4(address)), Is.EqualTo(ranges.Exists(range => address >= range.First && address <= range.Last)));
        }

        Assert.That(set.Contains(IpAddress.Parse("fd00::7")), Is.True);
        Assert.That(set.Contains(IpAddress.Parse("fd00::4")), Is.False);
        Assert.That(set.Contains(IpAddress.Parse("fd00::a")), Is.False);
    }

    [Test]
    public void The_ends_of_both_families_are_addresses_too()
    {
        var said = new HostAddressSet
        {
            Ranges =
            {
                Range(IpAddress.Parse("255.255.255.255"), IpAddress.Parse("255.255.255.255")),
                Range(IpAddress.Parse("0.0.0.0"), IpAddress.Parse("0.0.0.0")),
                Range(IpAddress.Parse("ffff::"), IpAddress.Parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")),
            },
        };
        Assert.That(AddressSet.TryCreate(said, out var set, out _), Is.True);
        Assert.That(set.Contains(IpAddress.Parse("255.255.255.255")), Is.True);
        Assert.That(set.Contains(IpAddress.Parse("0.0.0.0")), Is.True);
        Assert.That(set.Contains(IpAddress.Parse("0.0.0.1")), Is.False);
        Assert.That(set.Contains(IpAddress.Parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")), Is.True);
    }

    [Test]
    public void A_range_that_is_none_is_refused_by_its_reason()
    {
        var falling = new HostAddressSet { Ranges = { Range(IpAddress.Parse("10.0.0.2"), IpAddress.Parse("10.0.0.1")) } };
        Assert.That(AddressSet.TryCreate(falling, out _, out string reason), Is.False);
        Assert.That(reason, Does.Contain("rising order"));
        Assert.That(AddressSet.TryCreate(new HostAddressSet { Macs = { ByteString.CopyFrom(1, 2) } }, out _, out _), Is.False);
    }

    private static IpRange Range(IpAddress first, IpAddress last)
        => new() { First = ByteString.CopyFrom(first.ToBytes()), Last = ByteString.CopyFrom(last.ToBytes()) };
}
