using System.Net.Sockets;

namespace Fabric.OvsProtocol.Endpoints;

/// <summary>Takes connections at an address and serves each until it ends. Disposing of it stops the taking; those that are served go on.</summary>
public sealed class OvsListener : IDisposable
{
    private readonly Socket _socket;

    private OvsListener(Socket socket, Func<Stream, Task> serve, CancellationToken stop)
    {
        _socket = socket;
        Completion = RunAsync(serve, stop);
    }

    /// <summary>Ends when nothing is taken any more and all that was taken has ended.</summary>
    public Task Completion { get; }

    /// <param name="address">Where to listen.</param>
    /// <param name="serve">Owns the stream that it gets.</param>
    /// <param name="stop">Stops the taking too.</param>
    /// <exception cref="SocketException">The address is taken.</exception>
    public static OvsListener Start(OvsAddress address, Func<Stream, Task> serve, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(serve);
        return new OvsListener(address.Listen(), serve, stop);
    }

    public void Dispose() => _socket.Dispose();

    private async Task RunAsync(Func<Stream, Task> serve, CancellationToken stop)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _socket.AcceptAsync(stop).ConfigureAwait(false);
                if (client.AddressFamily != AddressFamily.Unix)
                {
                    client.NoDelay = true;
                }

                serving.RemoveAll(task => task.IsCompleted);
                serving.Add(serve(new NetworkStream(client, ownsSocket: true)));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            await Task.WhenAll(serving).ConfigureAwait(false);
        }
    }
}
