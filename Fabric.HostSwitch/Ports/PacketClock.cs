namespace Fabric.HostSwitch.Ports;

/// <summary>The packet thread's time: milliseconds that start as Unix time and then only go forward, whatever is done to the wall clock.</summary>
internal sealed class PacketClock(TimeProvider time)
{
    private readonly long _startedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
    private readonly long _startedTicks = time.GetTimestamp();

    public long Now => _startedAt + (long)time.GetElapsedTime(_startedTicks).TotalMilliseconds;
}
