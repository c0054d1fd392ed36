using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy.Sites;
using Fabric.Manager.Errors;
using Fabric.Manager.Security;

namespace Fabric.Manager.Storage;

/// <summary>One write as it happens: it sees what the writes before it did, and all of it is kept or none.</summary>
internal sealed class WriteScope(FabricModel model, IdSource ids, Caller caller, long now)
{
    private readonly FabricModel _before = model;
    private readonly List<ResourceKey> _touched = [];
    private readonly HashSet<ResourceKey> _known = [];
    private bool _mirrors;

    /// <summary>Everything, with this write's changes so far.</summary>
    public FabricModel Model { get; private set; } = model;

    public IdSource Ids => ids;

    public Caller Caller => caller;

    public string User => caller.Name;

    /// <summary>Milliseconds since 1970.</summary>
    public long Now => now;

    /// <summary>Makes a resource or replaces it, with its audit fields and the next revision: one more however often the write puts it.</summary>
    public T Put<T>(T resource)
        where T : ManagedResource
    {
        var key = ResourceKey.Of(resource);
        var old = Model.Find(key);
        resource = old is null
            ? resource with
            {
                CreateUser = User,
                CreateTime = now,
                LastModifiedUser = User,
                LastModifiedTime = now,
                Revision = 0,
                Protection = caller.IsProtected ? "REQUIRE_OVERRIDE" : resource.SystemOwned ? "PROTECTED" : resource.Protection,
            }
            : resource with
            {
                CreateUser = old.CreateUser,
                CreateTime = old.CreateTime,
                LastModifiedUser = User,
                LastModifiedTime = now,
                Revision = ReferenceEquals(old, _before.Find(key)) ? old.Revision + 1 : old.Revision,
            };
        Model = Model.With(resource);
        Touch(key);
        Mirror(old, resource);
        return resource;
    }

    public void Remove(ResourceKey key)
    {
        var old = Model.Find(key);
        Model = Model.Without(key);
        Touch(key);
        Mirror(old, null);
    }

    /// <summary>Why the caller's roles do not let it do this to an object of the policy tree; null: they do. The manager itself has no roles and may do everything.</summary>
    public ApiError? Denies(string method, string path)
        => (caller.Roles.Count > 0 || caller.RolesForPaths.Count > 0) && !Permissions.Allows(caller, method, "/policy/api/v1" + path) ? ApiErrors.NotAllowed() : null;

    /// <summary>Why the caller may not change or delete this; null: it may.</summary>
    public ApiError? Forbids(ManagedResource resource)
        => resource.Protection == "REQUIRE_OVERRIDE" && resource.CreateUser != User && !caller.Overwrites
            ? ApiErrors.NotOwner(caller, resource.ResourceType, resource.CreateUser)
            : null;

    /// <summary>Forgets what the write has done since the model was this one.</summary>
    public void RollBackTo(FabricModel earlier) => Model = earlier;

    /// <summary>What the write changed, in the order it did.</summary>
    public IReadOnlyList<ResourceChange> Changes()
        => [.. _touched.Select(key => new ResourceChange(key, _before.Find(key), Model.Find(key)))
            .Where(change => !ReferenceEquals(change.Before, change.After))];

    /// <summary>What both APIs serve changes in both.</summary>
    private void Mirror(ManagedResource? before, ManagedResource? after)
    {
        if (_mirrors)
        {
            return;
        }

        _mirrors = true;
        SiteMirror.Follow(this, before, after);
        _mirrors = false;
    }

    private void Touch(ResourceKey key)
    {
        if (_known.Add(key))
        {
            _touched.Add(key);
        }
    }
}
