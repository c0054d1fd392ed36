using Microsoft.Extensions.Logging;

namespace Fabric.Controller;

/// <summary>Every event the controller can log, in id order: 2000 to 2999.</summary>
internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Information, "Took a snapshot of {Objects} objects, epoch {Epoch}, sequence {Sequence}")]
    public static partial void SnapshotTaken(this ILogger logger, int objects, string epoch, ulong sequence);

    [LoggerMessage(2002, LogLevel.Warning, "Lost the manager at {Address}, serving what is known until it returns: {Reason}")]
    public static partial void ManagerLost(this ILogger logger, string address, string reason);

    [LoggerMessage(2003, LogLevel.Information, "Host {Node} connected with {Vifs} VIFs, generation {Generation} in force")]
    public static partial void HostArrived(this ILogger logger, string node, int vifs, ulong generation);

    [LoggerMessage(2004, LogLevel.Information, "Host {Node} disconnected; what it reported stays until it returns")]
    public static partial void HostLeft(this ILogger logger, string node);

    [LoggerMessage(2005, LogLevel.Debug, "Sent host {Node} generation {Generation}")]
    public static partial void ChangeSent(this ILogger logger, string node, ulong generation);

    [LoggerMessage(2006, LogLevel.Warning, "Host {Node} refused {Kind} {Id}: {Reason}")]
    public static partial void ObjectRefused(this ILogger logger, string node, string kind, string id, string reason);

    [LoggerMessage(2007, LogLevel.Information, "The manager at {Address} is back; following from sequence {Sequence}")]
    public static partial void ManagerBack(this ILogger logger, string address, ulong sequence);
}
