namespace Fabric.Packets.Flows;

/// <summary>How long a tracked flow may be silent before it is forgotten (reference: nsx-dataplane.md, 4.5; protocols without a profile field as in pf).</summary>
public sealed class FlowTimeouts
{
    private readonly long[] _milliseconds;

    private FlowTimeouts(long[] milliseconds) => _milliseconds = milliseconds;

    public static FlowTimeouts Default { get; } = new([
        120_000, // TcpFirstPacket
        30_000, // TcpOpening
        43_200_000, // TcpEstablished
        120_000, // TcpClosing
        45_000, // TcpFinWait
        20_000, // TcpClosed
        60_000, // UdpFirstPacket
        30_000, // UdpSingle
        60_000, // UdpMultiple
        20_000, // IcmpFirstPacket
        10_000, // IcmpErrorReply
        60_000, // OtherFirstPacket
        30_000, // OtherSingle
        60_000, // OtherMultiple
    ]);

    /// <summary>In milliseconds.</summary>
    public long this[FlowTimer timer] => _milliseconds[(int)timer];

    public FlowTimeouts With(FlowTimer timer, TimeSpan idle)
    {
        var changed = (long[])_milliseconds.Clone();
        changed[(int)timer] = (long)idle.TotalMilliseconds;
        return new FlowTimeouts(changed);
    }
}
