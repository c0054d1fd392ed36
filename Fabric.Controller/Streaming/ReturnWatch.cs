using Fabric.Controller.Compute;

namespace Fabric.Controller.Streaming;

/// <summary>
/// After a restart the controller knows of no VIF. Until every host is back, or has had the time to be, a new snapshot would take
/// from a host its ways to the others; so hosts that forward keep what they have meanwhile.
/// </summary>
internal sealed class ReturnWatch(FabricModel model, TimeSpan patience, TimeProvider time, Action over)
{
    // The last host to return has yet to say what it discovered.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    private readonly HashSet<string> _returned = [];
    private ITimer? _timer;
    private bool _quiet;

    public bool AreOver { get; private set; }

    public Action<ControlInput>? Later { get; set; }

    public void Arrived(string node)
    {
        _returned.Add(node);
        Check();
    }

    public void Check()
    {
        if (AreOver || _quiet || !model.Intent.IsWhole)
        {
            return;
        }

        var awaited = model.Intent.Nodes.Ids.Where(id => model.Intent.Nodes[id] is { External: false, Maintenance: false }).ToArray();
        if (awaited.Length == 0 || patience == TimeSpan.Zero)
        {
            Expire();
        }
        else if (awaited.All(_returned.Contains))
        {
            _quiet = true;
            Schedule(Quiet);
        }
        else if (_timer is null)
        {
            Schedule(patience);
        }
    }

    public void Expire()
    {
        if (!AreOver)
        {
            AreOver = true;
            _timer?.Dispose();
            over();
        }
    }

    private void Schedule(TimeSpan delay)
    {
        _timer?.Dispose();
        _timer = time.CreateTimer(_ => Later?.Invoke(new ControlInput.ReturnsAwaited()), null, delay, Timeout.InfiniteTimeSpan);
    }
}
