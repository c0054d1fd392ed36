using System.Threading.Channels;
using Fabric.NodeOvs.Bridges;
using Fabric.NodeOvs.Datapath.Execution;
using Fabric.NodeOvs.Datapath.Tables;
using Fabric.NodeOvs.OpenFlow;
using Fabric.NodeOvs.Ovsdb.Rows;
using Fabric.NodeOvs.Ovsdb.Server;
using Fabric.NodeOvs.Ovsdb.Transactions;
using Fabric.OvsProtocol.Endpoints;
using Fabric.OvsProtocol.OpenFlow;
using Fabric.OvsProtocol.OpenFlow.Text;
using Fabric.OvsProtocol.Ovsdb;
using Fabric.Packets.Links;
using Microsoft.Extensions.Logging;

namespace Fabric.NodeOvs.Running;

/// <summary>
/// Makes the switch what the database says: bridges, ports and their sockets come and go with their rows, and what came of each is written back
/// (ofport, error, cur_cfg). It works in turns: changes that come meanwhile are one more turn.
/// </summary>
internal sealed class BridgeKeeper(OvsdbStore store, SwitchThread thread, IDeviceSource devices, string runDirectory, ILogger logger, Action exit) : IAsyncDisposable
{
    private static readonly string[] DatapathTypes = ["netdev", "system"];
    private static readonly string[] InterfaceTypes = ["internal", "patch", "system", "tap"];

    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<Guid, RunningBridge> _bridges = [];
    private readonly CancellationTokenSource _stopping = new();
    private Task _working = Task.CompletedTask;

    public IReadOnlyCollection<RunningBridge> Bridges => _bridges.Values;

    public void Start()
    {
        store.Changed += Note;
        _changed.Writer.TryWrite(true);
        _working = Task.Run(WorkAsync);
    }

    public async ValueTask DisposeAsync()
    {
        store.Changed -= Note;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _working.ConfigureAwait(false);
        foreach (var running in _bridges.Values)
        {
            await running.Server.DisposeAsync().ConfigureAwait(false);
        }

        _stopping.Dispose();
    }

    private void Note(IReadOnlyList<RowChange> changes) => _changed.Writer.TryWrite(true);

    private async Task WorkAsync()
    {
        try
        {
            while (await _changed.Reader.WaitToReadAsync(_stopping.Token).ConfigureAwait(false))
            {
                _changed.Reader.TryRead(out _);
                var plan = store.InTurn(BridgePlan.Read);
                await FollowAsync(plan).ConfigureAwait(false);
                store.Write(set => WriteBack(set, plan));
            }
        }
        catch (OperationCanceledException)
        {
            // stopping
        }
#pragma warning disable CA1031 // a switch that does not follow its database any more must not look alive
        catch (Exception failure)
#pragma warning restore CA1031
        {
            logger.KeeperFailed(failure);
            exit();
        }
    }

    private async Task FollowAsync(BridgePlan plan)
    {
        foreach (var gone in _bridges.Keys.Except(plan.Bridges.Select(bridge => bridge.Row)).ToArray())
        {
            _bridges.Remove(gone, out var old);
            await old!.Server.DisposeAsync().ConfigureAwait(false);
            await thread.AskAsync(packets => Remove(packets, old)).ConfigureAwait(false);
        }

        foreach (var planned in plan.Bridges)
        {
            if (!_bridges.TryGetValue(planned.Row, out var running))
            {
                running = await thread.AskAsync(packets => Add(packets, planned)).ConfigureAwait(false);
                _bridges.Add(planned.Row, running);
            }

            await FollowAsync(running, planned).ConfigureAwait(false);
        }

        await thread.AskAsync(_ => Splice()).ConfigureAwait(false);
    }

