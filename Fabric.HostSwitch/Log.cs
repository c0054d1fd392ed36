using Microsoft.Extensions.Logging;

namespace Fabric.HostSwitch;

/// <summary>Every event the host switch can log, in id order: 3000 to 3999.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Debug, "Generation {Generation} is in force")]
    public static partial void GenerationApplied(this ILogger logger, ulong generation);

    [LoggerMessage(3002, LogLevel.Warning, "{Kind} {Id} cannot be applied: {Reason}")]
    public static partial void ObjectRefused(this ILogger logger, string kind, string id, string reason);

    [LoggerMessage(3003, LogLevel.Information, "Restored generation {Generation}: {Objects} objects, {Vnics} vnics")]
    public static partial void StateRestored(this ILogger logger, ulong generation, int objects, int vnics);

    [LoggerMessage(3004, LogLevel.Error, "The kept state could not be read; it is set aside as {Path}, and the host starts empty")]
    public static partial void StateSetAside(this ILogger logger, string path);

    [LoggerMessage(3005, LogLevel.Error, "The state cannot be kept in {Directory}: {Reason}")]
    public static partial void StateNotSaved(this ILogger logger, string directory, string reason);

    [LoggerMessage(3006, LogLevel.Information, "Vnic {VifId} is plugged: {Device}")]
    public static partial void VnicPlugged(this ILogger logger, string vifId, string device);

    [LoggerMessage(3007, LogLevel.Information, "Vnic {VifId} is unplugged")]
    public static partial void VnicUnplugged(this ILogger logger, string vifId);

    [LoggerMessage(3008, LogLevel.Information, "Connected to the controller at {Address}")]
    public static partial void ControllerConnected(this ILogger logger, string address);

    [LoggerMessage(3009, LogLevel.Warning, "No controller at {Address}: {Reason}. The host goes on with what it has")]
    public static partial void ControllerLost(this ILogger logger, string address, string reason);

    [LoggerMessage(3010, LogLevel.Information, "Address {Address} is added to {Device}")]
    public static partial void AddressAdded(this ILogger logger, string address, string device);

    [LoggerMessage(3011, LogLevel.Warning, "Address {Address} cannot be added to {Device}: {Reason}")]
    public static partial void AddressNotAdded(this ILogger logger, string address, string device, string reason);

    [LoggerMessage(3012, LogLevel.Information, "Capture of {Point} {Id} started")]
    public static partial void CaptureStarted(this ILogger logger, string point, string id);

    [LoggerMessage(3013, LogLevel.Information, "Capture of {Point} {Id} ended, {Lost} frames lost")]
    public static partial void CaptureEnded(this ILogger logger, string point, string id, ulong lost);

    [LoggerMessage(3014, LogLevel.Warning, "{Device} cannot be opened: {Reason}")]
    public static partial void DeviceNotOpened(this ILogger logger, string device, string reason);
}
