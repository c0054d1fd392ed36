using System.Net.Sockets;
using Fabric.NodeOvs.Bridges;
using Fabric.NodeOvs.Datapath.Execution;
using Fabric.NodeOvs.Datapath.Tables;
using Fabric.NodeOvs.Running;
using Fabric.OvsProtocol.Endpoints;
using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.NodeOvs.OpenFlow;

/// <summary>Serves one bridge to OpenFlow clients on its sockets.</summary>
internal sealed class OpenFlowServer(Bridge bridge, SwitchThread thread) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _turn = new();
    private readonly List<OpenFlowConnection> _connections = [];
    private readonly Dictionary<string, (Socket Socket, Task Serving)> _sockets = new(StringComparer.Ordinal);

    /// <summary>Serves exactly these addresses from now on.</summary>
    /// <exception cref="SocketException">One is taken.</exception>
    public void Listen(IReadOnlyCollection<OvsAddress> addresses)
    {
        foreach (string gone in _sockets.Keys.Except(addresses.Select(address => address.Text)).ToArray())
        {
            _sockets.Remove(gone, out var old);
            old.Socket.Dispose();
        }

        foreach (var address in addresses.Where(address => !_sockets.ContainsKey(address.Text)))
        {
            var socket = address.Listen();
            _sockets.Add(address.Text, (socket, AcceptAsync(socket)));
        }
    }

    public void Tell(PacketIn packet) => ForAll(connection => connection.TellAsync(packet));

    public void Tell(FlowEntry flow, FlowRemovedReason reason, long now) => ForAll(connection => connection.TellAsync(flow, reason, now));

    public void Tell(BridgePort port, int reason) => ForAll(connection => connection.TellAsync(port, reason));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        foreach (var (socket, _) in _sockets.Values)
        {
            socket.Dispose();
        }

        await Task.WhenAll(_sockets.Values.Select(each => each.Serving)).ConfigureAwait(false);
        _stopping.Dispose();
    }

    private void ForAll(Func<OpenFlowConnection, Task> tell)
    {
        OpenFlowConnection[] all;
        lock (_turn)
        {
            all = [.. _connections];
        }

        foreach (var connection in all)
        {
            _ = tell(connection).ContinueWith(static _ => { }, TaskScheduler.Default); // a client that is gone hears nothing
        }
    }

    private async Task AcceptAsync(Socket socket)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await socket.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                if (client.AddressFamily != AddressFamily.Unix)
                {
                    client.NoDelay = true;
                }

                serving.RemoveAll(task => task.IsCompleted);
                serving.Add(ServeAsync(client));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            await Task.WhenAll(serving).ConfigureAwait(false);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        await using var connection = new OpenFlowConnection(new NetworkStream(client, ownsSocket: true), bridge, thread);
        lock (_turn)
        {
            _connections.Add(connection);
        }

        try
        {
            await connection.RunAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (Exception ended) when (ended is IOException or OpenFlowException or OperationCanceledException or ObjectDisposedException)
        {
            // the client is gone, or does not speak the protocol
        }
        finally
        {
            lock (_turn)
            {
                _connections.Remove(connection);
            }
        }
    }
}
