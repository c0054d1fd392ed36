namespace Fabric.Manager.Catalog;

/// <summary>
/// A resource as it is answered, worked out once. It is carried along by the copy that a change makes, and knows that it is not the copy's. No two
/// differ: what is remembered is no part of what a record is.
/// </summary>
internal struct WireForm : IEquatable<WireForm>
{
    private Kept? _kept;

    public byte[] Of(ManagedResource resource)
    {
        var kept = Volatile.Read(ref _kept);
        if (kept is null || !ReferenceEquals(kept.Owner, resource))
        {
            kept = new Kept(resource, ResourceJson.ToWireBytes(resource));
            Volatile.Write(ref _kept, kept);
        }

        return kept.Bytes;
    }

    public readonly bool Equals(WireForm other) => true;

    public override readonly bool Equals(object? obj) => obj is WireForm;

    public override readonly int GetHashCode() => 0;

    private sealed record Kept(ManagedResource Owner, byte[] Bytes);
}
