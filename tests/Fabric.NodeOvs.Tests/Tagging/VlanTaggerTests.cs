using Fabric.NodeOvs.Tagging;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Links;

namespace Fabric.NodeOvs.Tests.Tagging;

public sealed class VlanTaggerTests
{
    private static readonly byte[] Untagged = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x08, 0x00, .. Enumerable.Range(0, 50).Select(n => (byte)n)];
    private readonly FramePool _pool = new();

    [Test]
    public void A_pods_frame_leaves_over_the_vnic_with_its_VLAN()
    {
        using var node = new Node(11, 12);
        node.Pods[1].Send([Frame(Untagged)]);
        node.Run();
        Assert.That(Received(node.Vnic), Is.EqualTo(new[] { Tagged(12) }).AsCollection);
        Assert.That(node.Tagger.Counters.Tagged, Is.EqualTo(1));
    }

    [Test]
    public void A_frame_reaches_the_pod_whose_VLAN_it_has_and_no_other()
    {
        using var node = new Node(11, 12);
        node.Vnic.Send([Frame(Tagged(12)), Frame(Tagged(11)), Frame(Tagged(11))]);
        node.Run();
        Assert.That(Received(node.Pods[0]), Is.EqualTo(new[] { Untagged, Untagged }).AsCollection);
        Assert.That(Received(node.Pods[1]), Is.EqualTo(new[] { Untagged }).AsCollection);
    }

    [Test]
    public void The_priority_in_a_tag_does_not_change_whose_it_is()
    {
        using var node = new Node(11);
        byte[] urgent = Tagged(11);
        urgent[14] |= 0xE0;
        node.Vnic.Send([Frame(urgent)]);
        node.Run();
        Assert.That(Received(node.Pods[0]), Is.EqualTo(new[] { Untagged }).AsCollection);
    }

    [Test]
    public void An_unknown_VLAN_an_untagged_frame_and_a_stump_are_counted_and_reach_nobody()
    {
        using var node = new Node(11);
        node.Vnic.Send([Frame(Tagged(99)), Frame(Untagged), Frame([1, 2, 3])]);
        node.Run();
        var counters = node.Tagger.Counters;
        Assert.That((counters.UnknownVlan, counters.ForTheNode, counters.TooShort), Is.EqualTo((1L, 1L, 1L)));
        Assert.That(Received(node.Pods[0]), Is.Empty);
    }

    [Test]
    public void A_pod_cannot_choose_its_VLAN()
    {
        using var node = new Node(11, 12);
        node.Pods[0].Send([Frame(Tagged(12))]);
        node.Run();
        Assert.That(Received(node.Vnic), Is.Empty);
        Assert.That(node.Tagger.Counters.TaggedByPod, Is.EqualTo(1));
    }

    [Test]
    public void Two_pods_of_a_node_do_not_meet_in_the_node()
    {
        using var node = new Node(11, 12);
        node.Pods[0].Send([Frame(Untagged)]);
        node.Run();
        Assert.That(Received(node.Pods[1]), Is.Empty);
    }

    [Test]
    public void Moving_frames_allocates_nothing_once_the_pool_is_warm()
    {
        using var node = new Node(11);
        FrameBuffer[] there = [Frame(Untagged)];
        FrameBuffer[] back = [Frame(Tagged(11))];
        var sink = new FrameBuffer[8];
        Round(1100); // each slot of the wires is made when first used
        long before = GC.GetAllocatedBytesForCurrentThread();
        Round(1000);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Round(int times)
        {
            for (int time = 0; time < times; time++)
            {
                node.Pods[0].Send(there);
                node.Vnic.Send(back);
                node.Run();
                Drain(node.Pods[0]);
                Drain(node.Vnic);
            }
        }

        void Drain(MemoryLink link)
        {
            int count = link.Receive(_pool, sink);
            for (int at = 0; at < count; at++)
            {
                _pool.Give(sink[at]);
            }
        }
    }

    [Test]
    public void Two_pods_with_one_VLAN_are_refused()
        => Assert.That(() => new Node(11, 11), Throws.ArgumentException);

    [TestCase("pod11=11,pod12=12", ExpectedResult = true)]
    [TestCase("pod11=11,pod12=11", ExpectedResult = false)]
    [TestCase("pod11=0", ExpectedResult = false)]
    [TestCase("pod11=4095", ExpectedResult = false)]
    [TestCase("pod11", ExpectedResult = false)]
    [TestCase("", ExpectedResult = false)]
    public bool Ports_are_devices_with_VLANs(string text) => TaggedPorts.TryParse(text, out _);

    private static FrameBuffer Frame(byte[] bytes)
    {
        var frame = new FrameBuffer();
        frame.Set(bytes);
        return frame;
    }

    private static byte[] Tagged(ushort vlan) => [.. Untagged[..12], 0x81, 0x00, (byte)(vlan >> 8), (byte)vlan, .. Untagged[12..]];

    private byte[][] Received(MemoryLink link)
    {
        var frames = new FrameBuffer[16];
        int count = link.Receive(_pool, frames);
        return [.. frames.Take(count).Select(f => f.Bytes.ToArray())];
    }

    /// <summary>A tagger and the far ends of its links.</summary>
    private sealed class Node : IDisposable
    {
        private readonly List<MemoryLink> _near = [];

        public Node(params ushort[] vlans)
        {
            var (vnic, far) = MemoryLink.CreatePair("vnic");
            Vnic = far;
            _near.Add(vnic);
            var ports = new List<TaggedPort>();
            foreach (ushort vlan in vlans)
            {
                var (near, pod) = MemoryLink.CreatePair($"pod{vlan}");
                _near.Add(near);
                Pods.Add(pod);
                ports.Add(new TaggedPort(near, new VlanId(vlan)));
            }

            Tagger = new VlanTagger(vnic, ports, new FramePool());
        }

        public MemoryLink Vnic { get; }

        public List<MemoryLink> Pods { get; } = [];

        public VlanTagger Tagger { get; }

        public void Run()
        {
            while (Tagger.RunOnce() > 0)
            {
            }
        }

        public void Dispose()
        {
            _near.ForEach(l => l.Dispose());
            Pods.ForEach(l => l.Dispose());
            Vnic.Dispose();
        }
    }
}
