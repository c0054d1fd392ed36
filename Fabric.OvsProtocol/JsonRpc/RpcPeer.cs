using System.Collections.Concurrent;
using System.Text.Json;

namespace Fabric.OvsProtocol.JsonRpc;

/// <summary>What a peer answered to a request: a result, or an error as it stood in the reply.</summary>
public readonly record struct RpcReply(JsonElement Result, JsonElement Error)
{
    public bool IsError => Error.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);
}

/// <summary>
/// One end of a JSON-RPC connection: asks, answers, notifies, and answers echo by itself. <see cref="RunAsync"/> reads until the other end leaves.
/// </summary>
public sealed class RpcPeer(Stream stream) : IAsyncDisposable
{
    private readonly JsonStream _json = new(stream);
    private readonly ConcurrentDictionary<long, TaskCompletionSource<RpcReply>> _waiting = new();
    private long _lastId;

    /// <summary>Reads messages and hands on requests and notifications, one at a time and in order.</summary>
    /// <exception cref="JsonException">The peer sends what is no JSON.</exception>
    public async Task RunAsync(Func<RpcMessage, Task> handle, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(handle);
        try
        {
            while (await _json.ReadAsync(cancellation).ConfigureAwait(false) is { } document)
            {
                if (RpcMessage.Of(document) is not { } message)
                {
                    throw new JsonException("A message is neither a request nor a reply.");
                }

                using (message)
                {
                    await TakeAsync(message, handle, cancellation).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            foreach (var (id, waiting) in _waiting)
            {
                _waiting.TryRemove(id, out _);
                waiting.TrySetException(new IOException("The connection ended before the answer."));
            }
        }
    }

    /// <summary>Asks and waits for the answer.</summary>
    /// <exception cref="IOException">The connection ended first.</exception>
    public async Task<RpcReply> AskAsync(string method, Action<Utf8JsonWriter> parameters, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        long id = Interlocked.Increment(ref _lastId);
        var waiting = new TaskCompletionSource<RpcReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = waiting;
        try
        {
            await _json.WriteAsync(json => Request(json, method, parameters, id), cancellation).ConfigureAwait(false);
            return await waiting.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    public Task NotifyAsync(string method, Action<Utf8JsonWriter> parameters, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return _json.WriteAsync(json => Request(json, method, parameters, null), cancellation);
    }

    public Task AnswerAsync(JsonElement id, Action<Utf8JsonWriter> result, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        return _json.WriteAsync(
            json =>
            {
                json.WriteStartObject();
                WriteId(json, id);
                json.WritePropertyName("result");
                result(json);
                json.WriteNull("error");
                json.WriteEndObject();
            },
            cancellation);
    }

    /// <summary>The error alone, without a result: as the real server does it.</summary>
    public Task RefuseAsync(JsonElement id, Action<Utf8JsonWriter> error, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(error);
        return _json.WriteAsync(
            json =>
            {
                json.WriteStartObject();
                WriteId(json, id);
                json.WritePropertyName("error");
                error(json);
                json.WriteEndObject();
            },
            cancellation);
    }

    public ValueTask DisposeAsync() => _json.DisposeAsync();

    private static void Request(Utf8JsonWriter json, string method, Action<Utf8JsonWriter> parameters, long? id)
    {
        json.WriteStartObject();
        if (id is { } number)
        {
            json.WriteNumber("id", number);
        }
        else
        {
            json.WriteNull("id");
        }

        json.WriteString("method", method);
        json.WritePropertyName("params");
        parameters(json);
        json.WriteEndObject();
    }

    private static void WriteId(Utf8JsonWriter json, JsonElement id)
    {
        json.WritePropertyName("id");
        if (id.ValueKind == JsonValueKind.Undefined)
        {
            json.WriteNullValue();
        }
        else
        {
            id.WriteTo(json);
        }
    }

    private async Task TakeAsync(RpcMessage message, Func<RpcMessage, Task> handle, CancellationToken cancellation)
    {
        if (message.Method is null)
        {
            if (message.Id.ValueKind == JsonValueKind.Number && message.Id.TryGetInt64(out long id) && _waiting.TryRemove(id, out var waiting))
            {
                waiting.TrySetResult(new RpcReply(Kept(message.Result), Kept(message.Error)));
            }
        }
        else if (message.Method == "echo" && !message.IsNotification)
        {
            await AnswerAsync(message.Id, message.Parameters.WriteTo, cancellation).ConfigureAwait(false);
        }
        else
        {
            await handle(message).ConfigureAwait(false);
        }
    }

    private static JsonElement Kept(JsonElement element) => element.ValueKind == JsonValueKind.Undefined ? element : element.Clone();
}
