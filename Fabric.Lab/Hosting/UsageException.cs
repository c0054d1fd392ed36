namespace Fabric.Lab.Hosting;

/// <summary>The user asked for something that cannot be: one line to standard error, exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
