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
}
