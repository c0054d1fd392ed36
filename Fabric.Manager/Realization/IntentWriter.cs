using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Errors;
using Fabric.Manager.Security;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Realization;

/// <summary>
/// Brings the Manager objects of a batch of intents to what their realizers want, within one write: first what is to be, in the order of the
/// realizers, then what is no longer wanted, backwards; and again as long as that gets any further, since an address or a name may
/// only become free by the second half. An intent that fails leaves its objects as they were and the others alone.
/// </summary>
internal sealed class IntentWriter(WriteScope scope, IRealizationFaults faults, Func<string, IReadOnlyList<ResourceKey>> ownedBy)
{
    /// <summary>What it makes, users change only with X-Allow-Overwrite; it changes what is its own whoever touched it last.</summary>
    public static readonly Caller Caller = new("nsx_policy", ["enterprise_admin"]) { IsProtected = true, Overwrites = true };

    public IReadOnlyList<Attempt> Realize(IReadOnlyCollection<string> paths)
    {
        var turns = paths.Select(path => new Turn(path, Intent(path), ownedBy(path)))
            .OrderBy(turn => turn.Intent is null ? -1 : Realizers.RankOf(turn.Intent)).ThenBy(turn => turn.Path, StringComparer.Ordinal).ToList();
        bool further = true;
        while (further)
        {
            further = false;
            foreach (var turn in turns.Where(turn => turn.Intent is not null && !turn.IsWritten))
            {
                Write(turn);
                further |= turn.IsWritten;
            }

            foreach (var turn in Enumerable.Reverse(turns).Where(turn => turn.Unwanted.Count > 0))
            {
                further |= Sweep(turn);
            }

            further &= turns.Exists(turn => (turn.Intent is not null && !turn.IsWritten && !turn.IsRefused) || turn.Unwanted.Count > 0);
        }

        return [.. turns.Select(turn => turn.End(scope.Now))];
    }

    private PolicyResource? Intent(string path)
        => PolicyTree.Find(path) is { Id: not null } place && scope.Model.Find(place.Key) is PolicyResource { MarkedForDelete: false } intent ? intent : null;

    private void Write(Turn turn)
    {
        var start = scope.Model;
        var reader = new IntentReader(start);
        turn.Begin(reader);
        if (faults.Of(turn.Intent!) is { } fault)
        {
            turn.Fail(fault.Error, byTime: true);
            return;
        }

        var wanted = Realizers.Of(turn.Intent!)?.Wants(reader, turn.Intent!).ToList() ?? [];
        if (reader.Refusal is { } refusal)
        {
            turn.Refuse(refusal);
            return;
        }

        foreach (var resource in wanted)
        {
            if (Write(turn, resource) is { } error)
            {
                scope.RollBackTo(start);
                turn.Fail(error, byTime: false);
                return;
            }
        }

        turn.Want([.. wanted.Select(ResourceKey.Of)]);
    }

    /// <summary>Writes one object unless it is so already.</summary>
    private ApiError? Write(Turn turn, ManagedResource wanted)
    {
        var key = ResourceKey.Of(wanted);
        var before = scope.Model.Find(key);
        if (before is not null && before.IntentPath != turn.Path && !IsBornOf(turn, before))
        {
            turn.DependsOn(Dependency.On(key));
            return ApiErrors.AlreadyExists(key.Kind, key.Id);
        }

        foreach (var (field, target) in ResourceLinks.FieldsOf(wanted))
        {
            if (scope.Model.Find(target) is null)
            {
                turn.WaitFor(Dependency.On(target));
                return ApiErrors.MissingReference(field, target);
            }
        }

        var marked = Marked(turn, wanted, before);
        var start = scope.Model;
        switch (ResourceWriter.Write(scope, ResourceCatalog.Of(marked.GetType()), before, marked))
        {
            case WriteOutcome.Refused refused:
                return refused.Error;
            case WriteOutcome.Stored stored when before is not null && stored.Resource.SaysTheSameAs(before):
                scope.RollBackTo(start); // no revision for nothing
                return null;
            default:
                return null;
        }
    }

    /// <summary>What comes with one of the intent's own objects, such as the advertisement of a router, is the intent's as well.</summary>
    private bool IsBornOf(Turn turn, ManagedResource resource)
        => resource.IntentPath is null && ResourceCatalog.Of(resource.GetType()) is { Parent: { } parent } row
            && row.ParentOf(resource) is { } id && scope.Model.Find(new ResourceKey(parent.Name, id))?.IntentPath == turn.Path;

