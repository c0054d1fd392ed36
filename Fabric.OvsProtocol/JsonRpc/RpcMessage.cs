using System.Text.Json;

namespace Fabric.OvsProtocol.JsonRpc;

/// <summary>
/// A request, a notification or a reply of JSON-RPC 1.0 as Open vSwitch speaks it (RFC 7047, section 4). It owns its document: dispose of it.
/// </summary>
public sealed class RpcMessage : IDisposable
{
    private readonly JsonDocument _document;

    private RpcMessage(JsonDocument document, string? method, JsonElement parameters, JsonElement id)
    {
        _document = document;
        Method = method;
        Parameters = parameters;
        Id = id;
    }

    /// <summary>Of a request or notification; null: a reply.</summary>
    public string? Method { get; }

    public JsonElement Parameters { get; }

    /// <summary>Any JSON; null or absent: a notification.</summary>
    public JsonElement Id { get; }

    public bool IsNotification => Id.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    /// <summary>Null, with the document disposed of, when it is neither.</summary>
    public static RpcMessage? Of(JsonDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Object)
        {
            var id = Member(root, "id");
            if (Member(root, "method") is { ValueKind: JsonValueKind.String } method)
            {
                return new RpcMessage(document, method.GetString(), Member(root, "params"), id);
            }

            if (root.TryGetProperty("result", out _) || root.TryGetProperty("error", out _))
            {
                return new RpcMessage(document, null, default, id);
            }
        }

        document.Dispose();
        return null;
    }

    public void Dispose() => _document.Dispose();

    private static JsonElement Member(JsonElement root, string name) => root.TryGetProperty(name, out var member) ? member : default;
}
