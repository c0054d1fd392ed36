using System.Net.Sockets;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;

namespace Fabric.Controller.Streaming;

/// <summary>The connection to the manager, over TCP or a unix socket; made when first needed, and again when it broke.</summary>
internal sealed class ManagerChannel(IOptions<ControllerOptions> options) : IDisposable
{
    private const string UnixScheme = "unix:";

    public GrpcChannel Channel { get; } = Open(options.Value.Manager);

    public void Dispose() => Channel.Dispose();

    private static GrpcChannel Open(string address)
    {
        var handler = new SocketsHttpHandler
        {
            KeepAlivePingDelay = TimeSpan.FromSeconds(10),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            ConnectTimeout = TimeSpan.FromSeconds(5),
        };
        if (address.StartsWith(UnixScheme, StringComparison.Ordinal))
        {
            var endPoint = new UnixDomainSocketEndPoint(address[UnixScheme.Length..]);
            handler.ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(endPoint, stop);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            };
            address = "http://manager"; // only a name: the socket is the way
        }

        return GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = 64 << 20, // a group of 500 members or a section of 1000 rules is one message
            // Reconnecting is paced by the loops that use the channel.
            InitialReconnectBackoff = TimeSpan.FromMilliseconds(50),
            MaxReconnectBackoff = TimeSpan.FromMilliseconds(500),
        });
    }
}
