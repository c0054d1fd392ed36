using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace Fabric.Controller.Streaming;

/// <summary>The one thread of the control plane: takes what has gathered, then flushes once. Whoever posts too fast waits.</summary>
internal sealed class ControlLoop : BackgroundService
{
    private const int Capacity = 4096;
    private const int BatchLimit = 1024;

    private readonly Channel<ControlInput> _inputs = Channel.CreateBounded<ControlInput>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly ControlPlane _plane;

    public ControlLoop(ControlPlane plane)
    {
        _plane = plane;
        // A timer cannot wait; its input is small, and lost only if the loop is over.
        plane.Later = input => _ = _inputs.Writer.WriteAsync(input).AsTask();
    }

    public ValueTask PostAsync(ControlInput input, CancellationToken stop) => _inputs.Writer.WriteAsync(input, stop);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _inputs.Reader.WaitToReadAsync(stoppingToken))
        {
            for (int taken = 0; taken < BatchLimit && _inputs.Reader.TryRead(out var input); taken++)
            {
                _plane.Take(input);
            }

            _plane.Flush();
        }
    }
}
