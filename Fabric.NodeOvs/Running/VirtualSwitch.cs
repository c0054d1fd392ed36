using Fabric.NodeOvs.Ovsdb.Rows;
using Fabric.NodeOvs.Ovsdb.Schema;
using Fabric.NodeOvs.Ovsdb.Server;
using Fabric.OvsProtocol.Endpoints;
using Microsoft.Extensions.Logging;

namespace Fabric.NodeOvs.Running;

/// <summary>
/// An Open vSwitch in one process, as its tools find one by its run directory: the database on <c>db.sock</c>, each bridge's flows on
/// <c>BRIDGE.mgmt</c>, the control socket that ovs-appctl asks.
/// </summary>
internal sealed class VirtualSwitch : IAsyncDisposable
{
    private readonly DatabaseFile _file;
    private readonly OvsdbServer _server;
    private readonly SwitchThread _thread;
    private readonly UnixControl.ControlServer _control;

    private VirtualSwitch(DatabaseFile file, OvsdbServer server, SwitchThread thread, BridgeKeeper keeper, UnixControl.ControlServer control)
    {
        _file = file;
        _server = server;
        _thread = thread;
        Keeper = keeper;
        _control = control;
    }

    public BridgeKeeper Keeper { get; }

    public OvsdbStore Store => _server.Store;

    /// <summary>Starts one.</summary>
    /// <param name="runDirectory">Where its sockets are; made if need be.</param>
    /// <param name="databaseFile">Made if it is not there.</param>
    /// <param name="remotes">More addresses that the database is served at.</param>
    /// <param name="devices">Where its devices come from.</param>
    /// <param name="newId">Makes the ids of rows.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears what happens.</param>
    /// <param name="exit">Called when ovs-appctl asks it to end, or when it cannot go on.</param>
    public static VirtualSwitch Start(
        string runDirectory, string databaseFile, IEnumerable<OvsAddress> remotes, IDeviceSource devices, Func<Guid> newId, TimeProvider time, ILogger logger, Action exit)
    {
        Directory.CreateDirectory(runDirectory);
        if (Path.GetDirectoryName(databaseFile) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var database = new Database(SchemaText.OpenVSwitch());
        var file = DatabaseFile.Open(databaseFile, database);
        var store = new OvsdbStore(database, file, newId, time);
        EnsureRoot(store, newId);
        var server = new OvsdbServer(store, newId());
        var thread = new SwitchThread(time);
        thread.Start();
        var keeper = new BridgeKeeper(store, thread, devices, runDirectory, logger, exit);
        keeper.Start();
        foreach (var address in remotes.Prepend(OvsAddress.PassiveUnix(Path.Combine(runDirectory, "db.sock"))))
        {
            server.Listen(address);
        }

        var control = new UnixControl.ControlServer(runDirectory, new UnixControl.ControlCommands(thread, exit));
        return new VirtualSwitch(file, server, thread, keeper, control);
    }

    public async ValueTask DisposeAsync()
    {
        await _control.DisposeAsync().ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
        await Keeper.DisposeAsync().ConfigureAwait(false);
        _thread.Dispose();
        _file.Dispose();
    }

    /// <summary>The one row that everything hangs from, which ovs-vsctl init would make.</summary>
    private static void EnsureRoot(OvsdbStore store, Func<Guid> newId) => store.Write(set =>
    {
        var layout = set.Database.Layouts["Open_vSwitch"];
        if (!set.Rows(layout).Any())
        {
            set.Put(layout.NewRow(newId(), newId()));
        }
    });
}