    private static ManagedResource Marked(Turn turn, ManagedResource wanted, ManagedResource? before)
    {
        if (before is not null)
        {
            wanted = Shape.Of(wanted.GetType()).KeepOwn(before, wanted);
        }

        return wanted with
        {
            IntentPath = turn.Path,
            DisplayName = wanted.DisplayName ?? turn.Intent!.DisplayName,
            Description = wanted.Description ?? turn.Intent!.Description,
            Tags = [.. (wanted.Tags ?? turn.Intent!.Tags ?? []).Where(tag => tag.Scope != "policyPath"), new Tag { Scope = "policyPath", Value = turn.Path }],
        };
    }

    /// <summary>Removes what the intent no longer wants and nobody needs. True: something went.</summary>
    private bool Sweep(Turn turn)
    {
        bool any = false;
        foreach (var key in turn.Unwanted.Reverse().ToList())
        {
            if (scope.Model.Find(key) is not { } resource || resource.IntentPath != turn.Path)
            {
                turn.Removed(key);
                any = true;
                continue;
            }

            var start = scope.Model;
            var error = ResourceCatalog.Of(resource.GetType()).Release(scope, resource, WishesFor(resource));
            var referrers = scope.Model.ReferrersOf(key);
            if (error is null && referrers.Count == 0)
            {
                scope.Remove(key);
                turn.Removed(key);
                any = true;
                continue;
            }

            scope.RollBackTo(start);
            foreach (var referrer in referrers)
            {
                turn.DependsOn(Dependency.On(referrer));
            }

            turn.Hold(error ?? ApiErrors.InUse(key, referrers));
        }

        return any;
    }

    /// <summary>Rules are a part of their section and go with it; nothing else is taken along that another intent may want.</summary>
    private static DeleteWishes WishesFor(ManagedResource resource) => new(Force: false, Detach: true, Cascade: resource is FirewallSection, Unbind: false);

    /// <summary>One intent within the batch, and how far it has come.</summary>
    private sealed class Turn(string path, PolicyResource? intent, IReadOnlyList<ResourceKey> owned)
    {
        private readonly List<ResourceKey> _owned = [.. owned];
        private readonly HashSet<Dependency> _reads = [];
        private HashSet<ResourceKey> _wanted = intent is null ? [] : [.. owned];
        private ApiError? _problem;
        private ApiError? _held;
        private bool _waits;
        private bool _byTime;

        public string Path => path;

        public PolicyResource? Intent => intent;

        public bool IsWritten { get; private set; }

        public bool IsRefused { get; private set; }

        public IReadOnlyList<ResourceKey> Unwanted => [.. _owned.Where(key => !_wanted.Contains(key))];

        private IntentReader? Reader { get; set; }

        public void Begin(IntentReader reader)
        {
            Reader = reader;
            (_problem, _waits, _byTime) = (null, false, false);
        }

        public void DependsOn(Dependency dependency) => _reads.Add(dependency);

        public void WaitFor(Dependency dependency)
        {
            _waits = true;
            _reads.Add(dependency);
        }

        public void Fail(ApiError? error, bool byTime)
        {
            _problem = error;
            _waits |= error is null;
            _byTime = byTime;
            IsRefused = byTime;
        }

        public void Refuse(ApiError error)
        {
            _problem = error;
            IsRefused = true;
        }

        public void Want(List<ResourceKey> wanted)
        {
            IsWritten = true;
            _wanted = [.. wanted];
            _owned.RemoveAll(_wanted.Contains);
            _owned.AddRange(wanted);
        }

        public void Removed(ResourceKey key)
        {
            _owned.Remove(key);
            _held = null;
        }

        public void Hold(ApiError error) => _held = error;

        public Attempt End(long now)
        {
            var problem = _problem ?? (Unwanted.Count > 0 ? _held : null);
            return new Attempt(path, problem is not null && !_waits ? RealizationStatus.Error : _waits ? RealizationStatus.Unrealized : RealizationStatus.Realized)
            {
                Revision = intent?.Revision,
                RealizedId = intent?.UniqueId,
                Problem = _waits ? null : problem,
                Owned = [.. _owned],
                Reads = [.. _reads, .. Reader?.Reads ?? []],
                At = now,
                RetriesByTime = _byTime,
            };
        }
    }
}
