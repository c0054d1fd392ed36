using Fabric.Contracts.V1;
using Fabric.HostSwitch.Ports;
using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Links;
using Fabric.TestKit;

namespace Fabric.HostSwitch.Tests.Rig;

/// <summary>A vnic's far end: the VM's interface.</summary>
internal sealed class TestVnic(string vifId, MacAddress mac, int mtu)
{
    private readonly List<byte[]> _arrived = [];

    public string VifId { get; } = vifId;

    public MacAddress Mac { get; } = mac;

    public int Mtu { get; } = mtu;

    public MemoryLink Far { get; set; } = null!;

    /// <summary>Takes what arrived with this tag (-1: none), without it.</summary>
    public IReadOnlyList<byte[]> Take(int tag)
    {
        _arrived.AddRange(Far.ReceiveAll());
        var mine = _arrived.Where(frame => TagOf(frame) == tag).ToList();
        _arrived.RemoveAll(frame => TagOf(frame) == tag);
        return tag < 0 ? mine : [.. mine.Select(WithoutTag)];
    }

    private static int TagOf(byte[] frame)
        => FrameLayout.Parse(frame, out var layout) == FrameMalformation.None && layout.IsTagged ? layout.OuterTag.Id.Value : -1;

    private static byte[] WithoutTag(byte[] frame) => [.. frame[..12], .. frame[16..]];
}

/// <summary>One logical port of a test, as its VM or pod sees it.</summary>
internal sealed class TestPort(
    TestFabric fabric, TestHost host, string id, string segment, TestVnic vnic, int tag, string[] addresses, MacAddress mac, HostPort intent)
{
    public string Id { get; } = id;

    public string Switch { get; } = segment;

    public TestHost Host { get; } = host;

    public TestVnic Vnic { get; } = vnic;

    public int Tag { get; } = tag;

    public string[] Addresses { get; } = addresses;

    public string Ip => Addresses[0];

    public MacAddress Mac { get; } = mac;

    public HostPort Intent { get; } = intent;

    public PortCounters Counters => Host.CountersOf(this);

    public long this[DropReason reason] => Counters.Drops[(int)reason];

    /// <summary>Sends a frame, and lets the fabric run until it is quiet.</summary>
    public void Send(params byte[][] frames)
    {
        foreach (byte[] frame in frames)
        {
            Vnic.Far.Send(Tag < 0 ? frame : frame.Tagged((ushort)Tag));
        }

        fabric.Run();
    }

    /// <summary>What has arrived since it was last asked.</summary>
    public IReadOnlyList<byte[]> Received() => Vnic.Take(Tag);

    /// <summary>The one frame that has arrived.</summary>
    public byte[] ReceivedOne()
    {
        var all = Received();
        Assert.That(all, Has.Count.EqualTo(1), () => string.Join("\n", all.Select(frame => Packets.Printing.PacketPrinter.Print(frame))));
        return all[0];
    }
}
