using System.Globalization;
using System.Text;
using Fabric.Manager;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy.Security;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fabric.Benchmarks.Management;

/// <summary>A manager in this process, with as many objects as wanted: sets, ports of many switches, and policy objects.</summary>
internal sealed class BenchmarkManager : IAsyncDisposable
{
    public const string SomeSet = "set-0000003";
    public const string SomeSwitch = "switch-0000000";

    private const string Password = "Benchmark-1!Password";
    private const int PortsOfSwitch = 10;

    private readonly WebApplication _app;

    private BenchmarkManager(WebApplication app, string folder)
    {
        _app = app;
        Folder = folder;
    }

    public string Folder { get; }

    public string CertificateFile => Path.Combine(Folder, "manager.db.tls.pem");

    public string Authorization => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{Password}"));

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First(address => address.StartsWith("https", StringComparison.Ordinal)));

    public ResourceStore Store => _app.Services.GetRequiredService<ResourceStore>();

    public ResourceWriter Writer => _app.Services.GetRequiredService<ResourceWriter>();

    public int Count => Store.Current.Everything.Count();

    public static async Task<BenchmarkManager> StartAsync()
    {
        string folder = Directory.CreateTempSubdirectory("fabric-benchmark-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "password"), Password + "\n");
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = folder });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddRouting();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Manager:Listen"] = "https://127.0.0.1:0",
            ["Manager:Data"] = Path.Combine(folder, "manager.db"),
            ["Manager:AdminPasswordFile"] = Path.Combine(folder, "password"),
        });
        builder.AddManager();
        var app = builder.Build();
        app.MapManager();
        await app.StartAsync();
        return new BenchmarkManager(app, folder);
    }

    public static string NewSet(int number)
        => string.Create(CultureInfo.InvariantCulture, $$"""{"display_name":"new-{{number}}","description":"what a client writes","ip_addresses":["10.{{(number >> 16) & 255}}.{{(number >> 8) & 255}}.{{number & 255}}"],"tags":[{"scope":"benchmark","tag":"{{number}}"}]}""");

    /// <summary>Objects from one number to another, in equal parts of each kind, straight into the store.</summary>
    public async Task FillAsync(int from, int to)
    {
        var store = Store;
        string zone = store.Current.All<TransportZone>().First(known => known.TransportType == "OVERLAY").Id;
        for (int start = from; start < to; start += 1_000)
        {
            int end = Math.Min(to, start + 1_000);
            var outcome = await store.WriteAsync("benchmark", scope =>
            {
                for (int number = start; number < end; number++)
                {
                    Put(scope, number, zone);
                }

                return new WriteOutcome.Done();
            });
            if (outcome is not WriteOutcome.Done)
            {
                throw new InvalidOperationException($"{outcome}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static void Put(WriteScope scope, int number, string zone)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{number / 3:0000000}");
        IReadOnlyList<Tag> tags = [new Tag { Scope = "benchmark", Value = name }, new Tag { Scope = "cluster", Value = $"c{number % 7}" }];
        switch (number % 3)
        {
            case 0:
                scope.Put(new IPSet { Id = $"set-{name}", DisplayName = $"set-{name}", Tags = tags, IpAddresses = ["10.0.0.1", "10.1.0.0/24"] });
                break;
            case 1:
                int switchNumber = number / 3 / PortsOfSwitch;
                string owner = string.Create(CultureInfo.InvariantCulture, $"switch-{switchNumber:0000000}");
                if (scope.Model.Find<LogicalSwitch>(owner) is null)
                {
                    scope.Put(new LogicalSwitch { Id = owner, DisplayName = owner, TransportZoneId = zone, AdminState = "UP", Vni = (uint)(5_000 + switchNumber) });
                }

                scope.Put(new LogicalPort
                {
                    Id = $"port-{name}",
                    DisplayName = $"port-{name}",
                    LogicalSwitchId = owner,
                    AdminState = "UP",
                    Attachment = new LogicalPortAttachment { AttachmentType = "VIF", Id = $"vif-{number / 3}" },
                    Tags = [.. tags, new Tag { Scope = "switch", Value = $"s{switchNumber}" }],
                });
                break;
            default:
                string path = $"/infra/constraints/constraint-{name}";
                scope.Put(new Constraint { Id = $"constraint-{name}", DisplayName = $"constraint-{name}", Path = path, RelativePath = $"constraint-{name}", ParentPath = "/infra", UniqueId = name, RealizationId = name, Tags = tags });
                break;
        }
    }
}
