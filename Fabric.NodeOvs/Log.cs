using Microsoft.Extensions.Logging;

namespace Fabric.NodeOvs;

/// <summary>Every event a node's switch can log, in id order: 4000 to 4999.</summary>
internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Information, "Tagging frames of {Ports} pods on {Vnic}")]
    public static partial void TaggerStarted(this ILogger logger, string vnic, int ports);

    [LoggerMessage(4002, LogLevel.Information, "Stopped: {Tagged} frames tagged, {Untagged} untagged, {Refused} refused, {NoRoom} without room")]
    public static partial void TaggerStopped(this ILogger logger, long tagged, long untagged, long refused, long noRoom);

    [LoggerMessage(4003, LogLevel.Error, "The tagger's links failed")]
    public static partial void TaggerFailed(this ILogger logger, Exception failure);

    [LoggerMessage(4010, LogLevel.Information, "Bridge {Bridge} is there")]
    public static partial void BridgeAdded(this ILogger logger, string bridge);

    [LoggerMessage(4011, LogLevel.Information, "Bridge {Bridge} is gone")]
    public static partial void BridgeRemoved(this ILogger logger, string bridge);

    [LoggerMessage(4012, LogLevel.Warning, "Device {Device} could not be opened: {Reason}")]
    public static partial void DeviceNotOpened(this ILogger logger, string device, string reason);

    [LoggerMessage(4013, LogLevel.Warning, "A controller address of bridge {Bridge} is not served: {Reason}")]
    public static partial void BadController(this ILogger logger, string bridge, string reason);

    [LoggerMessage(4014, LogLevel.Information, "The switch answers in {RunDirectory}")]
    public static partial void SwitchStarted(this ILogger logger, string runDirectory);

    [LoggerMessage(4015, LogLevel.Critical, "The switch can no longer follow its database")]
    public static partial void KeeperFailed(this ILogger logger, Exception failure);
}
