using Fabric.NodeOvs.Ovsdb.Rows;
using Fabric.NodeOvs.Ovsdb.Schema;
using Fabric.NodeOvs.Ovsdb.Server;
using Fabric.OvsProtocol.Endpoints;

namespace Fabric.NodeOvs.Tests.Ovsdb;

/// <summary>A database server on a socket in a folder of its own.</summary>
internal sealed class RunningDatabase : IAsyncDisposable
{
    private readonly DatabaseFile _file;
    private readonly OvsdbServer _server;

    private RunningDatabase(string folder)
    {
        Folder = folder;
        var database = new Database(SchemaText.OpenVSwitch());
        _file = DatabaseFile.Open(Path.Combine(folder, "conf.db"), database);
        var random = new Random(7);
        Store = new OvsdbStore(database, _file, () => NewId(random), TimeProvider.System);
        _server = new OvsdbServer(Store, NewId(random));
        Assert.That(OvsAddress.TryParse($"punix:{Socket}", out var address, out _));
        _server.Listen(address!);
    }

    public string Folder { get; }

    public string Socket => Path.Combine(Folder, "db.sock");

    public OvsdbStore Store { get; }

    public static RunningDatabase Start() => new(Directory.CreateTempSubdirectory("fabric-ovsdb-").FullName);

    /// <summary>Ends it and serves the same file anew.</summary>
    public async Task<RunningDatabase> RestartAsync()
    {
        await StopAsync();
        return new RunningDatabase(Folder);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static Guid NewId(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private async Task StopAsync()
    {
        await _server.DisposeAsync();
        _file.Dispose();
    }
}