    private async Task FollowAsync(RunningBridge running, PlannedBridge planned)
    {
        foreach (var gone in running.Interfaces.Keys.Except(planned.Interfaces.Select(each => each.Row)).ToArray())
        {
            running.Interfaces.Remove(gone, out var old);
            await thread.AskAsync(_ => Remove(running, old!)).ConfigureAwait(false);
        }

        foreach (var each in planned.Interfaces)
        {
            if (!running.Interfaces.TryGetValue(each.Row, out var known))
            {
                running.Interfaces.Add(each.Row, known = new RunningInterface(each));
                await OpenAsync(running, known, planned.Name).ConfigureAwait(false);
            }
            else if (known.Error is not null || known.Device?.Link.IsGone == true)
            {
                await thread.AskAsync(_ => Remove(running, known)).ConfigureAwait(false);
                await OpenAsync(running, known, planned.Name).ConfigureAwait(false);
            }

            known.Plan = each;
            await thread.AskAsync(_ => Configure(running.Bridge, known)).ConfigureAwait(false);
        }

        await thread.AskAsync(packets => Configure(packets, running, planned)).ConfigureAwait(false);
        Listen(running, planned);
    }

    private RunningBridge Add(PacketSwitch packets, PlannedBridge planned)
    {
        var bridge = packets.AddBridge(planned.Name);
        var server = new OpenFlowServer(bridge, thread);
        bridge.Flows.Removed += (flow, reason) => server.Tell(flow, reason, packets.Now);
        packets.PacketIn += server.Tell;
        logger.BridgeAdded(planned.Name);
        return new RunningBridge(bridge, server);
    }

    private bool Remove(PacketSwitch packets, RunningBridge running)
    {
        foreach (var each in running.Interfaces.Values)
        {
            Remove(running, each);
        }

        packets.PacketIn -= running.Server.Tell;
        packets.RemoveBridge(running.Bridge.Name);
        logger.BridgeRemoved(running.Bridge.Name);
        return true;
    }

    private bool Remove(RunningBridge running, RunningInterface each)
    {
        if (each.Port is { } port)
        {
            running.Bridge.RemovePort(port.Number);
            running.Server.Tell(port, 1);
        }

        if (each.Device is { } device)
        {
            thread.Detach(device);
        }

        each.Port = null;
        each.Device = null;
        return true;
    }

    private async Task OpenAsync(RunningBridge running, RunningInterface each, string bridge)
    {
        each.Error = null;
        (ILink Link, ulong Mac) opened = default;
        try
        {
            if (each.Plan.IsPatch)
            {
                each.Error = each.Plan.PatchPeer is null ? $"{each.Plan.Name}: patch type requires valid 'peer' argument" : null;
            }
            else if (each.Plan.IsMade(bridge))
            {
                opened = devices.Make(each.Plan.Name, each.Plan.WantedMtu ?? 1500);
            }
            else if (each.Plan.Type is "" or "system")
            {
                opened = devices.Open(each.Plan.Name);
            }
            else
            {
                each.Error = $"could not create interface {each.Plan.Name}, type \"{each.Plan.Type}\" is not supported here";
            }
        }
        catch (LinkException absent)
        {
            logger.DeviceNotOpened(each.Plan.Name, absent.Message);
            each.Error = $"could not open network device {each.Plan.Name} (No such device)";
        }

        if (each.Error is null)
        {
            await thread.AskAsync(packets => Attach(packets, running, each, opened)).ConfigureAwait(false);
        }
    }

    private bool Attach(PacketSwitch packets, RunningBridge running, RunningInterface each, (ILink? Link, ulong Mac) opened)
    {
        uint number = running.NumberFor(each.Plan);
        each.Port = new BridgePort(number, each.Plan.Name, opened.Mac) { Device = opened.Link is null ? 0 : packets.NextDevice(), IsPatch = each.Plan.IsPatch };
        running.Bridge.AddPort(each.Port);
        if (opened.Link is { } link)
        {
            each.Device = new Device(each.Port.Device, running.Bridge, each.Port, link);
            thread.Attach(each.Device);
        }

        running.Server.Tell(each.Port, 0);
        return true;
    }

    private static bool Configure(Bridge bridge, RunningInterface each)
    {
        if (each.Port is not { } port)
        {
            return false;
        }

        var trunks = each.Plan.Trunks.ToHashSet();
        if (port.Mode != each.Plan.Mode || port.Tag != each.Plan.Tag || !trunks.SetEquals(port.Trunks ?? new HashSet<ushort>()))
        {
            port.Mode = each.Plan.Mode;
            port.Tag = each.Plan.Tag;
            port.Trunks = trunks;
            bridge.Macs.ForgetPort(port.Number);
            bridge.Changed();
        }

        return true;
    }

