using Fabric.HostSwitch.Firewall;
using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Addresses;
using Fabric.Packets.Flows;

namespace Fabric.HostSwitch.Tests.Firewall;

[TestFixture]
public sealed class ConnectionTableTests
{
    private static readonly RuleCounters Rule = new(1);

    [Test]
    public void It_behaves_as_a_dictionary_would([Range(1, 10)] int seed)
    {
        var chance = new Random(seed);
        var table = new ConnectionTable(limit: 5_000);
        var model = new Dictionary<(int, FlowKey), ConnectionRef>();
        for (int step = 0; step < 20_000; step++)
        {
            var (filter, key) = (chance.Next(3), Key((uint)chance.Next(40), (ushort)chance.Next(60)));
            int place = table.Find(filter, key, Direction.Out, now: 0);
            bool isKnown = model.TryGetValue((filter, key), out var known);
            Assert.That(place >= 0, Is.EqualTo(isKnown));
            Assert.That(table.Find(filter, key.Reverse(), Direction.In, now: 0), Is.EqualTo(place));
            if (isKnown && chance.Next(2) == 0)
            {
                Assert.That(table.RefOf(place), Is.EqualTo(known));
                table.Remove(place);
                model.Remove((filter, key));
                Assert.That(table.IsLive(known), Is.False);
            }
            else if (!isKnown)
            {
                place = table.Add(filter, key, Direction.Out, Rule, 1);
                table[place].ExpiresAt = long.MaxValue;
                model[(filter, key)] = table.RefOf(place);
            }

            Assert.That(table.Count, Is.EqualTo(model.Count));
        }
    }

    [Test]
    public void The_dead_are_swept_within_two_rounds_a_bounded_number_at_a_time()
    {
        var table = new ConnectionTable();
        for (ushort port = 0; port < 5_000; port++)
        {
            int place = table.Add(0, Key(1, port), Direction.Out, Rule, 1);
            table[place].ExpiresAt = port % 2 == 0 ? 1_000 : long.MaxValue;
        }

        long now = 2_000;
        table.Tick(now);
        Assert.That(table.Count, Is.GreaterThanOrEqualTo(5_000 - 1_024));
        for (int tick = 0; tick < 200; tick++)
        {
            now += 100;
            table.Tick(now);
        }

        Assert.That(table.Count, Is.EqualTo(2_500));
    }

    [Test]
    public void A_dead_flow_makes_room_for_its_successor()
    {
        var table = new ConnectionTable(limit: 1);
        int place = table.Add(0, Key(1, 1), Direction.Out, Rule, 1);
        table[place].ExpiresAt = 10;
        var old = table.RefOf(place);
        Assert.That(table.Find(0, Key(1, 1), Direction.Out, now: 10), Is.EqualTo(-1));
        Assert.That(table.Add(0, Key(1, 1), Direction.Out, Rule, 1), Is.GreaterThanOrEqualTo(0));
        Assert.That(table.IsLive(old), Is.False);
        Assert.That(table.Add(0, Key(1, 2), Direction.Out, Rule, 1), Is.EqualTo(-1), "at its limit");
    }

    private static FlowKey Key(uint host, ushort port)
        => new(IpAddress.FromIpv4(0x0A00_0000 + host), IpAddress.FromIpv4(0x0A00_00FF), port, 80, IpProtocol.Tcp);
}
