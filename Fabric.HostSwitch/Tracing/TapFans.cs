using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Addresses;
using Fabric.Packets.Links;

namespace Fabric.HostSwitch.Tracing;

/// <summary>Several captures at one port or vnic.</summary>
internal sealed class TapFan(ICaptureTap[] taps) : ICaptureTap
{
    private readonly ICaptureTap[] _taps = taps;

    public static ICaptureTap With(ICaptureTap? present, ICaptureTap added)
        => present is null ? added : new TapFan([.. Of(present), added]);

    /// <summary>What remains without one of them; null: nobody.</summary>
    public static ICaptureTap? Without(ICaptureTap? present, ICaptureTap gone)
    {
        var rest = Of(present).Where(tap => tap != gone).ToArray();
        return rest.Length switch { 0 => null, 1 => rest[0], _ => new TapFan(rest) };
    }

    public void Capture(ReadOnlySpan<byte> frame, bool output)
    {
        foreach (var tap in _taps)
        {
            tap.Capture(frame, output);
        }
    }

    private static ICaptureTap[] Of(ICaptureTap? present) => present switch
    {
        null => [],
        TapFan fan => fan._taps,
        _ => [present],
    };
}

/// <summary>Several captures at the uplink.</summary>
internal sealed class UplinkTapFan(IUplinkTap[] taps) : IUplinkTap
{
    private readonly IUplinkTap[] _taps = taps;

    public static IUplinkTap With(IUplinkTap? present, IUplinkTap added)
        => present is null ? added : new UplinkTapFan([.. Of(present), added]);

    /// <summary>What remains without one of them; null: nobody.</summary>
    public static IUplinkTap? Without(IUplinkTap? present, IUplinkTap gone)
    {
        var rest = Of(present).Where(tap => tap != gone).ToArray();
        return rest.Length switch { 0 => null, 1 => rest[0], _ => new UplinkTapFan(rest) };
    }

    public void Capture(IpAddress local, in TunnelPath path, ReadOnlySpan<byte> payload, bool output)
    {
        foreach (var tap in _taps)
        {
            tap.Capture(local, path, payload, output);
        }
    }

    private static IUplinkTap[] Of(IUplinkTap? present) => present switch
    {
        null => [],
        UplinkTapFan fan => fan._taps,
        _ => [present],
    };
}
