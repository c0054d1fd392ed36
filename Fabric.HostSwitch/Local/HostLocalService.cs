using Fabric.Contracts.V1;
using Fabric.HostSwitch.Agent;
using Fabric.HostSwitch.Firewall;
using Fabric.HostSwitch.Ports;
using Fabric.HostSwitch.Tracing;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fabric.HostSwitch.Local;

/// <summary>What the hypervisor itself asks of its host switch: vnics that come and go, and an operator's looks inside.</summary>
internal sealed class HostLocalService(
    HostConfiguration configuration,
    HostAgent agent,
    PacketWorker packets,
    PacketCaptures captures,
    ConnectionTable connections,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<HostLocalService> logger) : HostLocal.HostLocalBase
{
    private const int FramesPerMessage = 256;

    private static readonly TimeSpan CapturePace = TimeSpan.FromMilliseconds(20);

    public override async Task<PlugReply> Plug(Vnic request, ServerCallContext context)
    {
        if (request.VifId.Length == 0 || request.Device.Length == 0)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "a vnic needs a vif_id and a device"));
        }

        if (request.Mac.Length != 6)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "a vnic needs the MAC of the VM's side, six bytes"));
        }

        if (configuration.Vnics.Values.FirstOrDefault(vnic => vnic.Device == request.Device && vnic.VifId != request.VifId) is { } other)
        {
            throw new RpcException(new Status(StatusCode.AlreadyExists, $"{request.Device} is the device of VIF {other.VifId}"));
        }

        await configuration.PlugAsync(request, context.CancellationToken).ConfigureAwait(false);
        return new PlugReply();
    }

    public override async Task<PlugReply> Unplug(VnicKey request, ServerCallContext context)
    {
        await configuration.UnplugAsync(request.VifId, context.CancellationToken).ConfigureAwait(false);
        return new PlugReply();
    }

    public override async Task<HostView> Show(ShowRequest request, ServerCallContext context)
    {
        var view = configuration.View();
        var now = await agent.ReadAsync().ConfigureAwait(false);
        view.ControllerConnected = agent.IsConnected;
        view.Ports.AddRange(now.Ports);
        view.Rules.AddRange(now.Rules);
        view.Tunnels.AddRange(now.Tunnels);
        view.Drops.Add(now.Drops.ToDictionary());
        view.Discoveries.Clear();
        view.Discoveries.AddRange(now.Discoveries);
        view.Flows = (ulong)now.Flows;
        view.Connections = (ulong)connections.Count;
        return view;
    }

    public override async Task Capture(CaptureRequest request, IServerStreamWriter<CapturedFrames> responseStream, ServerCallContext context)
    {
        RunningCapture capture;
        try
        {
            capture = await captures.StartAsync(request).ConfigureAwait(false);
        }
        catch (Exception unknown) when (unknown is KeyNotFoundException or ArgumentException)
        {
            throw new RpcException(new Status(StatusCode.NotFound, unknown.Message));
        }

        logger.CaptureStarted(request.Point.ToString(), request.Id);
        try
        {
            // The headers tell the reader that the tap is set: what is sent from now on is captured.
            await context.WriteResponseHeadersAsync([]).ConfigureAwait(false);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
            await SendAsync(capture.Ring, responseStream, end.Token).ConfigureAwait(false);
        }
        finally
        {
            await captures.StopAsync(capture).ConfigureAwait(false);
            logger.CaptureEnded(request.Point.ToString(), request.Id, capture.Ring.Lost);
        }
    }

    public override async Task<ExplainReply> Explain(ExplainRequest request, ServerCallContext context)
    {
        var trace = await packets.AskAsync(datapath => datapath.Tables.Ports.TryGetValue(request.PortId, out var port)
            ? datapath.Explain(port, request.Frame.Span, packets.Now)
            : null).ConfigureAwait(false)
            ?? throw new RpcException(new Status(StatusCode.NotFound, $"no logical port {request.PortId} on this host"));
        var reply = new ExplainReply();
        reply.Steps.AddRange(trace.Steps.Select(step => new ExplainStep { Stage = step.Stage, Verdict = step.Verdict, Detail = step.Detail }));
        string last = reply.Steps.Count == 0 ? "continue" : reply.Steps[^1].Verdict;
        reply.Verdict = last == "continue" ? "forward" : last;
        return reply;
    }

    private async Task SendAsync(CaptureRing ring, IServerStreamWriter<CapturedFrames> stream, CancellationToken cancellation)
    {
        ulong lostSaid = 0;
        while (!cancellation.IsCancellationRequested)
        {
            var frames = ring.Take(FramesPerMessage);
            if (frames.Count > 0 || ring.Lost != lostSaid)
            {
                lostSaid = ring.Lost;
                var message = new CapturedFrames { Lost = lostSaid };
                message.Frames.AddRange(frames);
                await stream.WriteAsync(message, CancellationToken.None).ConfigureAwait(false);
            }

            if (frames.Count < FramesPerMessage)
            {
                await Task.Delay(CapturePace, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
