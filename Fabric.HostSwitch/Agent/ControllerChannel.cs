using System.Net.Sockets;
using Grpc.Net.Client;

namespace Fabric.HostSwitch.Agent;

/// <summary>Dials the controller: http://HOST:PORT, or unix:/PATH. A peer that no longer answers is noticed within seconds.</summary>
internal static class ControllerChannel
{
    private const int LargestMessage = 64 << 20;

    public static GrpcChannel Create(string address)
    {
        var handler = new SocketsHttpHandler
        {
            KeepAlivePingDelay = TimeSpan.FromSeconds(5),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
            ConnectTimeout = TimeSpan.FromSeconds(5),
        };
        bool isUnix = address.StartsWith("unix:", StringComparison.Ordinal);
        if (isUnix)
        {
            var endpoint = new UnixDomainSocketEndPoint(address["unix:".Length..]);
            handler.ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(endpoint, cancellation).ConfigureAwait(false);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            };
        }

        return GrpcChannel.ForAddress(isUnix ? "http://localhost" : address, new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = LargestMessage,
            MaxSendMessageSize = LargestMessage,
        });
    }
}
