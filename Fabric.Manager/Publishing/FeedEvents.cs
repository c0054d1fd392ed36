using Fabric.Contracts.V1;
using Fabric.Manager.Catalog;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Publishing;

/// <summary>Writes the store's states and transactions as events of the feed.</summary>
internal static class FeedEvents
{
    public static IEnumerable<ConfigEvent> Snapshot(string epoch, FabricModel model)
    {
        yield return new ConfigEvent { Epoch = epoch, Sequence = model.Sequence, More = true, SnapshotBegin = new SnapshotBegin() };
        foreach (var resource in model.Everything)
        {
            if (FeedTranslation.Describe(resource, model) is { } item)
            {
                yield return new ConfigEvent { Epoch = epoch, Sequence = model.Sequence, More = true, Upsert = item };
            }
        }

        yield return new ConfigEvent { Epoch = epoch, Sequence = model.Sequence, Synced = new Synced() };
    }

    /// <summary>Everything that has changed since a watcher was here, as one transaction.</summary>
    public static IEnumerable<ConfigEvent> Resume(string epoch, FabricModel model, IReadOnlyCollection<ResourceKey> changed)
    {
        // A resource that is gone can no longer tell what was made from it; those that can be are looked at anew.
        var affected = changed.SelectMany(key => FeedTranslation.Affected(key, null, model.Find(key), model))
            .Concat(changed.Any(IsPartOfRouter) ? model.All<LogicalRouter>().Select(router => ResourceKey.Of(router)) : []);
        return Changes(epoch, model, affected)
            .Append(new ConfigEvent { Epoch = epoch, Sequence = model.Sequence, Synced = new Synced() });
    }

    public static IEnumerable<ConfigEvent> Transaction(string epoch, JournalEntry entry)
        => Changes(
            epoch,
            entry.Model,
            entry.Changes.SelectMany(change => FeedTranslation.Affected(change.Key, change.Before, change.After, entry.Model)));

    private static List<ConfigEvent> Changes(string epoch, FabricModel model, IEnumerable<ResourceKey> affected)
    {
        var events = new List<ConfigEvent>();
        foreach (var key in affected.Distinct())
        {
            var item = model.Find(key) is { } resource ? FeedTranslation.Describe(resource, model) : null;
            events.Add(item is not null
                ? new ConfigEvent { Epoch = epoch, Sequence = model.Sequence, More = true, Upsert = item }
                : new ConfigEvent
                {
                    Epoch = epoch,
                    Sequence = model.Sequence,
                    More = true,
                    Delete = new ConfigKey { Kind = FeedTranslation.KindOf(key.Kind), Id = key.Id },
                });
        }

        if (events.Count > 0)
        {
            events[^1].More = false;
        }

        return events;
    }

    private static bool IsPartOfRouter(ResourceKey key) => key.Kind is nameof(StaticRoute) or nameof(AdvertisementConfig) or nameof(AdvertiseRuleList);
}
