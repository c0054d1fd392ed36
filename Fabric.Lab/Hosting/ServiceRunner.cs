using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Fabric.Lab.Hosting;

/// <summary>A service that the command can run: its name, its settings' section, and how it is added and mapped.</summary>
internal sealed record ServiceDefinition(
    string Name, string Section, Type Options, string Summary, Action<WebApplicationBuilder> Add, Action<WebApplication> Map);

/// <summary>Runs one service in the foreground: logs to standard error, one line on standard output once it really listens.</summary>
internal static class ServiceRunner
{
    /// <summary>An open stream must not hold up the end of a process for longer.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(
        ServiceDefinition service, IEnumerable<KeyValuePair<string, string?>> settings, LogLevel logLevel, TextWriter output)
    {
        var app = await StartAsync(service, settings, logLevel).ConfigureAwait(false);
        await using (app.ConfigureAwait(false))
        {
            await output.WriteLineAsync(ReadyLine(service.Name, app)).ConfigureAwait(false);
            await output.FlushAsync().ConfigureAwait(false);
            await app.WaitForShutdownAsync().ConfigureAwait(false);
        }

        return 0;
    }

    private static async Task<WebApplication> StartAsync(
        ServiceDefinition service, IEnumerable<KeyValuePair<string, string?>> settings, LogLevel logLevel)
    {
        try
        {
            var app = Build(service, settings, logLevel);
            await app.StartAsync().ConfigureAwait(false);
            return app;
        }
        catch (OptionsValidationException wrong)
        {
            throw new UsageException(string.Join("; ", wrong.Failures.Select(Plain)));
        }
    }

    public static WebApplication Build(ServiceDefinition service, IEnumerable<KeyValuePair<string, string?>> settings, LogLevel logLevel)
    {
        // Slim: no settings files, environment variables or watchers that we did not ask for.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = "fabric",
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddRouting(); // slim leaves regular expressions in routes out
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        AddLogging(builder.Logging, logLevel);
        service.Add(builder);

        var app = builder.Build();
        service.Map(app);
        return app;
    }

    private static void AddLogging(ILoggingBuilder logging, LogLevel level)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(level);
        logging.AddFilter("Microsoft", level < LogLevel.Information ? level : LogLevel.Warning);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // what fails at start is said once, by the command
        logging.AddFilter("Grpc", level < LogLevel.Information ? level : LogLevel.Warning);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    /// <summary>The framework wraps what an attribute says in where it stands; people need only the first.</summary>
    private static string Plain(string failure)
    {
        const string before = "with the error: '";
        int at = failure.IndexOf(before, StringComparison.Ordinal);
        return at < 0 ? failure : failure[(at + before.Length)..].TrimEnd('.').TrimEnd('\'');
    }

    private static string ReadyLine(string name, WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return string.Join(' ', addresses.Select(Short).Prepend($"{name} ready"));
    }

    /// <summary>The server writes a socket as http://unix:/path; we write unix:/path, as settings do.</summary>
    private static string Short(string address)
    {
        const string socket = "http://unix:";
        return address.StartsWith(socket, StringComparison.Ordinal) ? address["http://".Length..] : address;
    }
}
