namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>A set of members, found by conditions or named one by one.</summary>
internal sealed record Group : PolicyResource
{
    /// <summary>Expressions at even places, what joins them at odd ones.</summary>
    public IReadOnlyList<Expression>? Expression { get; init; }

    /// <summary>Identity groups; with <see cref="Expression"/>, both must hold.</summary>
    [AtMost(1)]
    public IReadOnlyList<Expression>? ExtendedExpression { get; init; }

    [AtMost(1), OneOf("IPAddress", "ANTREA")]
    public IReadOnlyList<string>? GroupType { get; init; }

    /// <summary>Made by another domain or site.</summary>
    [ServerSet]
    public bool Reference { get; init; }

    [OneOf("IN_PROGRESS", "SUCCESS", "FAILURE"), ServerSet]
    public string? State { get; init; }
}
