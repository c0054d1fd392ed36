using Fabric.Contracts.V1;
using Fabric.HostSwitch.Tests.Firewall;
using Fabric.Packets.Addresses;
using Google.Protobuf;
using Grpc.Core;

namespace Fabric.HostSwitch.Tests.Agent;

/// <summary>Two hosts on the kernel's interfaces: real pings and TCP between VMs, through Geneve.</summary>
[TestFixture]
public sealed class KernelTrafficTests
{
    [Test]
    public async Task Vms_on_two_hosts_reach_each_other_by_the_rules_with_and_without_controllers()
    {
        await using var first = KernelHypervisor.CreateOrIgnore("a", "10.0.0.1");
        await using var second = KernelHypervisor.CreateOrIgnore("b", "10.0.0.2");
        first.Wire(second);
        await first.StartAsync();
        await second.StartAsync();
        await first.Controller!.SnapshotAsync(1, ObjectsOf(first, second, 1, Rules.Section(1, Rules.Allow(2))));
        await second.Controller!.SnapshotAsync(1, ObjectsOf(second, first, 2, Rules.Section(1, Rules.Allow(2))));

        using var capture = first.Switch.Local.Capture(new CaptureRequest { Point = CaptureRequest.Types.Point.Uplink });
        await capture.ResponseHeadersAsync;
        AssertPing(first, second, reaches: true);
        AssertPing(second, first, reaches: true);
        Assert.That(await HasGeneveAsync(capture), Is.True);

        var rejecting = Rules.Section(1, Rules.Reject(1001).Icmp(), Rules.Allow(2));
        await first.Controller!.ChangeAsync(2, TestObjects.Upsert(new HostObject { Id = "section", RuleSection = rejecting }));
        Assert.That(AssertPing(first, second, reaches: false), Does.Contain("filtered").IgnoreCase);

        await first.Controller!.ChangeAsync(3, TestObjects.Upsert(new HostObject { Id = "section", RuleSection = Rules.Section(1, Rules.Allow(2)) }));
        await first.StopControllerAsync();
        await second.StopControllerAsync();
        AssertPing(first, second, reaches: true);

        await first.Switch.DisposeAsync();
        await first.StartSwitchAsync();
        AssertPing(second, first, reaches: true);
    }

    private static string AssertPing(KernelHypervisor from, KernelHypervisor to, bool reaches)
    {
        var (exitCode, said) = from.InVm("ping", "-n", "-c", "3", "-i", "0.2", "-W", "2", to.Ip);
        Assert.That(exitCode == 0, Is.EqualTo(reaches), said);
        return said;
    }

    private static async Task<bool> HasGeneveAsync(AsyncServerStreamingCall<CapturedFrames> capture)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (await capture.ResponseStream.MoveNext(patience.Token))
        {
            foreach (var frame in capture.ResponseStream.Current.Frames)
            {
                var udp = PacketDotNet.Packet.ParsePacket(PacketDotNet.LinkLayers.Ethernet, frame.Data.ToByteArray()).Extract<PacketDotNet.UdpPacket>();
                if (udp is { DestinationPort: 6081, ValidUdpChecksum: true } && frame.OriginalLength > 140)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static HostObject[] ObjectsOf(KernelHypervisor own, KernelHypervisor other, byte number, HostRuleSection rules)
    {
        byte otherNumber = (byte)(3 - number);
        return
        [
            new HostObject
            {
                Id = "node-1",
                Settings = new HostSettings
                {
                    UplinkMtu = 1_700,
                    FirewallEnabled = true,
                    NodeIndex = number,
                    Teps = { new TepConfig { Ip = ByteString.CopyFrom(172, 16, 0, number), PrefixLength = 24, Label = number } },
                },
            },
            TestObjects.Switch,
            TestObjects.Port(own.Vif),
            new HostObject
            {
                Id = "ls-1",
                TepList = new HostTepList
                {
                    Teps =
                    {
                        new HostTep
                        {
                            NodeId = "other",
                            Ip = ByteString.CopyFrom(172, 16, 0, otherNumber),
                            Label = otherNumber,
                            Segment = ByteString.CopyFrom(172, 16, 0, 0),
                        },
                    },
                },
            },
            new HostObject
            {
                Id = "ls-1/" + other.Mac,
                RemoteMac = new HostRemoteMac
                {
                    SwitchId = "ls-1",
                    Mac = ByteString.CopyFrom(MacAddress.Parse(other.Mac).ToBytes()),
                    TepIp = ByteString.CopyFrom(172, 16, 0, otherNumber),
                },
            },
            new HostObject { Id = "section", RuleSection = rules },
        ];
    }
}
