using System.Globalization;
using System.Text.Json;
using Fabric.OvsProtocol.Endpoints;
using Fabric.OvsProtocol.JsonRpc;

namespace Fabric.NodeOvs.UnixControl;

/// <summary>The socket that ovs-appctl asks, and the locked pid file that it finds it by (ovs-appctl(8); reference: node-ovs.md, 1).</summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private const string Program = "ovs-vswitchd";

    private readonly CancellationTokenSource _stopping = new();
    private readonly OvsListener _listener;
    private readonly FileStream _pidFile;
    private readonly ControlCommands _commands;

    /// <summary>Listens first: whoever reads the pid file finds the socket answering.</summary>
    public ControlServer(string runDirectory, ControlCommands commands)
    {
        int pid = Environment.ProcessId;
        _commands = commands;
        _listener = OvsListener.Start(OvsAddress.PassiveUnix(Path.Combine(runDirectory, $"{Program}.{pid}.ctl")), ServeAsync, _stopping.Token);
        _pidFile = new FileStream(Path.Combine(runDirectory, $"{Program}.pid"), FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite);
        _pidFile.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{pid}\n")));
        _pidFile.Flush();
        if (!OperatingSystem.IsMacOS())
        {
            _pidFile.Lock(0, 0); // ovs-appctl believes a pid file only while its writer holds this lock
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        string pidFile = _pidFile.Name;
        _listener.Dispose();
        await _listener.Completion.ConfigureAwait(false);
        await _pidFile.DisposeAsync().ConfigureAwait(false);
        File.Delete(pidFile);
        _stopping.Dispose();
    }

    private async Task ServeAsync(Stream client)
    {
        await using var peer = new RpcPeer(client);
        try
        {
            await peer.RunAsync(message => AnswerAsync(peer, message), _stopping.Token).ConfigureAwait(false);
        }
        catch (Exception ended) when (ended is IOException or JsonException or OperationCanceledException)
        {
            // the client is gone, or does not speak the protocol
        }
    }

    private async Task AnswerAsync(RpcPeer peer, RpcMessage message)
    {
        string[] arguments = message.Parameters.ValueKind == JsonValueKind.Array
            ? [.. message.Parameters.EnumerateArray().Select(each => each.ValueKind == JsonValueKind.String ? each.GetString()! : each.GetRawText())]
            : [];
        var (text, failed) = await _commands.RunAsync(message.Method!, arguments).ConfigureAwait(false);
        string line = text.Length > 0 && !text.EndsWith('\n') ? text + "\n" : text;
        if (failed)
        {
            await peer.RefuseAsync(message.Id, json => json.WriteStringValue(line)).ConfigureAwait(false);
        }
        else
        {
            await peer.AnswerAsync(message.Id, json => json.WriteStringValue(line)).ConfigureAwait(false);
        }
    }
}
