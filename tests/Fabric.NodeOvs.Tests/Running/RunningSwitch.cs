using Fabric.NodeOvs.Running;
using Fabric.NodeOvs.Tests.Ovsdb;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fabric.NodeOvs.Tests.Running;

/// <summary>A whole virtual switch in a run directory of its own, for the real tools to find.</summary>
internal sealed class RunningSwitch : IAsyncDisposable
{
    private readonly VirtualSwitch _switch;
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningSwitch(string folder, IDeviceSource devices)
    {
        Folder = folder;
        var random = new Random(11);
        _switch = VirtualSwitch.Start(
            folder,
            Path.Combine(folder, "conf.db"),
            [],
            devices,
            () =>
            {
                lock (random)
                {
                    var bytes = new byte[16];
                    random.NextBytes(bytes);
                    return new Guid(bytes);
                }
            },
            TimeProvider.System,
            NullLogger.Instance,
            () => _asked.TrySetResult());
    }

    public string Folder { get; }

    /// <summary>Ends when the switch asks its process to end.</summary>
    public Task AskedToEnd => _asked.Task;

    public static RunningSwitch Start(IDeviceSource devices) => new(Directory.CreateTempSubdirectory("fabric-ovs-").FullName, devices);

    /// <summary>Runs a tool that finds the switch by its run directory, and expects it to succeed without a word of complaint.</summary>
    public async Task<string> RunAsync(string tool, params string[] arguments)
    {
        var (exit, output, error) = await OvsTool.RunAsync(tool, arguments, Folder);
        Assert.That((exit, error), Is.EqualTo((0, "")), $"{tool} {string.Join(' ', arguments)}: {output}");
        return output;
    }

    public Task<string> Vsctl(params string[] arguments) => RunAsync("ovs-vsctl", ["--timeout=10", .. arguments]);

    public Task<string> Ofctl(params string[] arguments) => RunAsync("ovs-ofctl", ["-O", "OpenFlow13", .. arguments]);

    public async ValueTask DisposeAsync()
    {
        await _switch.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
