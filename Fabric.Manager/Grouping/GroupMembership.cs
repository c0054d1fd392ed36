using System.Collections.Concurrent;
using Fabric.Manager.Catalog;
using Fabric.Manager.Publishing;
using Fabric.Manager.Storage;
using Microsoft.Extensions.Hosting;

namespace Fabric.Manager.Grouping;

/// <summary>
/// Who is in which group, kept up with the journal and with what hosts report. An answer takes in every write that was answered before the
/// question.
/// </summary>
internal sealed class GroupMembership(ResourceStore store, RuntimeState runtime) : IHostedService, IDisposable
{
    private readonly Lock _turn = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _changedVifs = new();
    private GroupIndex _index = new();
    private MachineTable _machines = new();
    private FabricModel _model = FabricModel.Empty;
    private JournalSubscription? _subscription;
    private Task _following = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        runtime.VifsChanged += Note;
        lock (_turn)
        {
            Rebuild();
        }

        _following = Task.Run(FollowAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        runtime.VifsChanged -= Note;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _following.ConfigureAwait(false);
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Asks about members as they are now; nothing changes meanwhile.</summary>
    public T Ask<T>(Func<EffectiveMembers, T> question)
    {
        lock (_turn)
        {
            CatchUp();
            return question(new EffectiveMembers(_index, _machines, _model, runtime));
        }
    }

    private void Note(IReadOnlyCollection<string> vifs)
    {
        foreach (string vif in vifs)
        {
            _changedVifs.Enqueue(vif);
        }
    }

    private async Task FollowAsync()
    {
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                var entries = _subscription!.Entries;
                bool more = await entries.WaitToReadAsync(_stopping.Token).ConfigureAwait(false);
                lock (_turn)
                {
                    if (more)
                    {
                        CatchUp();
                    }
                    else if (ReferenceEquals(entries, _subscription.Entries))
                    {
                        Rebuild(); // it fell behind
                    }
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
    }

    private void Rebuild()
    {
        _subscription?.Dispose();
        _subscription = store.Subscribe();
        _model = _subscription.Model;
        _index = new GroupIndex();
        _machines = new MachineTable();
        foreach (var resource in _model.Everything)
        {
            _index.Put(ResourceKey.Of(resource), resource);
        }

        Note([.. runtime.Vifs.Select(vif => vif.VifId)]);
        CatchUp();
    }

    private void CatchUp()
    {
        while (_subscription!.Entries.TryRead(out var entry))
        {
            _model = entry.Model;
            foreach (var change in entry.Changes)
            {
                _index.Put(change.Key, change.After);
                if ((change.After ?? change.Before) is VirtualMachineTags tags)
                {
                    PutMachine(tags.Id);
                }
            }
        }

        while (_changedVifs.TryDequeue(out string? vif))
        {
            foreach (string machine in _machines.Put(vif, runtime.Vif(vif)))
            {
                PutMachine(machine);
            }
        }
    }

    private void PutMachine(string id)
    {
        var key = new ResourceKey(Subject.Machine, id);
        _index.Put(key, _machines.NameOf(id) is { } name ? new Subject(key, name, _model.Find<VirtualMachineTags>(id)?.Tags ?? []) : null);
    }
}
