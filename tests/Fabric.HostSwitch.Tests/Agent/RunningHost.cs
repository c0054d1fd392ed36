using System.Net.Sockets;
using Fabric.Contracts.V1;
using Fabric.Packets.Links;
using Google.Protobuf;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fabric.HostSwitch.Tests.Agent;

/// <summary>A host switch as a service in this process, on wires in memory and a folder of its own.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;
    private readonly ILinkSource _links;

    private RunningHost(WebApplication app, ILinkSource links, string folder)
    {
        _app = app;
        _links = links;
        string socket = LocalOf(folder);
        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            DisposeHttpClient = true,
            HttpHandler = new SocketsHttpHandler
            {
                ConnectCallback = async (_, cancellation) =>
                {
                    var unix = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await unix.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                    return new NetworkStream(unix, ownsSocket: true);
                },
            },
        });
        Local = new HostLocal.HostLocalClient(_channel);
    }

    public TestWires Wires => (TestWires)_links;

    public HostLocal.HostLocalClient Local { get; }

    public static string NewFolder() => Directory.CreateTempSubdirectory("fh").FullName; // a socket's path must be short

    public static string ControllerOf(string folder) => Path.Combine(folder, "c");

    public static string LocalOf(string folder) => Path.Combine(folder, "l");

    public static WebApplication Build(string folder, ILinkSource links, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.Sources.Clear();
        var values = new Dictionary<string, string?>
        {
            ["HostSwitch:NodeId"] = "node-1",
            ["HostSwitch:Controller"] = "unix:" + ControllerOf(folder),
            ["HostSwitch:State"] = Path.Combine(folder, "s"),
            ["HostSwitch:Local"] = "unix:" + LocalOf(folder),
            ["HostSwitch:Uplink"] = "up",
        };
        foreach (var (name, value) in settings)
        {
            values["HostSwitch:" + name] = value;
        }

        builder.Configuration.AddInMemoryCollection(values);
        builder.Services.AddSingleton(links);
        builder.AddHostSwitch();
        var app = builder.Build();
        app.MapHostSwitch();
        return app;
    }

    public static async Task<RunningHost> StartAsync(string folder, ILinkSource? links = null, string uplink = "up")
    {
        links ??= new TestWires();
        var app = Build(folder, links, ("Uplink", uplink));
        await app.StartAsync();
        return new RunningHost(app, links, folder);
    }

    public async Task PlugAsync(string vif, string mac, string? device = null)
        => await Local.PlugAsync(new Vnic
        {
            VifId = vif,
            Device = device ?? "dev-" + vif,
            Mac = ByteString.CopyFrom(Fabric.Packets.Addresses.MacAddress.Parse(mac).ToBytes()),
        });

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
