using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Errors;

namespace Fabric.Manager.Storage;

/// <summary>
/// Everything one request does to the policy tree, done in one write: deletes from the leaves up, then writes so that what is named comes
/// before what names it, then one look at the result, which alone decides whether references hold. The order in the body means nothing.
/// </summary>
internal sealed class PolicyPlan(WriteScope scope, bool checksRevisions, bool lingers)
{
    private readonly List<PolicyPlace> _gone = [];
    private readonly List<ResourceKey> _named = [];

    /// <summary>Deletes, and everything below with each when <paramref name="cascades"/>.</summary>
    public ApiError? Delete(IReadOnlyCollection<PolicyPlace> places, DeleteWishes wishes, bool cascades)
    {
        var all = new Dictionary<string, PolicyPlace>();
        var asked = places.Select(place => place.Path).ToHashSet();
        foreach (var place in places)
        {
            if (scope.Model.Find(place.Key) is PolicyResource { MarkedForDelete: false })
            {
                Gather(place, cascades, all);
            }
        }

        foreach (var place in all.Values.OrderByDescending(place => place.Path.Count(letter => letter == '/')).ThenBy(place => place.Path, StringComparer.Ordinal))
        {
            var resource = (PolicyResource)scope.Model.Find(place.Key)!;
            bool alone = !all.ContainsKey(place.ParentPath);
            if ((asked.Contains(place.Path) || cascades ? scope.Denies("DELETE", place.Path) : null) is { } denied)
            {
                return denied;
            }

            if (scope.Forbids(resource) is { } forbidden)
            {
                return forbidden;
            }

            if (alone && resource.SystemOwned)
            {
                return ApiErrors.SystemOwned(place.Key);
            }

            if (place.Type.Release(scope, resource, wishes) is { } refused)
            {
                return refused;
            }

            if (lingers)
            {
                scope.Put(resource with { MarkedForDelete = true });
            }
            else
            {
                scope.Remove(place.Key);
            }

            if (!(wishes.Force && place.Type.CanForce))
            {
                _gone.Add(place);
            }
        }

        return null;
    }

    public ApiError? Write(IReadOnlyList<PolicyWrite> writes, IReadOnlyList<PolicyPlace> walked)
    {
        var paths = writes.Select(write => write.Place.Path).ToHashSet();
        foreach (var place in walked.Concat(writes.Select(write => write.Place)))
        {
            string above = place.ParentPath;
            if (above.Length > 0 && !paths.Contains(above) && !Exists(above))
            {
                return ApiErrors.InvalidPath(above);
            }
        }

        if (walked.FirstOrDefault(place => !paths.Contains(place.Path) && !Exists(place.Path)) is { } nowhere)
        {
            return ApiErrors.InvalidPath(nowhere.Path);
        }

        var drafts = new List<PolicyDraft>(writes.Count);
        foreach (var write in writes)
        {
            var draft = new PolicyDraft(write, (PolicyResource?)scope.Model.Find(write.Place.Key));
            if (Read(draft) is { } error)
            {
                return writes.Count > 1 ? error with { Details = $"path=[{write.Place.Path}]" } : error;
            }

            drafts.Add(draft);
        }

        foreach (var draft in PolicyDraft.InOrder(drafts))
        {
            if (Put(draft) is { } error)
            {
                return writes.Count > 1 ? error with { Details = $"path=[{draft.Place.Path}]" } : error;
            }
        }

        return null;
    }

    /// <summary>Makes a new object below a parent that is there, with what is born with it. For the manager's own use: nothing is checked but what the row completes.</summary>
    public ApiError? Plant(PolicyType type, string parentPath, PolicyResource resource) => Put(type, Placed(type, parentPath, resource), before: null, isAsked: false);

    /// <summary>Whether everything named is there, and nothing that is gone is still named.</summary>
    public ApiError? Settle()
    {
        foreach (var target in _named)
        {
            if (scope.Model.Find(target) is not { } found || found is PolicyResource { MarkedForDelete: true })
            {
                return target.Id.StartsWith('/') || target.Kind.Length == 0 ? ApiErrors.InvalidPath(target.Id) : ApiErrors.NotFound(target.Kind, target.Id);
            }
        }

        foreach (var place in _gone)
        {
            var blockers = PolicyTree.ChildrenOf(scope.Model, place.Type, place.Path).Select(child => (ManagedResource)child.Child)
                .Concat(scope.Model.ReferrersOf(place.Key).Select(key => scope.Model.Find(key)!))
                .Where(resource => resource is not PolicyResource { MarkedForDelete: true })
                .Select(resource => ResourceKey.Of(resource).Id).Distinct().Order(StringComparer.Ordinal).ToList();
            if (blockers.Count > 0)
            {
                return ApiErrors.PathInUse(place.Path, blockers);
            }
        }

        return null;
    }

    private static PolicyResource Placed(PolicyType type, string parentPath, PolicyResource resource)
    {
        string id = type.IsSingle ? type.Pieces[^1] : resource.Id;
        return resource with
        {
            Id = id,
            DisplayName = string.IsNullOrEmpty(resource.DisplayName) ? id : resource.DisplayName,
            Path = type.PathOf(parentPath, id),
            RelativePath = id,
            ParentPath = parentPath,
        };
    }

