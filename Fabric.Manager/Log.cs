using Microsoft.Extensions.Logging;

namespace Fabric.Manager;

/// <summary>Every event the manager can log, in id order: 1000 to 1999.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Information, "Database opened at sequence {Sequence} with {Count} resources")]
    public static partial void StoreOpened(this ILogger logger, ulong sequence, int count);

    [LoggerMessage(1002, LogLevel.Error, "The database refused a transaction; nothing was changed")]
    public static partial void StoreFailed(this ILogger logger, Exception broken);

    [LoggerMessage(1003, LogLevel.Warning, "A reader of the journal fell behind at sequence {Sequence} and has to start over")]
    public static partial void SubscriberFellBehind(this ILogger logger, ulong sequence);

    [LoggerMessage(1004, LogLevel.Information, "New data file seeded with '{Seed}': {Count} resources")]
    public static partial void Seeded(this ILogger logger, string seed, int count);

    [LoggerMessage(1005, LogLevel.Information, "The generated password of user admin is in {Path}")]
    public static partial void PasswordGenerated(this ILogger logger, string path);

    [LoggerMessage(1006, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void RequestFailed(this ILogger logger, string method, string path, Exception bug);

    [LoggerMessage(1010, LogLevel.Information, "Search has indexed {Count} resources")]
    public static partial void SearchIndexed(this ILogger logger, int count);

    [LoggerMessage(1011, LogLevel.Warning, "The database does not answer, trying again: {Reason}")]
    public static partial void DatabaseLost(this ILogger logger, string reason);

    [LoggerMessage(1012, LogLevel.Information, "Members of the cluster: {Members}")]
    public static partial void MembersChanged(this ILogger logger, string members);

    [LoggerMessage(1101, LogLevel.Information, "Controller {Controller} watches from sequence {Sequence}, resuming: {Resumed}")]
    public static partial void ControllerWatches(this ILogger logger, string controller, ulong sequence, bool resumed);

    [LoggerMessage(1201, LogLevel.Warning, "{Path} cannot be realized: {Code} {Reason}")]
    public static partial void RealizationFailed(this ILogger logger, string path, int code, string reason);

    [LoggerMessage(1202, LogLevel.Warning, "Realization of {Count} policy objects waits: {Reason}")]
    public static partial void RealizationPostponed(this ILogger logger, int count, string reason);
}
