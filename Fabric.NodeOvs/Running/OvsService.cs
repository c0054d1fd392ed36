using System.Security.Cryptography;
using Fabric.OvsProtocol.Endpoints;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fabric.NodeOvs.Running;

/// <summary>Runs the switch as long as the process lives, or until ovs-appctl asks it to end.</summary>
internal sealed class OvsService(IOptions<OvsOptions> options, IDeviceSource devices, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<OvsService> logger)
    : IHostedService, IAsyncDisposable
{
    private VirtualSwitch? _running;

    /// <exception cref="FormatException">A remote is no address; the message says what would be.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var given = options.Value;
        var remotes = given.Remotes.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => OvsAddress.TryParse(text, out var address, out string? wrong) ? address! : throw new FormatException(wrong));
        string database = given.Database.Length > 0 ? given.Database : Path.Combine(given.RunDirectory, "conf.db");
        _running = VirtualSwitch.Start(given.RunDirectory, database, [.. remotes], devices, NewId, time, logger, lifetime.StopApplication);
        logger.SwitchStarted(given.RunDirectory);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync().ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _running, null) is { } running)
        {
            await running.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40); // version 4 (RFC 9562, section 5.4)
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
