using System.Text.Json;
using System.Threading.Channels;
using Fabric.NodeOvs.Ovsdb.Monitors;
using Fabric.NodeOvs.Ovsdb.Rows;
using Fabric.NodeOvs.Ovsdb.Transactions;
using Fabric.OvsProtocol.JsonRpc;

namespace Fabric.NodeOvs.Ovsdb.Server;

/// <summary>
/// One client of the database server: its requests, its monitors and locks. What it is sent goes through one queue, so that an update always
/// comes before the answer to the transaction that made it. A client that does not read is let go.
/// </summary>
internal sealed class OvsdbSession(RpcPeer peer, OvsdbServer server) : IDisposable
{
    private const int LongestQueue = 10_000;

    private readonly Channel<Func<Task>> _outgoing = Channel.CreateBounded<Func<Task>>(new BoundedChannelOptions(LongestQueue) { SingleReader = true });
    private readonly CancellationTokenSource _tooSlow = new();
    private readonly List<Monitors.Monitor> _monitors = [];
    private readonly Dictionary<string, IDisposable> _running = new(StringComparer.Ordinal);

    /// <summary>Serves until the client leaves.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _tooSlow.Token);
        var sending = SendAsync(either.Token);
        try
        {
            await peer.RunAsync(HandleAsync, either.Token).ConfigureAwait(false);
        }
        finally
        {
            foreach (var running in _running.Values.ToArray())
            {
                running.Dispose();
            }

            _outgoing.Writer.TryComplete();
            await sending.ConfigureAwait(false);
        }
    }

    /// <summary>Tells of what a transaction changed. Called in turn.</summary>
    public void Tell(IReadOnlyList<RowChange> changes)
    {
        foreach (var monitor in _monitors)
        {
            if (monitor.Tell(changes) is { } update)
            {
                Notify(monitor, update);
            }
        }
    }

    public void NotifyLock(string method, string name) => Send(() => peer.NotifyAsync(method, json => Array(json, () => json.WriteStringValue(name))));

    public void Dispose() => _tooSlow.Dispose();

    private static void Array(Utf8JsonWriter json, Action content)
    {
        json.WriteStartArray();
        content();
        json.WriteEndArray();
    }

    private static void Nothing(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteEndObject();
    }

    private static void Locked(Utf8JsonWriter json, bool locked)
    {
        json.WriteStartObject();
        json.WriteBoolean("locked", locked);
        json.WriteEndObject();
    }

    private async Task SendAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (var send in _outgoing.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                await send().ConfigureAwait(false);
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // the reading side hears of it too, and ends the session
            _outgoing.Writer.TryComplete();
        }
    }

    private void Send(Func<Task> send)
    {
        if (!_outgoing.Writer.TryWrite(send))
        {
            _tooSlow.Cancel();
        }
    }

    private void Answer(JsonElement id, Action<Utf8JsonWriter> result)
    {
        var kept = id.Clone();
        Send(() => peer.AnswerAsync(kept, result));
    }

    private void Refuse(JsonElement id, Action<Utf8JsonWriter> error)
    {
        var kept = id.Clone();
        Send(() => peer.RefuseAsync(kept, error));
    }

    private void Notify(Monitors.Monitor monitor, Action<Utf8JsonWriter> update)
    {
        var id = monitor.Id;
        Send(() => peer.NotifyAsync(
            monitor.Form == MonitorForm.Rows ? "update" : "update2",
            json => Array(json, () =>
            {
                id.WriteTo(json);
                update(json);
            })));
    }

    private Task HandleAsync(RpcMessage message)
    {
        var id = message.Id;
        var parameters = message.Parameters;
        try
        {
            switch (message.Method)
            {
                case "list_dbs":
                    Answer(id, json => Array(json, () => json.WriteStringValue(server.Store.Database.Schema.Name)));
                    break;
                case "get_schema":
                    OfDatabase(id, parameters, () => Answer(id, server.Store.Database.Schema.Write));
                    break;
                case "transact":
                    OfDatabase(id, parameters, () => Transact(id, parameters));
                    break;
                case "cancel":
                    Cancel(parameters);
                    break;
                case "monitor":
                    OfDatabase(id, parameters, () => Watch(id, parameters, MonitorForm.Rows));
                    break;
                case "monitor_cond":
                    OfDatabase(id, parameters, () => Watch(id, parameters, MonitorForm.Differences));
                    break;
                case "monitor_cond_change":
                    Rekey(id, parameters);
                    break;
                case "monitor_cancel":
                    Unwatch(id, parameters);
                    break;
                case "lock" or "steal":
                    Take(id, NameOf(parameters), message.Method == "steal");
                    break;
                case "unlock":
                    Leave(id, NameOf(parameters));
                    break;
                case "set_db_change_aware":
                    Answer(id, Nothing);
                    break;
                case "get_server_id":
                    Answer(id, json => json.WriteStringValue(server.ServerId));
                    break;
                default:
                    Refuse(id, json => json.WriteStringValue("unknown method"));
                    break;
            }
        }
        catch (OperationException wrong)
        {
            Refuse(id, wrong.Error.Write);
        }
        catch (InvalidOperationException wrong) // JSON of another kind than the method takes
        {
            Refuse(id, new OvsdbError("syntax error", wrong.Message).Write);
        }

        return Task.CompletedTask;
    }

    private void OfDatabase(JsonElement id, JsonElement parameters, Action work)
    {
        if (parameters.ValueKind != JsonValueKind.Array || parameters.GetArrayLength() == 0 || parameters[0].ValueKind != JsonValueKind.String)
        {
            Refuse(id, new OvsdbError("syntax error", "the first parameter is the name of a database").Write);
        }
        else if (!parameters[0].ValueEquals(server.Store.Database.Schema.Name))
        {
            Refuse(id, new OvsdbError("unknown database").Write);
        }
        else
        {
            work();
        }
    }

    private void Transact(JsonElement id, JsonElement parameters)
    {
        JsonElement[] operations = [.. parameters.Clone().EnumerateArray().Skip(1)];
        string key = id.GetRawText();
        bool answered = false;
        var running = server.Store.Transact(operations, name => server.Locks.Owns(this, name), write =>
        {
            answered = true;
            _running.Remove(key);
            Answer(id, write);
        });
        server.Store.InTurn(_ => answered || (_running[key] = running) is null);
    }

    private void Cancel(JsonElement parameters)
    {
        if (parameters.ValueKind == JsonValueKind.Array && parameters.GetArrayLength() == 1)
        {
            var id = parameters[0];
            server.Store.InTurn(_ =>
            {
                if (_running.Remove(id.GetRawText(), out var running))
                {
                    running.Dispose();
                    Refuse(id, json => json.WriteStringValue("canceled"));
                }

                return true;
            });
        }
    }

    private void Watch(JsonElement id, JsonElement parameters, MonitorForm form)
    {
        if (parameters.GetArrayLength() < 3)
        {
            throw new OperationException(new OvsdbError("syntax error", "a monitor takes a database, an id and requests"));
        }

        server.Store.InTurn(database =>
        {
            if (Find(parameters[1]) is not null)
            {
                throw new OperationException(new OvsdbError("syntax error", "duplicate monitor ID"));
            }

            var monitor = Monitors.Monitor.Read(parameters[1], parameters[2], database, form);
            _monitors.Add(monitor);
            byte[] initial = Frozen(json => monitor.WriteInitial(json, database));
            Answer(id, json => json.WriteRawValue(initial));
            return true;
        });
    }

    private void Rekey(JsonElement id, JsonElement parameters)
        => server.Store.InTurn(database =>
        {
            if (Find(parameters[0]) is not { } monitor)
            {
                Refuse(id, json => json.WriteStringValue("unknown monitor"));
                return false;
            }

            var update = monitor.Rekey(parameters[1], parameters[2], database);
            if (update is not null)
            {
                byte[] told = Frozen(update);
                Notify(monitor, json => json.WriteRawValue(told));
            }

            Answer(id, Nothing);
            return true;
        });

    private void Unwatch(JsonElement id, JsonElement parameters)
        => server.Store.InTurn(_ =>
        {
            if (parameters.GetArrayLength() == 1 && Find(parameters[0]) is { } monitor)
            {
                _monitors.Remove(monitor);
                Answer(id, Nothing);
            }
            else
            {
                Refuse(id, json => json.WriteStringValue("unknown monitor"));
            }

            return true;
        });

    /// <summary>Written now: the rows may be others by the time it is sent.</summary>
    private static byte[] Frozen(Action<Utf8JsonWriter> write)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes))
        {
            write(json);
        }

        return bytes.WrittenSpan.ToArray();
    }

    private Monitors.Monitor? Find(JsonElement id) => _monitors.FirstOrDefault(monitor => JsonElement.DeepEquals(monitor.Id, id));

    private static string NameOf(JsonElement parameters) => parameters[0].GetString() ?? "";

    private void Take(JsonElement id, string name, bool steal)
        => server.Store.InTurn(_ =>
        {
            if (server.Locks.Take(this, name, steal, out var robbed) is not { } locked)
            {
                throw new OperationException(new OvsdbError("syntax error", $"must issue \"unlock\" before new \"{(steal ? "steal" : "lock")}\""));
            }

            robbed?.NotifyLock("stolen", name);
            Answer(id, json => Locked(json, locked));
            return locked;
        });

    private void Leave(JsonElement id, string name)
        => server.Store.InTurn(_ =>
        {
            var next = server.Locks.Leave(this, name, out bool had);
            if (!had)
            {
                throw new OperationException(new OvsdbError("syntax error", "\"unlock\" without \"lock\" or \"steal\""));
            }

            next?.NotifyLock("locked", name);
            Answer(id, Nothing);
            return true;
        });
}
