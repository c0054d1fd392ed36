using System.Globalization;
using System.Text.RegularExpressions;
using Fabric.Contracts.V1;
using Fabric.Lab.Api;
using Fabric.Lab.Hosting;
using Fabric.Packets.Captures;
using Fabric.Packets.Printing;
using Grpc.Core;
using CapturedFrame = Fabric.Contracts.V1.CapturedFrame;

namespace Fabric.Lab.Captures;

/// <summary>What a host switch sees at one of its points, frame by frame, into a pcap stream, as text, or both.</summary>
internal sealed class HostCapture(string hostSocket, CaptureRequest request)
{
    public long Frames { get; private set; }

    /// <summary>Frames that the host switch had to leave out because we read too slowly.</summary>
    public ulong Lost { get; private set; }

    /// <param name="pcap">Where frames go as pcap; null: nowhere.</param>
    /// <param name="text">Where frames go as text, a line for each layer; null: nowhere.</param>
    /// <param name="count">How many to take; 0: until cancelled.</param>
    /// <param name="started">Is called once the host switch captures.</param>
    /// <param name="cancellation">Ends the capture; what was captured stays.</param>
    /// <exception cref="LabFailure">The host switch refuses, or ends.</exception>
    public async Task RunAsync(Stream? pcap, TextWriter? text, long count, Action started, CancellationToken cancellation)
    {
        using var channel = new LocalChannel(hostSocket);
        using var writer = pcap is null ? null : new PcapFileWriter(pcap, leaveOpen: true);
        try
        {
            using var call = channel.Host.Capture(request, cancellationToken: cancellation);
            await call.ResponseHeadersAsync.ConfigureAwait(false);
            started();
            await foreach (var batch in call.ResponseStream.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                Lost = batch.Lost;
                foreach (var frame in batch.Frames)
                {
                    Write(writer, text, frame);
                    if (++Frames == count)
                    {
                        writer?.Flush();
                        return;
                    }
                }

                writer?.Flush(); // whoever reads the pipe sees it now
            }
        }
        catch (Exception ended) when (cancellation.IsCancellationRequested && ended is RpcException or OperationCanceledException)
        {
            // That is how a capture without a count ends.
        }
        catch (RpcException refused)
        {
            throw new LabFailure($"capture: {refused.Status.Detail}");
        }
    }

    private void Write(PcapFileWriter? writer, TextWriter? text, CapturedFrame frame)
    {
        var time = DateTimeOffset.UnixEpoch.AddTicks(frame.TimestampNs / TimeSpan.NanosecondsPerTick);
        writer?.Write(time, frame.Data.Span, (int)frame.OriginalLength);
        text?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time:HH:mm:ss.ffffff} {(frame.Output ? "out" : "in")} #{Frames + 1}"));
        text?.WriteLine(Regex.Replace(PacketPrinter.Print(frame.Data.Span).TrimEnd(), "(?m)^", "  "));
    }
}
