namespace Fabric.Manager.Errors;

/// <summary>Why a request is refused, in the words and numbers clients know.</summary>
internal sealed record ApiError(int Status, int Code, string Module, string Message)
{
    public IReadOnlyList<ApiError>? Related { get; init; }

    public string? Details { get; init; }
}
