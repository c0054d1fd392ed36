namespace Fabric.Controller.Streaming;

/// <summary>How long to wait before trying again: longer each time in vain, short again after a success.</summary>
internal sealed class Retry(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private TimeSpan _next = First;

    /// <summary>Whether the present failure is the first since things last went well: the one worth a log line.</summary>
    public bool IsFirst => _next == First;

    public void Succeeded() => _next = First;

    public async Task WaitAsync(CancellationToken stop)
    {
        var delay = _next;
        _next = TimeSpan.FromTicks(Math.Min(_next.Ticks * 2, Longest.Ticks));
        await Task.Delay(delay, time, stop);
    }
}
