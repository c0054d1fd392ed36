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
    private readonly Dictionary<string, OvsListener> _listening = new(StringComparer.Ordinal);

    /// <summary>Serves exactly these addresses from now on.</summary>
    /// <exception cref="SocketException">One is taken.</exception>
    public void Listen(IReadOnlyCollection<OvsAddress> addresses)
    {
        foreach (string gone in _listening.Keys.Except(addresses.Select(address => address.Text)).ToArray())
        {
            _listening.Remove(gone, out var old);
            old!.Dispose();
        }

        foreach (var address in addresses.Where(address => !_listening.ContainsKey(address.Text)))
        {
            _listening.Add(address.Text, OvsListener.Start(address, ServeAsync, _stopping.Token));
        }
    }

    public void Tell(PacketIn packet) => ForAll(connection => connection.TellAsync(packet));

    public void Tell(FlowEntry flow, FlowRemovedReason reason, long now) => ForAll(connection => connection.TellAsync(flow, reason, now));

    public void Tell(BridgePort port, int reason) => ForAll(connection => connection.TellAsync(port, reason));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        foreach (var listener in _listening.Values)
        {
            listener.Dispose();
        }

        await Task.WhenAll(_listening.Values.Select(listener => listener.Completion)).ConfigureAwait(false);
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

    private async Task ServeAsync(Stream client)
    {
        await using var connection = new OpenFlowConnection(client, bridge, thread);
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
