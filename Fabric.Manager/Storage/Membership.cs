using Fabric.Manager.Security;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fabric.Manager.Storage;

/// <summary>
/// The managers that work on one database, this one among them: each says every few seconds that it lives. Alone, there is one member.
/// </summary>
internal sealed class Membership(
    IResourceDatabase database, IOptions<ManagerOptions> options, IdSource ids, TimeProvider time, IServer server, ILogger<Membership> logger) : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private Task _beating = Task.CompletedTask;
    private IReadOnlyList<ClusterMember> _members = [];
    private int _disposed;

    /// <summary>This manager. Its id is kept beside the data file.</summary>
    public ClusterMember Self { get; private set; } = new("", "", 0, true);

    /// <summary>Everybody the database knows, the oldest first; who stopped saying so is not alive.</summary>
    public IReadOnlyList<ClusterMember> Members => Volatile.Read(ref _members);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Self = new ClusterMember(OwnId(), options.Value.Listen, time.GetUtcNow().ToUnixTimeMilliseconds(), true);
        Beat();
        _beating = Task.Run(BeatLoopAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_stopping.IsCancellationRequested || Self.Id.Length == 0)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        await _beating.ConfigureAwait(false);
        try
        {
            database.Leave(Self);
        }
        catch (System.Data.Common.DbException)
        {
            // it will be seen by the silence
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0) // it is one service under two names
        {
            await StopAsync(CancellationToken.None).ConfigureAwait(false);
            _stopping.Dispose();
        }
    }

    private async Task BeatLoopAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(BeatInterval, _stopping.Token).ConfigureAwait(false);
                try
                {
                    Beat();
                }
                catch (System.Data.Common.DbException)
                {
                    // the store says that the database is away
                }
            }
        }
        catch (OperationCanceledException)
        {
            // stopping
        }
    }

    private void Beat()
    {
        string? listening = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(address => address.StartsWith("https", StringComparison.Ordinal));
        Self = Self with { Address = listening ?? Self.Address }; // a free port is known once the server listens
        var members = database.Beat(Self);
        if (members.Count > 1 && !members.Select(member => (member.Id, member.IsAlive)).SequenceEqual(_members.Select(member => (member.Id, member.IsAlive))))
        {
            logger.MembersChanged(string.Join(", ", members.Select(member => $"{member.Address}{(member.IsAlive ? "" : " (silent)")}")));
        }

        Volatile.Write(ref _members, members);
    }

    private string OwnId()
    {
        string file = Path.GetFullPath(options.Value.Data) + ".member-id";
        if (File.Exists(file))
        {
            return File.ReadAllText(file).Trim();
        }

        string id = ids.Next();
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        OwnerFile.Write(file, id + "\n");
        return id;
    }
}
