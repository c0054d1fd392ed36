namespace Fabric.Manager.Catalog;

/// <summary>
/// Values that users added to those a context profile may ask for; the id is the path of the infra and the key. Not served itself: the attributes
/// of context profiles show them.
/// </summary>
internal sealed record CustomAttributeValues : ManagedResource
{
    public IReadOnlyList<string> Values { get; init; } = [];
}
