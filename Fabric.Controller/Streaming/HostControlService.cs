using Fabric.Contracts.V1;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace Fabric.Controller.Streaming;

/// <summary>The hosts' end: one stream each, on which the host reports and is told.</summary>
internal sealed class HostControlService(ControlLoop loop, IHostApplicationLifetime lifetime) : HostControl.HostControlBase
{
    public override async Task Connect(
        IAsyncStreamReader<HostReport> requestStream, IServerStreamWriter<HostUpdate> responseStream, ServerCallContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        HostLink? link = null;
        try
        {
            if (!await requestStream.MoveNext(ending.Token)
                || requestStream.Current is not { ReportCase: HostReport.ReportOneofCase.Hello, Hello: { NodeId.Length: > 0 } hello })
            {
                throw new RpcException(new Status(StatusCode.InvalidArgument, "A host says Hello with its node id first"));
            }

            link = new HostLink(hello.NodeId);
            await loop.PostAsync(new ControlInput.HostArrived(link, hello), ending.Token);
            var writing = WriteAsync(link, responseStream, ending);
            await ReadAsync(link, requestStream, ending);
            await writing;
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The host is gone or we are stopping; either way the stream is over.
        }
        finally
        {
            if (link is not null && !lifetime.ApplicationStopping.IsCancellationRequested)
            {
                await loop.PostAsync(new ControlInput.HostLeft(link), lifetime.ApplicationStopping);
            }
        }
    }

    private async Task ReadAsync(HostLink link, IAsyncStreamReader<HostReport> reports, CancellationTokenSource ending)
    {
        try
        {
            while (await reports.MoveNext(ending.Token))
            {
                await loop.PostAsync(new ControlInput.HostSaid(link, reports.Current), ending.Token);
            }
        }
        finally
        {
            await ending.CancelAsync();
        }
    }

    private async Task WriteAsync(HostLink link, IServerStreamWriter<HostUpdate> stream, CancellationTokenSource ending)
    {
        try
        {
            await foreach (var change in link.Outbox.ReadAllAsync(ending.Token))
            {
                foreach (var update in change)
                {
                    await stream.WriteAsync(update, ending.Token);
                }

                await loop.PostAsync(new ControlInput.HostReady(link), ending.Token);
            }
        }
        catch (Exception gone) when (gone is InvalidOperationException or IOException or OperationCanceledException)
        {
            // The stream ended under us; the reader knows too.
        }
        finally
        {
            await ending.CancelAsync(); // a link that was replaced ends its stream
        }
    }
}
