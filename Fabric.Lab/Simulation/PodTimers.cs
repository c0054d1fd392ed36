namespace Fabric.Lab.Simulation;

/// <summary>What a pod means to do later, in the order of its due times; the pod's own loop runs it, so that nothing races.</summary>
internal sealed class PodTimers(TimeProvider time)
{
    private readonly PriorityQueue<PodTimer, (long Due, long Order)> _waiting = new();
    private long _order;

    public long Now => time.GetTimestamp();

    public TimeSpan Since(long timestamp) => time.GetElapsedTime(timestamp);

    public PodTimer After(TimeSpan delay, Action action)
    {
        var timer = new PodTimer(action);
        long due = Now + (long)(delay.TotalSeconds * time.TimestampFrequency);
        _waiting.Enqueue(timer, (due, _order++));
        return timer;
    }

    /// <summary>Runs what is due and returns how many there were.</summary>
    public int RunDue()
    {
        int ran = 0;
        long now = Now;
        while (_waiting.TryPeek(out var timer, out var when) && when.Due <= now)
        {
            _waiting.Dequeue();
            ran += timer.Run() ? 1 : 0;
        }

        return ran;
    }
}

/// <summary>One action that waits for its time, unless it is cancelled first.</summary>
internal sealed class PodTimer(Action action)
{
    private Action? _action = action;

    public void Cancel() => _action = null;

    internal bool Run()
    {
        var due = _action;
        _action = null;
        due?.Invoke();
        return due is not null;
    }
}
