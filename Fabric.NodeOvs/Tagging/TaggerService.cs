using Fabric.Packets.Links;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fabric.NodeOvs.Tagging;

/// <summary>Starts and ends the tagger's thread with the process. Should the thread fail, the process ends: half a node helps nobody.</summary>
internal sealed class TaggerService(IOptions<TaggerOptions> options, IHostApplicationLifetime lifetime, ILogger<TaggerService> log)
    : IHostedService, IDisposable
{
    private TaggerLoop? _loop;
    private Thread? _thread;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = TaggedPorts.TryParse(options.Value.Ports, out var ports); // validated
        _loop = new TaggerLoop(options.Value.Vnic, ports, device => PacketSocketLink.Open(device));
        _thread = new Thread(Run) { Name = "tagger" };
        _thread.Start();
        log.TaggerStarted(options.Value.Vnic, ports.Count);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        if (_loop is not null)
        {
            _loop.Stop();
            _thread?.Join();
            var counters = _loop.Counters;
            log.TaggerStopped(counters.Tagged, counters.Untagged, counters.UnknownVlan + counters.TaggedByPod + counters.TooShort, counters.NoRoom);
        }

        return Task.CompletedTask;
    }

    public void Dispose() => _loop?.Dispose();

    private void Run()
    {
        try
        {
            _loop!.Run();
        }
        catch (LinkException broken)
        {
            log.TaggerFailed(broken);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }
}
