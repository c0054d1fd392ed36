using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;

namespace Fabric.HostSwitch.Stages;

/// <summary>Counts what a logical port gives to its VM, shows it to whoever captures there, and puts the child's tag back on.</summary>
internal sealed class PortOutlet : IStage
{
    public string Name => "outlet";

    public Verdict Run(ref Frame frame)
    {
        if (!frame.IsDryRun)
        {
            Give(ref frame);
        }

        return Verdict.Continue;
    }

    /// <summary>The same for the fast path.</summary>
    public static void Give(ref readonly Frame frame)
    {
        var port = frame.Port!;
        var counters = port.State.Counters;
        counters.TxPackets++;
        counters.TxBytes += frame.Bytes.Length;
        counters.TxMulticastBroadcast += frame.Bytes[0] & 1;
        port.State.Tap?.Capture(frame.Bytes, output: true);
        if (port.Tag >= 0)
        {
            EthernetEdits.PushVlan(frame.Buffer, new VlanTag(new VlanId((ushort)port.Tag)));
        }
    }
}