    private bool Exists(string path) => PolicyTree.Find(path) is { Id: not null } place && scope.Model.Find(place.Key) is PolicyResource { MarkedForDelete: false };

    /// <summary>The object, what always goes with it, and with <paramref name="all"/> whatever stands below.</summary>
    private void Gather(PolicyPlace place, bool cascades, Dictionary<string, PolicyPlace> all)
    {
        all[place.Path] = place;
        foreach (var (row, child) in PolicyTree.ChildrenOf(scope.Model, place.Type, place.Path))
        {
            if (!child.MarkedForDelete && (cascades || row.GoesWithParent || child.SystemOwned || place.Type.Embeds.Any(embedded => embedded.Children == row)))
            {
                Gather(new PolicyPlace(row, child.ParentPath, child.Path, child.Id), cascades, all);
            }
        }
    }

    private ApiError? Read(PolicyDraft draft)
    {
        var (place, body, before) = (draft.Place, (JsonObject)draft.Write.Body.DeepClone(), draft.Before);
        if (before is null)
        {
            if (!PolicyIds.IsAllowed(place.Id!))
            {
                return ApiErrors.BadId(place.Id!);
            }
        }
        else if (before.MarkedForDelete)
        {
            return ApiErrors.MarkedForDelete(place.Path);
        }
        else if (CheckRevision(draft, body) is { } error)
        {
            return error;
        }

        body["id"] = place.Id;
        if (before is not null && draft.Write.Mode == PolicyWriteMode.Patch)
        {
            body = Merge(before, body);
        }
        else if (before is not null)
        {
            body["resource_type"] ??= before.ResourceType;
        }

        var (record, wrong) = RecordReader.Read(place.Type.Record, body, before);
        if (wrong is not null)
        {
            return wrong;
        }

        draft.After = Placed(place.Type, place.ParentPath, (PolicyResource)record!);
        return null;
    }

    private ApiError? CheckRevision(PolicyDraft draft, JsonObject body)
    {
        bool must = draft.Write.Mode == PolicyWriteMode.Put;
        if (!must && !(checksRevisions && body["_revision"] is not null))
        {
            return null;
        }

        if (body["_revision"] is not { } given)
        {
            return ApiErrors.PathExists(draft.Place.Path);
        }

        return given is not JsonValue value || !value.TryGetValue(out long revision) ? ApiErrors.Malformed("Field _revision must be a whole number.")
            : revision != draft.Before!.Revision ? ApiErrors.StalePath(draft.Place.Path, revision, draft.Before.Revision)
            : null;
    }

    /// <summary>Fields given replace those there, whole; a null takes one away.</summary>
    private static JsonObject Merge(PolicyResource before, JsonObject given)
    {
        var merged = ResourceJson.ToWire(before);
        foreach (var (name, value) in given.ToArray())
        {
            given.Remove(name);
            merged[name] = value;
        }

        return merged;
    }

    private ApiError? Put(PolicyDraft draft)
    {
        var now = (PolicyResource?)scope.Model.Find(draft.Place.Key);
        if (!ReferenceEquals(draft.Before, now)) // this very write has made it already: with its parent, or because the body has it twice
        {
            draft.Before = now;
            if (Read(draft) is { } error)
            {
                return error;
            }
        }

        return Put(draft.Place.Type, draft.After!, draft.Before, isAsked: true);
    }

    private ApiError? Put(PolicyType type, PolicyResource after, PolicyResource? before, bool isAsked)
    {
        if (before is null)
        {
            string id = scope.Ids.Next();
            after = after with { UniqueId = after.UniqueId ?? id, RealizationId = after.RealizationId ?? after.UniqueId ?? id };
        }

        var (completed, error) = type.Complete(scope, before, after);
        if (error is not null)
        {
            return error;
        }

        if (before is not null && completed!.SaysTheSameAs(before))
        {
            return null;
        }

        if (isAsked && scope.Denies(before is null ? "PUT" : "PATCH", completed!.Path) is { } denied)
        {
            return denied;
        }

        if (before is not null && (scope.Forbids(before) ?? (before.SystemOwned && !type.SystemOwnedMayChange ? ApiErrors.SystemOwned(ResourceKey.Of(before)) : null)) is { } forbidden)
        {
            return forbidden;
        }

        var known = before is null ? [] : ResourceLinks.References(before).ToHashSet();
        _named.AddRange(ResourceLinks.References(completed!).Where(target => !known.Contains(target)));
        scope.Put(completed!);
        return before is null ? Bear(type, completed!) : null;
    }

    private ApiError? Bear(PolicyType type, PolicyResource parent)
    {
        string above = PolicyTree.BaseOf(parent.Path);
        foreach (var row in type.Children.Where(row => row.Born is not null))
        {
            if (Plant(row, above, row.Born!()) is { } error)
            {
                return error;
            }
        }

        foreach (var child in type.Births?.Invoke(parent) ?? [])
        {
            var row = type.Children.First(row => row.Kind == ResourceKey.KindOf(child.GetType()));
            if (Plant(row, above, child) is { } error)
            {
                return error;
            }
        }

        return null;
    }
}
