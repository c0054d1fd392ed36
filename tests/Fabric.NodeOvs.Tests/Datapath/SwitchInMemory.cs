using Fabric.NodeOvs.Bridges;
using Fabric.NodeOvs.Datapath.Execution;
using Fabric.NodeOvs.Datapath.Tables;
using Fabric.OvsProtocol.OpenFlow.Text;
using Fabric.Packets.Buffers;
using Fabric.Packets.Links;
using Fabric.TestKit;

namespace Fabric.NodeOvs.Tests.Datapath;

/// <summary>A switch with one bridge, whose ports are wires in memory.</summary>
internal sealed class SwitchInMemory : IDisposable
{
    private readonly FramePool _pool = new(4096);
    private readonly Dictionary<uint, MemoryLink> _far = [];
    private readonly FrameBuffer[] _batch = new FrameBuffer[64];

    public SwitchInMemory(params uint[] ports)
    {
        Switch = new PacketSwitch(_pool, 1024);
        Bridge = Switch.AddBridge("br-int");
        foreach (uint number in ports)
        {
            var (near, far) = MemoryLink.CreatePair($"p{number}");
            var port = new BridgePort(number, $"p{number}", number) { Device = Switch.NextDevice() };
            Bridge.AddPort(port);
            Switch.AddDevice(new Device(port.Device, Bridge, port, near));
            _far.Add(number, far);
        }
    }

    public PacketSwitch Switch { get; }

    public Bridge Bridge { get; }

    public long Now { get; set; } = 1000;

    public void Flows(params string[] flows)
    {
        foreach (string flow in flows)
        {
            Assert.That(Bridge.Flows.Add(FlowText.Parse(flow), Now), flow);
        }
    }

    public void Groups(params string[] groups)
    {
        foreach (string group in groups)
        {
            Bridge.PutGroup(new GroupEntry(FlowText.ParseGroup(group), Now));
        }
    }

    /// <summary>Sends a frame into a port, and says what came out where.</summary>
    public IReadOnlyList<(uint Port, byte[] Frame)> Send(uint port, byte[] frame)
    {
        _far[port].Send(frame);
        foreach (var device in Switch.Devices.ToArray())
        {
            int count = device.Link.Receive(_pool, _batch);
            for (int i = 0; i < count; i++)
            {
                Switch.Receive(device, _batch[i], Now);
            }
        }

        Switch.FlushAll();
        return [.. _far.OrderBy(end => end.Key).SelectMany(end => end.Value.ReceiveAll().Select(sent => (end.Key, sent)))];
    }

    public void Dispose()
    {
        foreach (var device in Switch.Devices)
        {
            device.Link.Dispose();
        }

        foreach (var link in _far.Values)
        {
            link.Dispose();
        }
    }
}
