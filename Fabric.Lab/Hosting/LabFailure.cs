namespace Fabric.Lab.Hosting;

/// <summary>Something the lab needed did not happen: one line to standard error, exit code 1.</summary>
internal sealed class LabFailure(string message) : Exception(message);
