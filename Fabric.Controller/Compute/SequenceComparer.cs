namespace Fabric.Controller.Compute;

/// <summary>Lists as values: equal when their items are, in order.</summary>
internal sealed class SequenceComparer<T> : IEqualityComparer<IReadOnlyList<T>>
{
    public static readonly SequenceComparer<T> Instance = new();

    public bool Equals(IReadOnlyList<T>? x, IReadOnlyList<T>? y)
        => ReferenceEquals(x, y) || (x is not null && y is not null && x.Count == y.Count && x.SequenceEqual(y));

    public int GetHashCode(IReadOnlyList<T> obj) => obj.Count;
}
