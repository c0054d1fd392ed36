using Fabric.Manager.Catalog;

namespace Fabric.Manager.Storage;

/// <summary>One write as it happens: it sees what the writes before it did, and all of it is kept or none.</summary>
internal sealed class WriteScope(FabricModel model, IdSource ids, string user, long now)
{
    private readonly FabricModel _before = model;
    private readonly List<ResourceKey> _touched = [];

    /// <summary>Everything, with this write's changes so far.</summary>
    public FabricModel Model { get; private set; } = model;

    public IdSource Ids => ids;

    public string User => user;

    /// <summary>Milliseconds since 1970.</summary>
    public long Now => now;

    /// <summary>Makes a resource or replaces it, with its audit fields and the next revision.</summary>
    public T Put<T>(T resource)
        where T : ManagedResource
    {
        var key = ResourceKey.Of(resource);
        var old = Model.Find(key);
        resource = old is null
            ? resource with { CreateUser = user, CreateTime = now, LastModifiedUser = user, LastModifiedTime = now, Revision = 0 }
            : resource with
            {
                CreateUser = old.CreateUser,
                CreateTime = old.CreateTime,
                LastModifiedUser = user,
                LastModifiedTime = now,
                Revision = old.Revision + 1,
            };
        Model = Model.With(resource);
        Touch(key);
        return resource;
    }

    public void Remove(ResourceKey key)
    {
        Model = Model.Without(key);
        Touch(key);
    }

    /// <summary>What the write changed, in the order it did.</summary>
    public IReadOnlyList<ResourceChange> Changes()
        => [.. _touched.Select(key => new ResourceChange(key, _before.Find(key), Model.Find(key)))
            .Where(change => !ReferenceEquals(change.Before, change.After))];

    private void Touch(ResourceKey key)
    {
        if (!_touched.Contains(key))
        {
            _touched.Add(key);
        }
    }
}
