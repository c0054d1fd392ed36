using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Errors;
using Fabric.Manager.Security;

namespace Fabric.Manager.Storage;

/// <summary>Creates, replaces and deletes resources of any type by its row. The three writes that all of the API is made of.</summary>
internal sealed class ResourceWriter(ResourceStore store)
{
    public FabricModel Current => store.Current;

    public async Task<WriteOutcome> CreateAsync(Caller caller, ResourceType type, JsonObject body, string? parent, CancellationToken cancellation)
    {
        var (record, error) = RecordReader.Read(type.Record, body);
        if (error is not null)
        {
            return error;
        }

        var asked = (ManagedResource)record!;
        return CheckId(asked.Id) is { } wrong ? wrong : await store.WriteAsync(
            caller,
            scope =>
            {
                if (parent is not null && scope.Model.Find(new ResourceKey(type.Parent!.Name, parent)) is null)
                {
                    return ApiErrors.NotFound(type.Parent!.Name, parent);
                }

                var resource = type.Adopt(asked.Id.Length == 0 ? asked with { Id = scope.Ids.Next() } : asked, parent ?? "");
                return scope.Model.Find(ResourceKey.Of(resource)) is not null
                    ? ApiErrors.AlreadyExists(type.Kind, resource.Id)
                    : Write(scope, type, null, resource);
            },
            cancellation).ConfigureAwait(false);
    }

    public async Task<WriteOutcome> ReplaceAsync(Caller caller, ResourceType type, string id, JsonObject body, string? parent, CancellationToken cancellation)
    {
        if (body["_revision"] is not { } given)
        {
            return ApiErrors.MissingRevision(type.Kind, id);
        }

        if (given is not JsonValue value || !value.TryGetValue(out long revision))
        {
            return ApiErrors.Malformed("Field _revision must be a whole number.");
        }

        if (body["id"] is JsonValue named && named.TryGetValue(out string? other) && other != id)
        {
            return ApiErrors.Field($"id {other} is not the {id} of the path");
        }

        return await store.WriteAsync(
            caller,
            scope =>
            {
                if (Find(scope.Model, type, id, parent) is not { } before)
                {
                    return ApiErrors.NotFound(type.Kind, id);
                }

                if (before.Revision != revision)
                {
                    return ApiErrors.StaleRevision(type.Kind, id, revision, before.Revision);
                }

                if (before.SystemOwned && !type.SystemOwnedMayChange)
                {
                    return ApiErrors.SystemOwned(ResourceKey.Of(before));
                }

                body["id"] = id;
                body["resource_type"] ??= before.ResourceType;
                var (record, error) = RecordReader.Read(type.Record, body, before);
                return error is not null ? error : Write(scope, type, before, (ManagedResource)record!);
            },
            cancellation).ConfigureAwait(false);
    }

    public Task<WriteOutcome> DeleteAsync(Caller caller, ResourceType type, string id, string? parent, DeleteWishes wishes, CancellationToken cancellation)
        => store.WriteAsync(
            caller,
            scope =>
            {
                if (Find(scope.Model, type, id, parent) is not { } resource)
                {
                    return ApiErrors.NotFound(type.Kind, id);
                }

                var key = ResourceKey.Of(resource);
                if (resource.SystemOwned)
                {
                    return resource is FirewallSection ? ApiErrors.DefaultSection() : ApiErrors.SystemOwned(key);
                }

                if (scope.Forbids(resource) is { } forbidden)
                {
                    return forbidden;
                }

                if (type.Release(scope, resource, wishes) is { } error)
                {
                    return error;
                }

                var referrers = scope.Model.ReferrersOf(key);
                if (referrers.Count > 0 && !(wishes.Force && type.CanForce))
                {
                    return ApiErrors.InUse(key, referrers);
                }

                scope.Remove(key);
                return new WriteOutcome.Done();
            },
            cancellation);

    /// <summary>Any other change of one resource, such as an action.</summary>
    public Task<WriteOutcome> ChangeAsync(Caller caller, Func<WriteScope, WriteOutcome> change, CancellationToken cancellation) => store.WriteAsync(caller, change, cancellation);

    /// <summary>Checks and stores a resource; every way to write one ends here.</summary>
    public static WriteOutcome Write(WriteScope scope, ResourceType type, ManagedResource? before, ManagedResource after)
    {
        if (before is not null && scope.Forbids(before) is { } forbidden)
        {
            return forbidden;
        }

        var known = before is null ? [] : ResourceLinks.References(before).ToHashSet();
        foreach (var (field, target) in ResourceLinks.FieldsOf(after))
        {
            if (!known.Contains(target) && scope.Model.Find(target) is null)
            {
                return ApiErrors.MissingReference(field, target);
            }
        }

        var (resource, error) = type.Complete(scope, before, after with { DisplayName = string.IsNullOrEmpty(after.DisplayName) ? after.Id : after.DisplayName });
        return error is not null ? error : scope.Put(resource!);
    }

    public static ManagedResource? Find(FabricModel model, ResourceType type, string id, string? parent)
        => model.Find(new ResourceKey(type.Kind, id)) is { } found && (parent is null || type.ParentOf(found) == parent) ? found : null;

    private static ApiError? CheckId(string id)
        => id.Length <= 255 && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':') ? null : ApiErrors.Field($"id '{id}' may have letters, digits, '-', '_', '.' and ':' only");
}
