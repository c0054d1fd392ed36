using System.Collections.Concurrent;
using System.Diagnostics;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Links;

namespace Fabric.HostSwitch.Tests.Agent;

/// <summary>Wires in memory for a host that runs as a service: the VM's end of each vnic, and an underlay of its own.</summary>
internal sealed class TestWires : ILinkSource
{
    private readonly ConcurrentDictionary<string, MemoryLink> _far = new();
    private readonly MemoryUnderlay _underlay = new();

    public ILink? OpenVnic(string device)
    {
        var (near, far) = MemoryLink.CreatePair(device);
        _far[device] = far;
        return near;
    }

    public ITunnelSocket? OpenTunnel(string uplink, IpPrefix local) => _underlay.Open(local.Address);

    public MemoryLink Far(string device) => _far[device];

    public MemoryTunnelSocket Peer(string address) => _underlay.Open(IpAddress.Parse(address));

    /// <summary>The next frame that the VM receives; null: none comes in time.</summary>
    public byte[]? Next(string device, int patienceMs = 5_000)
    {
        using var poller = new LinkPoller();
        poller.Add(Far(device).Descriptor, 1);
        var pool = new FramePool();
        var frames = new FrameBuffer[1];
        var waited = Stopwatch.StartNew();
        while (waited.ElapsedMilliseconds <= patienceMs)
        {
            if (Far(device).Receive(pool, frames) == 1)
            {
                return frames[0].Bytes.ToArray();
            }

            poller.Wait(20);
        }

        return null;
    }
}
