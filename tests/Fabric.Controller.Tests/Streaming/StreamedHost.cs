using System.Net.Sockets;
using Fabric.Contracts.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Fabric.Controller.Tests.Streaming;

/// <summary>A host on a real stream: it applies what comes and acknowledges it.</summary>
internal sealed class StreamedHost : IAsyncDisposable
{
    private readonly GrpcChannel _channel;
    private AsyncDuplexStreamingCall<HostReport, HostUpdate>? _call;

    public StreamedHost(string node, string socket)
    {
        Replica = new HostReplica(node);
        var endPoint = new UnixDomainSocketEndPoint(socket);
        _channel = GrpcChannel.ForAddress("http://controller", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                ConnectCallback = async (_, stop) =>
                {
                    var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await client.ConnectAsync(endPoint, stop);
                    return new NetworkStream(client, ownsSocket: true);
                },
            },
        });
    }

    public HostReplica Replica { get; }

    public async Task ConnectAsync(params VifAttached[] vifs)
    {
        _call?.Dispose();
        _call = new HostControl.HostControlClient(_channel).Connect();
        await SayAsync(new HostReport
        {
            Hello = new Hello { NodeId = Replica.Node, HostName = Replica.Node, AppliedGeneration = Replica.Generation, Vifs = { vifs } },
        });
    }

    public Task SayAsync(HostReport report) => _call!.RequestStream.WriteAsync(report);

    /// <summary>Applies changes until one leaves the host as the test wants it.</summary>
    public async Task UntilAsync(Func<HostReplica, bool> condition, CancellationToken stop)
    {
        while (!condition(Replica))
        {
            Assert.That(await _call!.ResponseStream.MoveNext(stop), "the stream ended");
            Replica.Apply(_call.ResponseStream.Current);
            if (_call.ResponseStream.Current.UpdateCase == HostUpdate.UpdateOneofCase.Commit)
            {
                await SayAsync(new HostReport { Applied = new Applied { Generation = Replica.Generation } });
            }
        }
    }

    /// <summary>Ends when the controller has ended the stream.</summary>
    public async Task EndedAsync(CancellationToken stop)
    {
        try
        {
            while (await _call!.ResponseStream.MoveNext(stop))
            {
                Replica.Apply(_call.ResponseStream.Current);
            }
        }
        catch (RpcException)
        {
            // killed rather than closed
        }
    }

    public ValueTask DisposeAsync()
    {
        _call?.Dispose();
        _channel.Dispose();
        return ValueTask.CompletedTask;
    }
}