    private static bool Configure(PacketSwitch packets, RunningBridge running, PlannedBridge planned)
    {
        var bridge = running.Bridge;
        bridge.Versions = planned.Versions;
        ulong mac = bridge.Ports.TryGetValue(OfPort.Local, out var local) && local.Mac != 0 ? local.Mac : bridge.Ports.Values.Where(port => port.Mac != 0).Select(port => port.Mac).DefaultIfEmpty(1UL).Min();
        bridge.DatapathId = planned.DatapathId ?? mac;
        bool standalone = !planned.IsSecure && !planned.HasController;
        if (standalone && bridge.IsSecure is false && !bridge.Flows.All.Any())
        {
            bridge.Flows.Add(FlowText.Parse("table=0,priority=0 actions=NORMAL"), packets.Now); // what a bridge without a controller does by itself
        }

        if (planned.IsSecure && !bridge.IsSecure)
        {
            foreach (var flow in bridge.Flows.All.Where(flow => flow is { Table: 0, Priority: 0, Match.Fields.Count: 0, Cookie: 0 }).ToArray())
            {
                bridge.Flows.Remove(flow, FlowRemovedReason.Delete);
            }
        }

        bridge.IsSecure = planned.IsSecure;
        return true;
    }

    private void Listen(RunningBridge running, PlannedBridge planned)
    {
        List<OvsAddress> addresses = [];
        foreach (string text in planned.Passive.Prepend($"punix:{Path.Combine(runDirectory, $"{planned.Name}.mgmt")}"))
        {
            if (OvsAddress.TryParse(text, out var address, out string? wrong))
            {
                addresses.Add(address!);
            }
            else
            {
                logger.BadController(planned.Name, wrong!);
            }
        }

        try
        {
            running.Server.Listen(addresses);
        }
        catch (System.Net.Sockets.SocketException taken)
        {
            logger.BadController(planned.Name, taken.Message);
        }
    }

    /// <summary>Connects patch ports that name each other.</summary>
    private bool Splice()
    {
        var patches = _bridges.Values.SelectMany(running => running.Interfaces.Values.Where(each => each.Port is { IsPatch: true }).Select(each => (running.Bridge, Each: each))).ToList();
        foreach (var (bridge, each) in patches)
        {
            var (peerBridge, peer) = patches.Find(other => other.Each.Plan.Name == each.Plan.PatchPeer && other.Each.Plan.PatchPeer == each.Plan.Name);
            (Bridge, uint)? spliced = peer is null ? null : (peerBridge, peer.Port!.Number);
            if (each.Port!.Peer != spliced)
            {
                each.Port.Peer = spliced;
                bridge.Changed();
            }
        }

        return true;
    }

    private void WriteBack(WriteSet set, BridgePlan plan)
    {
        var database = set.Database;
        foreach (var running in _bridges.Values)
        {
            foreach (var (uuid, each) in running.Interfaces)
            {
                if (set.Find(database.Layouts["Interface"], uuid) is { } row)
                {
                    set.Put(InterfaceStatus.Write(row, each));
                }
            }
        }

        foreach (var (uuid, running) in _bridges)
        {
            if (set.Find(database.Layouts["Bridge"], uuid) is { } row)
            {
                row = With(row, "datapath_id", Datum.Of(Atom.Of(running.Bridge.DatapathId.ToString("x16", System.Globalization.CultureInfo.InvariantCulture))));
                set.Put(With(row, "datapath_version", Datum.Of(Atom.Of("fabric"))));
            }
        }

        foreach (var row in database.Rows("Open_vSwitch").Values.ToArray())
        {
            var written = With(row, "cur_cfg", Datum.Of(Atom.Of(plan.NextConfiguration)));
            written = With(written, "datapath_types", Datum.OfSet(DatapathTypes.Select(Atom.Of)));
            set.Put(With(written, "iface_types", Datum.OfSet(InterfaceTypes.Select(Atom.Of))));
        }
    }

    private static Row With(Row row, string column, Datum datum) => row.With(row.Table.PlaceOf(column), datum);
}
