using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fabric.Lab.Pods;

/// <summary>A tiny workload: an HTTP server that tells each caller who answered and whom it saw, and a UDP echo on the same port.</summary>
internal sealed class PodServer(int port)
{
    private const int LongestRequest = 8192;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task RunAsync(TextWriter output, CancellationToken cancellation)
    {
        using var listener = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
        listener.Listen(512);
        await output.WriteLineAsync($"pod ready http://*:{((IPEndPoint)listener.LocalEndPoint!).Port}").ConfigureAwait(false);
        await output.FlushAsync(cancellation).ConfigureAwait(false);
        var echo = EchoAsync(cancellation);
        try
        {
            while (true)
            {
                var connection = await listener.AcceptAsync(cancellation).ConfigureAwait(false);
                _ = AnswerAsync(connection, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            await echo.ConfigureAwait(false);
        }
    }

    private static async Task AnswerAsync(Socket connection, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        using (connection)
        {
            try
            {
                await ReadRequestAsync(connection, limit.Token).ConfigureAwait(false);
                string body = $"{Address(connection.LocalEndPoint)} answers {Address(connection.RemoteEndPoint)}\n";
                string answer = $"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";
                await connection.SendAsync(Encoding.ASCII.GetBytes(answer), limit.Token).ConfigureAwait(false);
                connection.Shutdown(SocketShutdown.Send);
            }
            catch (Exception gone) when (gone is SocketException or OperationCanceledException or IOException)
            {
                // The caller went away or said nothing: it is the caller's loss.
            }
        }
    }

    private static async Task ReadRequestAsync(Socket connection, CancellationToken cancellation)
    {
        byte[] request = new byte[LongestRequest];
        int length = 0;
        while (!request.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
        {
            int count = await connection.ReceiveAsync(request.AsMemory(length), cancellation).ConfigureAwait(false);
            length += count;
            if (count == 0 || length == request.Length)
            {
                throw new IOException("no whole request");
            }
        }
    }

    private async Task EchoAsync(CancellationToken cancellation)
    {
        using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp) { DualMode = true };
        socket.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
        byte[] datagram = new byte[ushort.MaxValue];
        try
        {
            while (true)
            {
                var received = await socket.ReceiveFromAsync(datagram, new IPEndPoint(IPAddress.IPv6Any, 0), cancellation).ConfigureAwait(false);
                await socket.SendToAsync(datagram.AsMemory(0, received.ReceivedBytes), received.RemoteEndPoint, cancellation).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static string Address(EndPoint? endPoint)
        => endPoint is IPEndPoint { Address: var address } ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : "?";
}
