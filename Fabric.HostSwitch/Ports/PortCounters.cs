using Fabric.HostSwitch.Pipeline;

namespace Fabric.HostSwitch.Ports;

/// <summary>
/// What a logical port counted since it was made on this host. One writer, the packet thread; rx is from the VM into the switch
/// (reference: nsx-dataplane.md, 0 and 2.3).
/// </summary>
internal sealed class PortCounters
{
    public long RxPackets;
    public long RxBytes;
    public long RxDropped;
    public long RxMulticastBroadcast;
    public long TxPackets;
    public long TxBytes;
    public long TxDropped;
    public long TxMulticastBroadcast;
    public long MacsLearned;
    public long MacNotLearnedAllowed;

    /// <summary>By <see cref="DropReason"/>.</summary>
    public readonly long[] Drops = new long[DropReasons.Count];

    public void CopyTo(PortCounters copy)
    {
        copy.RxPackets = RxPackets;
        copy.RxBytes = RxBytes;
        copy.RxDropped = RxDropped;
        copy.RxMulticastBroadcast = RxMulticastBroadcast;
        copy.TxPackets = TxPackets;
        copy.TxBytes = TxBytes;
        copy.TxDropped = TxDropped;
        copy.TxMulticastBroadcast = TxMulticastBroadcast;
        copy.MacsLearned = MacsLearned;
        copy.MacNotLearnedAllowed = MacNotLearnedAllowed;
        Drops.CopyTo(copy.Drops, 0);
    }
}
