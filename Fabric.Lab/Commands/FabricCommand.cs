using System.CommandLine;
using Fabric.Lab.Hosting;
using Fabric.Lab.Topology;

namespace Fabric.Lab.Commands;

/// <summary>The `fabric` command: what it offers, and how its failures become exit codes (1: it failed, 2: it was asked wrongly).</summary>
internal static class FabricCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"fabric: {parsed.Errors[0].Message} (see {PathOf(parsed.CommandResult)} --help)").ConfigureAwait(false);
            return 2;
        }

        try
        {
            // Services end on SIGTERM by their own lifetime and the lab cleans up by itself: no timer may cut them short.
            var settings = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(settings).ConfigureAwait(false);
        }
        catch (UsageException wrong)
        {
            await Console.Error.WriteLineAsync($"fabric: {wrong.Message}").ConfigureAwait(false);
            return 2;
        }
        catch (LabFileException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message).ConfigureAwait(false);
            return 2;
        }
        catch (Exception failed) when (failed is LabFailure or Api.NsxRefusal or IOException or HttpRequestException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"fabric: {failed.Message}").ConfigureAwait(false);
            return 1;
        }
    }

    public static RootCommand Create()
    {
        var root = new RootCommand("A complete NSX-T fabric without VMware hardware: manager, controller, host switches and labs.");
        root.Subcommands.Add(DemoCommand.Create());
        root.Subcommands.Add(LabCommand.Create());
        root.Subcommands.Add(CaptureCommand.Create());
        root.Subcommands.Add(PodCommand.Create());
        root.Subcommands.Add(FaultCommand.Create());
        foreach (var service in Services.All)
        {
            var command = ServiceCommand.Create(service);
            if (service.Name == "manager")
            {
                command.Subcommands.Add(EnvCommand.Create());
            }

            root.Subcommands.Add(command);
        }

        return root;
    }

    private static string PathOf(System.CommandLine.Parsing.CommandResult? command)
    {
        var names = new Stack<string>();
        for (var at = command; at is not null; at = at.Parent as System.CommandLine.Parsing.CommandResult)
        {
            names.Push(at.Command is RootCommand ? "fabric" : at.Command.Name);
        }

        return string.Join(' ', names);
    }
}
