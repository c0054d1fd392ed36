using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Fabric.OvsProtocol.Endpoints;
using Fabric.OvsProtocol.JsonRpc;

namespace Fabric.NodeOvs.UnixControl;

/// <summary>The socket that ovs-appctl asks, and the locked pid file that it finds it by (ovs-appctl(8); reference: node-ovs.md, 1).</summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private const string Program = "ovs-vswitchd";

    private readonly CancellationTokenSource _stopping = new();
    private readonly Socket _socket;
    private readonly FileStream _pidFile;
    private readonly ControlCommands _commands;
    private readonly Task _serving;

    private ControlServer(Socket socket, FileStream pidFile, ControlCommands commands)
    {
        _socket = socket;
        _pidFile = pidFile;
        _commands = commands;
        _serving = AcceptAsync();
    }

    public static ControlServer Start(string runDirectory, ControlCommands commands)
    {
        int pid = Environment.ProcessId;
        var socket = OvsAddress.PassiveUnix(Path.Combine(runDirectory, $"{Program}.{pid}.ctl")).Listen();
        var file = new FileStream(Path.Combine(runDirectory, $"{Program}.pid"), FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{pid}\n")));
        file.Flush();
        if (!OperatingSystem.IsMacOS())
        {
            file.Lock(0, 0); // ovs-appctl believes a pid file only while its writer holds this lock
        }

        return new ControlServer(socket, file, commands);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        string pidFile = _pidFile.Name;
        _socket.Dispose();
        await _serving.ConfigureAwait(false);
        await _pidFile.DisposeAsync().ConfigureAwait(false);
        File.Delete(pidFile);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _socket.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                serving.RemoveAll(task => task.IsCompleted);
                serving.Add(ServeAsync(client));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            await Task.WhenAll(serving).ConfigureAwait(false);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        await using var peer = new RpcPeer(new NetworkStream(client, ownsSocket: true));
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
