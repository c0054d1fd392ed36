using Fabric.Packets.Addresses;
using Fabric.Packets.Flows;
using FsCheck;
using FsCheck.Fluent;

namespace Fabric.Packets.Tests.Flows;

[TestFixture]
public sealed class FlowKeyTests
{
    [Test]
    public void Both_directions_share_a_hash_and_reverse_twice_is_the_key()
        => Prop.ForAll<uint, uint, ushort>((source, destination, port) =>
        {
            var key = new FlowKey(IpAddress.FromIpv4(source), IpAddress.FromIpv4(destination), port, (ushort)(port ^ source), IpProtocol.Tcp);
            return key.SymmetricHash() == key.Reverse().SymmetricHash()
                && key.Reverse().Reverse() == key
                && key.IsReverseOf(key.Reverse());
        }).QuickCheckThrowOnFailure();

    [Test]
    public void An_answer_belongs_to_its_request_and_a_request_from_the_other_side_does_not()
    {
        var here = IpAddress.Parse("10.0.0.1");
        var there = IpAddress.Parse("10.0.0.2");
        var request = FlowKey.IcmpRequest(here, there, IpProtocol.Icmp, 8, 77);

        Assert.That(FlowKey.IcmpReply(there, here, IpProtocol.Icmp, 8, 77), Is.EqualTo(request.Reverse()));
        Assert.That(FlowKey.IcmpRequest(there, here, IpProtocol.Icmp, 8, 77), Is.Not.EqualTo(request.Reverse()));
    }

    [Test]
    public void Neighboring_flows_spread_over_a_table()
    {
        var places = new HashSet<uint>();
        for (uint host = 0; host < 64; host++)
        {
            for (ushort port = 0; port < 64; port++)
            {
                var key = new FlowKey(
                    IpAddress.FromIpv4(0x0A00_0000 + host), IpAddress.FromIpv4(0x0A00_0100), (ushort)(40_000 + port), 443, IpProtocol.Tcp);
                places.Add(key.SymmetricHash() & 0xFFFF);
            }
        }

        Assert.That(places, Has.Count.GreaterThan(3_900), "of 4096 flows over 65536 places"); // a perfect spread gives 3968
    }
}
