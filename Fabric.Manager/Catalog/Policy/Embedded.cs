namespace Fabric.Manager.Catalog.Policy;

/// <summary>
/// Children that their parent's body carries as a list as well: written with the parent, shown in it, and objects of their own. A PUT of the
/// parent deletes those that its list leaves out; a PATCH adds and changes.
/// </summary>
/// <param name="Field">The list's name in the parent's body.</param>
/// <param name="Children">The children's row, also among the parent's children.</param>
/// <param name="InLists">Whether lists of parents show it, or only a GET of one.</param>
/// <param name="Fill">The parent with its children in it, for the answer; with null, as it is stored.</param>
internal sealed record Embedded(string Field, PolicyType Children, bool InLists, Func<PolicyResource, IReadOnlyList<PolicyResource>?, PolicyResource> Fill)
{
    public static Embedded Of<TParent, TChild>(string field, PolicyType children, Func<TParent, IReadOnlyList<TChild>?, TParent> fill, bool inLists = true)
        where TParent : PolicyResource
        where TChild : PolicyResource
        => new(field, children, inLists, (parent, shown) => fill((TParent)parent, shown is null ? null : [.. shown.Cast<TChild>()]));
}
