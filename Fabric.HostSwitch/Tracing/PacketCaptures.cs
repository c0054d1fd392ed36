using Fabric.Contracts.V1;
using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Ports;

namespace Fabric.HostSwitch.Tracing;

/// <summary>Puts captures on a port, a vnic or the uplink, and takes them away again. A tap outlives generations of tables.</summary>
internal sealed class PacketCaptures(PacketWorker packets, TimeProvider time)
{
    /// <exception cref="KeyNotFoundException">There is no such port or vnic.</exception>
    public async Task<RunningCapture> StartAsync(CaptureRequest request)
    {
        var capture = new RunningCapture(request, time);
        await packets.AskAsync(datapath => Start(datapath, capture)).ConfigureAwait(false);
        return capture;
    }

    public Task StopAsync(RunningCapture capture) => packets.AskAsync(datapath => Stop(datapath, capture));

    private static bool Start(Datapath datapath, RunningCapture capture)
    {
        switch (capture.Request.Point)
        {
            case CaptureRequest.Types.Point.Port:
                var port = FindPort(datapath, capture) ?? throw new KeyNotFoundException($"no logical port {capture.Request.Id} on this host");
                port.Tap = TapFan.With(port.Tap, capture.Ring);
                return true;
            case CaptureRequest.Types.Point.Vnic:
                var vnic = FindVnic(datapath, capture) ?? throw new KeyNotFoundException($"no vnic {capture.Request.Id} on this host");
                vnic.Tap = TapFan.With(vnic.Tap, capture.Ring);
                return true;
            case CaptureRequest.Types.Point.Uplink:
                datapath.Tunnels.Tap = UplinkTapFan.With(datapath.Tunnels.Tap, capture.Uplink);
                return true;
            default:
                throw new ArgumentException("captures are at a port, a vnic or the uplink");
        }
    }

    private static bool Stop(Datapath datapath, RunningCapture capture)
    {
        switch (capture.Request.Point)
        {
            case CaptureRequest.Types.Point.Port when FindPort(datapath, capture) is { } port:
                port.Tap = TapFan.Without(port.Tap, capture.Ring);
                break;
            case CaptureRequest.Types.Point.Vnic when FindVnic(datapath, capture) is { } vnic:
                vnic.Tap = TapFan.Without(vnic.Tap, capture.Ring);
                break;
            case CaptureRequest.Types.Point.Uplink:
                datapath.Tunnels.Tap = UplinkTapFan.Without(datapath.Tunnels.Tap, capture.Uplink);
                break;
        }

        return true;
    }

    private static PortState? FindPort(Datapath datapath, RunningCapture capture)
        => datapath.Tables.Ports.GetValueOrDefault(capture.Request.Id)?.State;

    private static VnicPort? FindVnic(Datapath datapath, RunningCapture capture)
        => datapath.Tables.Vnics.Keys.FirstOrDefault(vnic => vnic.VifId == capture.Request.Id);
}
