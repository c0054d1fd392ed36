using Fabric.Manager.Catalog;
using Fabric.Manager.Errors;

namespace Fabric.Manager.Storage;

/// <summary>How a write ended.</summary>
internal abstract record WriteOutcome
{
    /// <summary>It is durable; this is what it left.</summary>
    public sealed record Stored(ManagedResource Resource) : WriteOutcome;

    /// <summary>It is durable, and there is nothing to show.</summary>
    public sealed record Done : WriteOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(ApiError Error) : WriteOutcome;

    public static implicit operator WriteOutcome(ApiError error) => new Refused(error);

    public static implicit operator WriteOutcome(ManagedResource resource) => new Stored(resource);
}
