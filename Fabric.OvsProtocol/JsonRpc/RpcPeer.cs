using System.Text.Json;

namespace Fabric.OvsProtocol.JsonRpc;

/// <summary>
/// The serving end of a JSON-RPC connection: answers and notifies, and answers echo by itself. <see cref="RunAsync"/> reads until the client leaves.
/// </summary>
public sealed class RpcPeer(Stream stream) : IAsyncDisposable
{
    private readonly JsonStream _json = new(stream);

    /// <summary>Reads messages and hands on requests and notifications, one at a time and in order.</summary>
    /// <exception cref="JsonException">The peer sends what is no JSON.</exception>
    public async Task RunAsync(Func<RpcMessage, Task> handle, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(handle);
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

    public Task NotifyAsync(string method, Action<Utf8JsonWriter> parameters, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return _json.WriteAsync(
            json =>
            {
                json.WriteStartObject();
                json.WriteNull("id");
                json.WriteString("method", method);
                json.WritePropertyName("params");
                parameters(json);
                json.WriteEndObject();
            },
            cancellation);
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
        if (message.Method == "echo" && !message.IsNotification)
        {
            await AnswerAsync(message.Id, message.Parameters.WriteTo, cancellation).ConfigureAwait(false);
        }
        else if (message.Method is not null) // a reply is to nothing that was asked
        {
            await handle(message).ConfigureAwait(false);
        }
    }
}
