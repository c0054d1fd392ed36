using Fabric.Contracts.V1;
using Fabric.Controller.Streaming;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Fabric.Controller.Realization;

/// <summary>Keeps the manager informed: on each connection everything, then what changes.</summary>
internal sealed class RuntimeReporter(
    ManagerChannel manager, ReportBook book, IOptions<ControllerOptions> options, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var client = new ConfigFeed.ConfigFeedClient(manager.Channel);
        var retry = new Retry(time);
        await book.WaitAsync(forNews: false, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReportAsync(client, retry, stoppingToken);
            }
            catch (Exception lost) when (!stoppingToken.IsCancellationRequested && lost is RpcException or InvalidOperationException)
            {
                // The feed's client logs a lost manager; the book keeps what it has to hear.
            }
            catch (RpcException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await retry.WaitAsync(stoppingToken);
        }
    }

    private async Task ReportAsync(ConfigFeed.ConfigFeedClient client, Retry retry, CancellationToken stop)
    {
        using var call = client.Report(cancellationToken: stop);
        await WriteAsync(call, new RuntimeReport { Begin = new RuntimeBegin() }, stop);
        foreach (var report in book.TakeAll())
        {
            await WriteAsync(call, report, stop);
        }

        await WriteAsync(call, new RuntimeReport { End = new RuntimeEnd() }, stop);
        retry.Succeeded();
        while (true)
        {
            // The call's answer comes only when it is over, so it ends the wait when the manager is gone.
            var news = book.WaitAsync(forNews: true, stop);
            if (await Task.WhenAny(news, call.ResponseAsync) != news)
            {
                await call.ResponseAsync;
                return;
            }

            await news;
            foreach (var report in book.TakeNews())
            {
                await WriteAsync(call, report, stop);
            }
        }
    }

    private async Task WriteAsync(AsyncClientStreamingCall<RuntimeReport, ReportReply> call, RuntimeReport report, CancellationToken stop)
    {
        report.ControllerId = options.Value.Id;
        await call.RequestStream.WriteAsync(report, stop);
    }
}
