using Fabric.Manager.Catalog;
using Fabric.Manager.Errors;

namespace Fabric.Manager.Realization;

/// <summary>How far an intent is realized, in the API's words.</summary>
internal enum RealizationStatus
{
    /// <summary>Not yet: something that it needs is not there, or its turn has not come.</summary>
    Unrealized,
    Realized,
    Error,
}

/// <summary>What one attempt to realize an intent left.</summary>
internal sealed record Attempt(string Path, RealizationStatus Status)
{
    /// <summary>Of the intent at that moment; null: it is gone.</summary>
    public long? Revision { get; init; }

    /// <summary>The id of the main Manager object, there or not.</summary>
    public string? RealizedId { get; init; }

    public ApiError? Problem { get; init; }

    /// <summary>The Manager objects that the intent has, in the order in which they were made.</summary>
    public IReadOnlyList<ResourceKey> Owned { get; init; } = [];

    public IReadOnlyCollection<Dependency> Reads { get; init; } = [];

    /// <summary>Milliseconds since 1970.</summary>
    public long At { get; init; }

    /// <summary>Whether time alone may heal it: a fault on order, or a store that refused.</summary>
    public bool RetriesByTime { get; init; }
}
