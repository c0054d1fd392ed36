using System.Net.Sockets;
using Fabric.Contracts.V1;
using Grpc.Net.Client;

namespace Fabric.Lab.Api;

/// <summary>A connection to a host switch's local socket, on its own hypervisor.</summary>
internal sealed class LocalChannel : IDisposable
{
    private readonly GrpcChannel _channel;

    public LocalChannel(string socket)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var unix = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await unix.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation).ConfigureAwait(false);
                    return new NetworkStream(unix, ownsSocket: true);
                }
                catch
                {
                    unix.Dispose();
                    throw;
                }
            },
        };
        var options = new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true, MaxReceiveMessageSize = 64 * 1024 * 1024 };
        _channel = GrpcChannel.ForAddress("http://localhost", options);
        Host = new HostLocal.HostLocalClient(_channel);
    }

    public HostLocal.HostLocalClient Host { get; }

    public void Dispose() => _channel.Dispose();
}
