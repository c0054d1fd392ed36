using System.Globalization;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Fabric.Benchmarks.Management;

/// <summary>The least that a durable write can be: rows of a given size in a SQLite file, all that wait together in one commit, each answered after it.</summary>
internal sealed class BareSqlite : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly string _body;
    private long _number;
    private Channel<TaskCompletionSource> _waiting = null!;
    private Task _writing = Task.CompletedTask;

    public BareSqlite(string folder, int size)
    {
        _body = new string('x', size);
        _connection = new SqliteConnection($"Data Source={Path.Combine(folder, "bare.db")};Pooling=False");
        _connection.Open();
        foreach (string statement in new[] { "PRAGMA locking_mode=EXCLUSIVE", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE rows (id TEXT PRIMARY KEY, body TEXT)" })
        {
            using var command = _connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }

    public void Begin()
    {
        _waiting = Channel.CreateUnbounded<TaskCompletionSource>(new UnboundedChannelOptions { SingleReader = true });
        _writing = Task.Run(() => WriteAsync(_waiting.Reader));
    }

    public Task WriteAsync()
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Writer.TryWrite(written);
        return written.Task;
    }

    public async Task EndAsync()
    {
        _waiting.Writer.Complete();
        await _writing;
    }

    public async Task<double> RunAsync(int writers, TimeSpan turn)
    {
        Begin();
        long start = TimeProvider.System.GetTimestamp();
        int[] done = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            int count = 0;
            while (TimeProvider.System.GetElapsedTime(start) < turn)
            {
                await WriteAsync();
                count++;
            }

            return count;
        })));
        double seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        await EndAsync();
        return done.Sum() / seconds;
    }

    public void Dispose() => _connection.Dispose();

    private async Task WriteAsync(ChannelReader<TaskCompletionSource> waiting)
    {
        using var insert = _connection.CreateCommand();
        insert.CommandText = "INSERT INTO rows (id, body) VALUES ($id, $body)";
        var id = insert.Parameters.Add("$id", SqliteType.Text);
        insert.Parameters.AddWithValue("$body", _body);
        var group = new List<TaskCompletionSource>();
        while (await waiting.WaitToReadAsync())
        {
            group.Clear();
            while (waiting.TryRead(out var write))
            {
                group.Add(write);
            }

            using (var transaction = _connection.BeginTransaction())
            {
                insert.Transaction = transaction;
                foreach (var _ in group)
                {
                    id.Value = string.Create(CultureInfo.InvariantCulture, $"{_number++:x32}");
                    insert.ExecuteNonQuery();
                }

                transaction.Commit();
            }

            foreach (var write in group)
            {
                write.SetResult();
            }
        }
    }
}
