using System.Collections.Concurrent;
using Fabric.Manager.Catalog;

namespace Fabric.Manager.Realization;

/// <summary>How each intent stands: the last attempt at it. Written by the loop alone, read by anyone.</summary>
internal sealed class RealizationBook
{
    private readonly ConcurrentDictionary<string, Attempt> _attempts = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, string> _paths = new(StringComparer.Ordinal);

    /// <summary>Every intent that could not be realized, for lists of alarms.</summary>
    public IEnumerable<Attempt> Failed => _attempts.Values.Where(attempt => attempt.Status == RealizationStatus.Error);

    public IEnumerable<string> Paths => _attempts.Keys;

    public Attempt? Of(string path) => _attempts.GetValueOrDefault(path);

    /// <summary>The intent whose main object has this id.</summary>
    public string? PathOf(string realizedId) => _paths.GetValueOrDefault(realizedId);

    public IReadOnlyList<ResourceKey> OwnedBy(string path) => _attempts.GetValueOrDefault(path)?.Owned ?? [];

    public bool Owns(string path, ResourceKey key) => OwnedBy(path).Contains(key);

    public void Note(Attempt attempt)
    {
        if (attempt is { Revision: null, Owned.Count: 0 })
        {
            if (_attempts.TryRemove(attempt.Path, out var known) && known.RealizedId is { } id)
            {
                _paths.TryRemove(id, out _);
            }
        }
        else
        {
            _attempts[attempt.Path] = attempt with { Reads = [] }; // the index has them
            if (attempt.RealizedId is { } id)
            {
                _paths[id] = attempt.Path;
            }
        }
    }

    /// <summary>Starts over from what the model says each path owns.</summary>
    public void Begin(IEnumerable<ManagedResource> everything)
    {
        foreach (var owned in everything.Where(resource => resource.IntentPath is not null).GroupBy(resource => resource.IntentPath!))
        {
            _attempts[owned.Key] = new Attempt(owned.Key, RealizationStatus.Unrealized) { Owned = [.. owned.Select(ResourceKey.Of)] };
        }
    }
}
