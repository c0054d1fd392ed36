using System.CommandLine;
using Fabric.Lab.Hosting;
using Microsoft.Extensions.Logging;

namespace Fabric.Lab.Commands;

/// <summary>The command of one service: its flags are its settings, and a flag wins over the environment, which wins over the file.</summary>
internal static class ServiceCommand
{
    public static Command Create(ServiceDefinition service, Func<IEnumerable<KeyValuePair<string, string?>>, LogLevel, Task<int>>? run = null)
    {
        run ??= (settings, level) => ServiceRunner.RunAsync(service, settings, level, Console.Out);
        var settings = ServiceSettings.Of(service.Options, service.Section, service.Name);
        var command = new Command(service.Name, service.Summary);
        var flags = settings.ToDictionary(s => s, FlagFor);
        foreach (var flag in flags.Values)
        {
            command.Options.Add(flag);
        }

        var file = new Option<string?>("--settings") { Description = $"Settings file (JSON, section \"{service.Section}\")", HelpName = "FILE" };
        var level = new Option<LogLevel>("--log-level") { Description = "Least severity that is logged", DefaultValueFactory = _ => LogLevel.Information };
        command.Options.Add(file);
        command.Options.Add(level);
        command.SetAction((parsed, _) => run(Gather(parsed, service.Section, settings, flags, parsed.GetValue(file)), parsed.GetValue(level)));
        return command;
    }

    private static Option<string?> FlagFor(ServiceSetting setting)
        => new(setting.Flag)
        {
            Description = $"{setting.Description} [{setting.Variable}]",
            HelpName = setting.IsSwitch ? "true|false" : "VALUE",
            Arity = setting.IsSwitch ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
        };

    private static Dictionary<string, string?> Gather(
        ParseResult parsed,
        string section,
        IReadOnlyList<ServiceSetting> settings,
        Dictionary<ServiceSetting, Option<string?>> flags,
        string? file)
    {
        var values = file is null
            ? new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
            : SettingsFile.Read(file, section, settings);
        foreach (var setting in settings)
        {
            if (Environment.GetEnvironmentVariable(setting.Variable) is { Length: > 0 } fromEnvironment)
            {
                values[setting.Key] = fromEnvironment;
            }

            if (parsed.GetResult(flags[setting]) is { Implicit: false })
            {
                values[setting.Key] = parsed.GetValue(flags[setting]) ?? "true"; // a switch without a value
            }
        }

        return values;
    }
}
