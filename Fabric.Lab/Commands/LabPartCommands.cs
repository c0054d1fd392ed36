using System.CommandLine;
using Fabric.Lab.Api;
using Fabric.Lab.Configuration;
using Fabric.Lab.Hosting;
using Fabric.Lab.Running;
using Fabric.Lab.State;
using Fabric.Lab.Topology;

namespace Fabric.Lab.Commands;

/// <summary>
/// The pieces of `lab up` one by one, for a lab spread over containers or machines: `lab configure` once, `lab hypervisor` in each
/// place that is a hypervisor.
/// </summary>
internal static class LabPartCommands
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    public static Command Configure()
    {
        var (file, manager, password) = Shared();
        var configure = new Command("configure", "Configure a lab at a running manager, through the REST API. Safe to repeat.") { file, manager, password };
        configure.SetAction(async (parsed, _) =>
        {
            var lab = LabFile.Read(parsed.GetValue(file)!);
            using var interruption = new Interruption();
            using var api = Connect(parsed.GetValue(manager)!, parsed.GetValue(password)!);
            await WaitForManagerAsync(api, interruption.Token).ConfigureAwait(false);
            await new FabricConfiguration(api, lab).ApplyAsync(line => Console.WriteLine($"  {line}"), interruption.Token).ConfigureAwait(false);
            Console.WriteLine($"lab {lab.Name} is configured");
            return 0;
        });
        return configure;
    }

    public static Command Hypervisor()
    {
        var (file, manager, password) = Shared();
        var name = new Option<string>("--name") { Description = "Which hypervisor of the lab this is", Required = true, HelpName = "NAME" };
        var controller = new Option<string>("--controller") { Description = "Where the controller listens: http://host:port or unix:/path", Required = true };
        var uplink = new Option<string>("--uplink") { Description = "The interface that leads to the other hypervisors", DefaultValueFactory = _ => "eth0" };
        var hypervisor = new Command("hypervisor", "Run one hypervisor of a lab here, in the foreground: its host switch, node VMs and pods.")
        {
            file, manager, password, name, controller, uplink,
        };
        hypervisor.SetAction(async (parsed, _) =>
        {
            var lab = LabFile.Read(parsed.GetValue(file)!);
            string wanted = parsed.GetValue(name)!;
            var own = lab.Hypervisors.FirstOrDefault(h => h.Name == wanted)
                ?? throw new UsageException($"no hypervisor \"{wanted}\" in the lab; there are {string.Join(", ", lab.Hypervisors.Select(h => h.Name))}");
            using var api = Connect(parsed.GetValue(manager)!, parsed.GetValue(password)!);
            using var interruption = new Interruption();
            return await RunAsync(lab, parsed.GetValue(file)!, own, api, parsed.GetValue(controller)!, parsed.GetValue(uplink)!, interruption.Token)
                .ConfigureAwait(false);
        });
        return hypervisor;
    }

    private static async Task<int> RunAsync(
        LabTopology lab, string file, LabHypervisor own, NsxClient api, string controller, string uplink, CancellationToken cancellation)
    {
        var directory = LabDirectory.Of(lab.Name);
        directory.Create();
        var session = new LabSession(directory, new LabState { Name = lab.Name, Wiring = WiringKind.Namespaces });
        try
        {
            session.Record(s => s with { OwnsNamespaces = true });
            File.Copy(LabFile.PathOf(file), directory.LabFile);
            await WaitForManagerAsync(api, cancellation).ConfigureAwait(false);
            string id = await TransportNodeAsync(lab, own, api, cancellation).ConfigureAwait(false);
            var part = new HypervisorPart(session, lab, own, hypervisorNamespace: null);
            await part.WireAsync(cancellation).ConfigureAwait(false);
            await part.StartAsync(id, controller, uplink, cancellation).ConfigureAwait(false);
            part.RunPods();
            session.Record(s => s with { IsUp = true });
            Console.WriteLine($"hypervisor {own.Name} ready");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return 0; // SIGTERM is how it ends
        }
        finally
        {
            await new LabDown(session).RunAsync().ConfigureAwait(false);
        }

        return 0;
    }

    /// <summary>The transport node that `lab configure` makes, now or in a while.</summary>
    private static async Task<string> TransportNodeAsync(LabTopology lab, LabHypervisor own, NsxClient api, CancellationToken cancellation)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            if (await new FabricObjects(api, lab.Name).FindAsync("transport-nodes", own.Name, cancellation).ConfigureAwait(false) is { } id)
            {
                return id;
            }

            await Task.Delay(Step, TimeProvider.System, cancellation).ConfigureAwait(false);
        }

        throw new LabFailure($"no transport node {own.Name} after {Patience.TotalSeconds:0} s: has `fabric lab configure` run?");
    }

    private static async Task WaitForManagerAsync(NsxClient api, CancellationToken cancellation)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await api.GetAsync("transport-zones", cancellation).ConfigureAwait(false);
                return;
            }
            catch (HttpRequestException unreachable)
            {
                if (TimeProvider.System.GetElapsedTime(began) > Patience)
                {
                    throw new LabFailure($"the manager does not answer: {unreachable.Message}");
                }
            }

            await Task.Delay(Step, TimeProvider.System, cancellation).ConfigureAwait(false);
        }
    }

    private static (Option<string> File, Option<string> Manager, Option<string> Password) Shared()
        => (new Option<string>("--lab") { Description = "A lab.yaml, or the folder it is in", Required = true, HelpName = "FILE" },
            new Option<string>("--manager") { Description = "The manager's API, such as https://manager:8443", Required = true, HelpName = "URL" },
            new Option<string>("--admin-password-file") { Description = "A file with the password of user admin", Required = true, HelpName = "FILE" });

    private static NsxClient Connect(string manager, string passwordFile)
    {
        if (!Uri.TryCreate(manager, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
        {
            throw new UsageException($"--manager {manager}: expected a URL such as https://manager:8443");
        }

        return new NsxClient(address, "admin", File.ReadLines(passwordFile).FirstOrDefault("").Trim());
    }
}
