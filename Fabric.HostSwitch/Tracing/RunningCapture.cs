using Fabric.Contracts.V1;

namespace Fabric.HostSwitch.Tracing;

/// <summary>A capture that was started: what was asked, where the frames are, and the tap at the uplink if that is the place.</summary>
internal sealed class RunningCapture(CaptureRequest request, TimeProvider time)
{
    public CaptureRequest Request { get; } = request;

    public CaptureRing Ring { get; } = new(time, (int)request.SnapLength, request.Direction);

    public UplinkCapture Uplink => field ??= new UplinkCapture(Ring);
}
