using Fabric.NodeOvs.Running;
using Fabric.Packets.Links;

namespace Fabric.NodeOvs.Tests.Running;

/// <summary>A switch that can no longer follow its database ends, rather than answer its tools as if it did.</summary>
internal sealed class KeeperFailureTests
{
    [Test]
    public async Task A_device_that_fails_in_a_way_nobody_foresaw_ends_the_switch()
    {
        await using var ovs = RunningSwitch.Start(new BrokenDevices());
        Assert.That(ovs.AskedToEnd.IsCompleted, Is.False);
        await ovs.Vsctl("--no-wait", "add-br", "br-int");
        await ovs.AskedToEnd.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private sealed class BrokenDevices : IDeviceSource
    {
        public (ILink Link, ulong Mac) Open(string name) => throw new InvalidOperationException("broken");

        public (ILink Link, ulong Mac) Make(string name, int mtu) => throw new InvalidOperationException("broken");
    }
}
