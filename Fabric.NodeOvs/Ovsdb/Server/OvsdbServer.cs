using System.Net.Sockets;
using System.Text.Json;
using Fabric.NodeOvs.Ovsdb.Rows;
using Fabric.OvsProtocol.Endpoints;
using Fabric.OvsProtocol.JsonRpc;

namespace Fabric.NodeOvs.Ovsdb.Server;

/// <summary>Serves a database to OVSDB clients on any number of sockets (RFC 7047, section 4).</summary>
internal sealed class OvsdbServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<OvsdbSession> _sessions = [];
    private readonly List<OvsListener> _listening = [];

    public OvsdbServer(OvsdbStore store, Guid serverId)
    {
        Store = store;
        ServerId = serverId;
        store.Changed += Tell;
    }

    public OvsdbStore Store { get; }

    public Guid ServerId { get; }

    public DatabaseLocks Locks { get; } = new();

    /// <summary>Serves another socket from now on.</summary>
    /// <exception cref="SocketException">The address is taken.</exception>
    public void Listen(OvsAddress address) => _listening.Add(OvsListener.Start(address, ServeAsync, _stopping.Token));

    /// <summary>Serves one connection until it ends.</summary>
    public async Task ServeAsync(Stream stream)
    {
        await using var peer = new RpcPeer(stream);
        using var session = new OvsdbSession(peer, this);
        Store.InTurn(_ =>
        {
            _sessions.Add(session);
            return true;
        });
        try
        {
            await session.RunAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (Exception ended) when (ended is IOException or JsonException or OperationCanceledException or ObjectDisposedException)
        {
            // the client is gone, or does not speak the protocol: its session is over, and nobody else is touched
        }
        finally
        {
            Store.InTurn(_ =>
            {
                _sessions.Remove(session);
                foreach (var (name, next) in Locks.LeaveAll(session))
                {
                    next.NotifyLock("locked", name);
                }

                return true;
            });
        }
    }

    public async ValueTask DisposeAsync()
    {
        Store.Changed -= Tell;
        await _stopping.CancelAsync().ConfigureAwait(false);
        _listening.ForEach(listener => listener.Dispose());
        await Task.WhenAll(_listening.Select(listener => listener.Completion)).ConfigureAwait(false);
        _stopping.Dispose();
    }

    private void Tell(IReadOnlyList<RowChange> changes)
    {
        foreach (var session in _sessions)
        {
            session.Tell(changes);
        }
    }
}
