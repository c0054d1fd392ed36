using Fabric.Contracts.V1;
using Fabric.HostSwitch.Agent;

namespace Fabric.HostSwitch.Tests.Agent;

[TestFixture]
public sealed class IntentStoreTests
{
    [Test]
    public void An_object_said_again_as_it_was_stays_the_same_one()
    {
        var store = new IntentStore();
        store.Apply(IntentChange.Snapshot([TestObjects.Switch, TestObjects.Port("a")], 1));
        var before = Intent(store).Ports["port-a"];
        store.Apply(IntentChange.Snapshot([TestObjects.Switch, TestObjects.Port("a"), TestObjects.Port("b")], 2));
        Assert.That(Intent(store).Ports["port-a"], Is.SameAs(before));
    }

    [Test]
    public void Of_a_refused_object_the_last_good_state_stays()
    {
        var store = new IntentStore();
        store.Apply(IntentChange.Snapshot([TestObjects.Port("a")], 1));
        var worse = TestObjects.Port("a");
        worse.Port.VifType = VifType.Child;
        var refusals = store.Apply(IntentChange.Snapshot([worse], 2));
        Assert.That(refusals.Single().Id, Is.EqualTo("port-a"));
        Assert.That(Intent(store).Ports["port-a"].VifType, Is.EqualTo(VifType.Normal));
    }

    [Test]
    public void Random_changes_end_where_a_snapshot_of_their_result_ends([Range(1, 20)] int seed)
    {
        var chance = new Random(seed);
        var store = new IntentStore();
        var model = new Dictionary<string, HostObject>();
        for (ulong generation = 1; generation <= 30; generation++)
        {
            var change = new IntentChange(isSnapshot: false);
            for (int step = chance.Next(6); step > 0; step--)
            {
                var said = TestObjects.Port(((char)('a' + chance.Next(6))).ToString());
                said.Port.TrafficTag = (uint)chance.Next(3);
                if (chance.Next(3) == 0)
                {
                    change.Add(TestObjects.Delete(HostKind.Port, said.Id));
                    model.Remove(said.Id);
                }
                else
                {
                    change.Add(TestObjects.Upsert(said));
                    model[said.Id] = said;
                }
            }

            change.Close(generation);
            store.Apply(change);
            Assert.That(store.Generation, Is.EqualTo(generation));
        }

        Assert.That(store.Objects(), Is.EquivalentTo(model.Values));
        var fresh = new IntentStore();
        fresh.Apply(IntentChange.Snapshot(model.Values, 99));
        Assert.That(fresh.Objects(), Is.EquivalentTo(store.Objects()));
    }

    private static HostSwitch.Tables.HostIntent Intent(IntentStore store)
        => store.ToIntent(new Dictionary<string, Vnic>(), new Dictionary<string, PortDiscovery>());
}
