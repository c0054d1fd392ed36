using System.Collections.Immutable;
using Fabric.Contracts.V1;
using Fabric.HostSwitch.Ports;
using Fabric.HostSwitch.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fabric.HostSwitch.Agent;

/// <summary>
/// The one owner of what this host is to do: the controller's objects, the vnics plugged here, the discoveries worth keeping. Each
/// change is compiled off the packet thread, put into force as a whole and kept on disk.
/// </summary>
internal sealed class HostConfiguration(
    IOptions<HostSwitchOptions> options,
    HostTablesBuilder builder,
    PacketWorker packets,
    UplinkAddresses addresses,
    ILogger<HostConfiguration> logger) : IDisposable
{
    private readonly IntentStore _store = new();
    private readonly StateFile _file = new(options.Value.State);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private ImmutableDictionary<string, Vnic> _vnics = ImmutableDictionary<string, Vnic>.Empty;
    private ImmutableDictionary<string, PortDiscovery> _discoveries = ImmutableDictionary<string, PortDiscovery>.Empty;
    private volatile HostTables? _tables;
    private volatile bool _isSaved = true;

    public string NodeId => options.Value.NodeId;

    /// <summary>By VIF id.</summary>
    public IReadOnlyDictionary<string, Vnic> Vnics => Volatile.Read(ref _vnics);

    /// <summary>The tables in force.</summary>
    public HostTables Tables => _tables ?? throw new InvalidOperationException("asked before the host has started");

    /// <summary>The controller's last change in force.</summary>
    public ulong Generation => _store.Generation;

    /// <summary>Rises with each vnic that comes or goes.</summary>
    public event Action<HostReport>? VifChanged;

    /// <summary>Takes what the last life left: the host is in service before any controller answers.</summary>
    public async Task StartAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_file.Load(out string? setAside) is { } kept)
            {
                var refusals = _store.Apply(IntentChange.Snapshot(kept.Objects, kept.Generation));
                _vnics = kept.Vnics.ToImmutableDictionary(vnic => vnic.VifId);
                _discoveries = kept.Discoveries.ToImmutableDictionary(discovery => discovery.PortId);
                logger.StateRestored(kept.Generation, kept.Objects.Count, kept.Vnics.Count);
                LogAll(refusals);
            }
            else if (setAside is not null)
            {
                logger.StateSetAside(setAside);
            }

            await PublishAsync().ConfigureAwait(false);
            foreach (var vnic in _vnics.Values)
            {
                packets.Plug(vnic.VifId, vnic.Device, (int)vnic.Mtu);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Puts a change into force. What of it is refused is named; all else holds once this is done.</summary>
    public async Task<IReadOnlyList<Refusal>> ApplyAsync(IntentChange change, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var refusals = _store.Apply(change);
            LogAll(refusals);
            await PublishAsync().ConfigureAwait(false);
            _isSaved = false;
            logger.GenerationApplied(change.Generation);
            return refusals;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A vnic is there. On disk before this answers, so that a restart finds it again.</summary>
    public async Task PlugAsync(Vnic vnic, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            bool isKnown = _vnics.TryGetValue(vnic.VifId, out var known) && known.Equals(vnic);
            if (!isKnown)
            {
                Volatile.Write(ref _vnics, _vnics.SetItem(vnic.VifId, vnic));
                Save();
                await PublishAsync().ConfigureAwait(false);
            }

            packets.Plug(vnic.VifId, vnic.Device, (int)vnic.Mtu);
            logger.VnicPlugged(vnic.VifId, vnic.Device);
        }
        finally
        {
            _turn.Release();
        }

        VifChanged?.Invoke(new HostReport { VifAttached = AttachedOf(vnic, isUp: true) });
    }

    public async Task UnplugAsync(string vifId, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!_vnics.ContainsKey(vifId))
            {
                return;
            }

            Volatile.Write(ref _vnics, _vnics.Remove(vifId));
            Save();
            packets.Unplug(vifId);
            await PublishAsync().ConfigureAwait(false);
            logger.VnicUnplugged(vifId);
        }
        finally
        {
            _turn.Release();
        }

        VifChanged?.Invoke(new HostReport { VifDetached = new VifDetached { VifId = vifId } });
    }

    /// <summary>Discoveries that a restarted host should not have to make again.</summary>
    public void Remember(IEnumerable<PortDiscovery> discoveries)
    {
        var ports = Tables.Ports;
        var kept = discoveries.Where(discovery => ports.ContainsKey(discovery.PortId)).ToImmutableDictionary(discovery => discovery.PortId);
        if (kept.Count != _discoveries.Count || kept.Any(entry => !entry.Value.Equals(_discoveries.GetValueOrDefault(entry.Key))))
        {
            Volatile.Write(ref _discoveries, kept);
            _isSaved = false;
        }
    }

    /// <summary>Writes to disk what changed since the last time.</summary>
    public async Task SaveAsync()
    {
        if (_isSaved)
        {
            return;
        }

        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            Save();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Everything in force, as it is kept on disk and shown to operators.</summary>
    public HostView View()
    {
        var view = new HostView { NodeId = NodeId, Generation = _store.Generation };
        view.Vnics.AddRange(_vnics.Values);
        view.Objects.AddRange(_store.Objects());
        view.Discoveries.AddRange(Volatile.Read(ref _discoveries).Values);
        return view;
    }

    public static VifAttached AttachedOf(Vnic vnic, bool isUp) => new()
    {
        VifId = vnic.VifId,
        Mac = vnic.Mac,
        Device = vnic.Device,
        VmId = vnic.VmId,
        VmName = vnic.VmName,
        LinkUp = isUp,
    };

    public void Dispose() => _turn.Dispose();

    private async Task PublishAsync()
    {
        var tables = builder.Build(_store.ToIntent(_vnics, _discoveries));
        packets.Publish(tables);
        _tables = await packets.AskAsync(static datapath => datapath.Tables).ConfigureAwait(false); // in force once it answers
        addresses.Retain([.. tables.Tunnels.Teps.Select(tep => tep.Ip)]);
    }

    private void Save()
    {
        _isSaved = true;
        try
        {
            _file.Save(View());
        }
        catch (IOException failure)
        {
            _isSaved = false;
            logger.StateNotSaved(options.Value.State, failure.Message);
        }
    }

    private void LogAll(IEnumerable<Refusal> refusals)
    {
        foreach (var refusal in refusals)
        {
            logger.ObjectRefused(refusal.Kind, refusal.Id, refusal.Reason);
        }
    }
}
