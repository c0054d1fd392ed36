using Fabric.Manager.Catalog;

namespace Fabric.Manager.Faults;

/// <summary>A misfortune that somebody ordered, to see what their client makes of it: which, and whom it may strike.</summary>
internal sealed record FaultOrder
{
    [ServerSet]
    public string Id { get; init; } = "";

    /// <summary>One of the catalogue's.</summary>
    [Mandatory, AtMost(64)]
    public string Name { get; init; } = "";

    /// <summary>Of the requests (or of the intent, for realization); a star stands for anything. None: all.</summary>
    [AtMost(1024)]
    public string? Path { get; init; }

    [OneOf("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")]
    public IReadOnlyList<string>? Methods { get; init; }

    /// <summary>The type that the path leads to, such as Segment or LogicalPort.</summary>
    [AtMost(128)]
    public string? ResourceType { get; init; }

    /// <summary>A user's name, or the address the request comes from.</summary>
    [AtMost(255)]
    public string? Client { get; init; }

    /// <summary>How often it strikes before it is over; none: until it is removed.</summary>
    [Within(1, int.MaxValue)]
    public long? Count { get; init; }

    /// <summary>Of striking a request that fits, from 0 to 1; which ones, the seed decides.</summary>
    public double? Probability { get; init; }

    [Within(0, int.MaxValue)]
    public long? Seed { get; init; }

    /// <summary>Passed before it strikes.</summary>
    [Within(0, 600_000)]
    public long? DelayMs { get; init; }

    /// <summary>For the faults that last: how far search lags behind.</summary>
    [Within(0, 3600)]
    public long? Seconds { get; init; }

    /// <summary>Another code than the usual one, where clients know several.</summary>
    [Within(0, int.MaxValue)]
    public long? ErrorCode { get; init; }

    /// <summary>How often it has struck.</summary>
    [ServerSet]
    public long Fired { get; init; }
}
