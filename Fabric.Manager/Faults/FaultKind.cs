using Fabric.Manager.Errors;

namespace Fabric.Manager.Faults;

/// <summary>Where a fault strikes.</summary>
internal enum FaultPlace
{
    /// <summary>Instead of the answer.</summary>
    Request,

    /// <summary>The connection under the request.</summary>
    Connection,

    /// <summary>On the way out, after the work was done.</summary>
    Answer,

    /// <summary>What search finds.</summary>
    Search,

    /// <summary>What becomes of an intent.</summary>
    Realization,

    /// <summary>Nowhere here: it is part of the catalogue and cannot be had, for the reason that the description gives.</summary>
    Nowhere,
}

/// <summary>A fault of the catalogue: its name, what a client sees, where it strikes and which methods it strikes if the order names none.</summary>
internal sealed record FaultKind(string Name, string Description, FaultPlace Place)
{
    private static readonly string[] Everything = [];

    public IReadOnlyList<string> Methods { get; init; } = Everything;

    /// <summary>What is answered to a request for that path, or befalls that intent.</summary>
    public Func<string, ApiError>? Error { get; init; }

    /// <summary>Told in a Retry-After header.</summary>
    public int? RetryAfter { get; init; }
}
