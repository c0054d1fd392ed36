using Fabric.HostSwitch.Pipeline;

namespace Fabric.HostSwitch.Ports;

/// <summary>What a logical port remembers across generations. Belongs to the packet thread.</summary>
internal sealed class PortState(string id, uint number)
{
    public string Id { get; } = id;

    /// <summary>Small and never used twice: what cached flows know it by.</summary>
    public uint Number { get; } = number;

    public PortCounters Counters { get; } = new();

    /// <summary>Addresses the VM was seen to use.</summary>
    public DiscoveredAddresses Addresses { get; } = new();

    /// <summary>MACs learned behind the port, where its profile allows that.</summary>
    public LearnedMacs Macs { get; } = new();

    public RateLimit RxBroadcast { get; } = new();

    public RateLimit RxMulticast { get; } = new();

    public RateLimit TxBroadcast { get; } = new();

    public RateLimit TxMulticast { get; } = new();

    public ICaptureTap? Tap { get; set; }
}
