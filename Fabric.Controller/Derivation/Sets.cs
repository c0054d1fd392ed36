using System.Collections.Immutable;

namespace Fabric.Controller.Derivation;

/// <summary>Sets of ids as values: ordered, so that what is computed from them repeats; equal when they have the same members.</summary>
internal static class Sets
{
    public static readonly ImmutableSortedSet<string> Empty = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    public static readonly IEqualityComparer<ImmutableSortedSet<string>> Comparer = new ByMembers();

    public static ImmutableSortedSet<string> Of(IEnumerable<string> members) => Empty.Union(members);

    private sealed class ByMembers : IEqualityComparer<ImmutableSortedSet<string>>
    {
        public bool Equals(ImmutableSortedSet<string>? x, ImmutableSortedSet<string>? y)
            => ReferenceEquals(x, y) || (x is not null && y is not null && x.Count == y.Count && x.SequenceEqual(y, StringComparer.Ordinal));

        public int GetHashCode(ImmutableSortedSet<string> obj) => obj.Count;
    }
}
