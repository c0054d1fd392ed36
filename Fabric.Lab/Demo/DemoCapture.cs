using Fabric.Contracts.V1;
using Fabric.Lab.Captures;

namespace Fabric.Lab.Demo;

/// <summary>The capture that runs at an uplink while the demo's packets pass.</summary>
internal sealed class DemoCapture : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly HostCapture _capture;
    private readonly FileStream _file;
    private readonly Task _running;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DemoCapture(string hostSocket, string path)
    {
        _file = File.Create(path);
        _capture = new HostCapture(hostSocket, new CaptureRequest { Point = CaptureRequest.Types.Point.Uplink });
        _running = _capture.RunAsync(_file, null, 0, _started.SetResult, _end.Token);
    }

    public long Frames => _capture.Frames;

    /// <summary>Waits until the host switch captures.</summary>
    public async Task StartedAsync()
    {
        var first = await Task.WhenAny(_started.Task, _running).ConfigureAwait(false);
        await first.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        await _file.DisposeAsync().ConfigureAwait(false);
        _end.Dispose();
    }
}
