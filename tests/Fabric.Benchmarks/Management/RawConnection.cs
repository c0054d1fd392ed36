using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Fabric.Benchmarks.Management;

/// <summary>One keep-alive HTTPS connection that costs as little as it can: requests are bytes made before, answers are skipped by their length.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private readonly TcpClient _tcp;
    private readonly SslStream _stream;
    private readonly string _head;
    private readonly byte[] _buffer = new byte[64 * 1024];

    private RawConnection(TcpClient tcp, SslStream stream, string head)
    {
        _tcp = tcp;
        _stream = stream;
        _head = head;
    }

    /// <summary>Of the last answer's body.</summary>
    public int LastLength { get; private set; }

    public static async Task<RawConnection> OpenAsync(Uri address, string authorization)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(address.Host, address.Port);
        var stream = new SslStream(tcp.GetStream(), false, (_, certificate, _, _) => certificate?.Subject == "CN=fabric-manager");
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" });
        return new RawConnection(tcp, stream, $"Host: {address.Authority}\r\nAuthorization: {authorization}\r\n");
    }

    public byte[] Request(string method, string path, byte[]? body = null)
    {
        string head = string.Create(CultureInfo.InvariantCulture, $"{method} {path} HTTP/1.1\r\n{_head}{(body is null ? "" : $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n")}\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body ?? []];
    }

    /// <summary>The status of the answer.</summary>
    public async Task<int> SendAsync(byte[] request)
    {
        await _stream.WriteAsync(request);
        int have = 0;
        int end;
        while ((end = _buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8)) < 0)
        {
            have += await ReadAsync(have);
        }

        int length = ContentLength(_buffer.AsSpan(0, end));
        LastLength = length;
        int left = length - (have - end - 4);
        while (left > 0)
        {
            int read = await _stream.ReadAsync(_buffer.AsMemory(end + 4 < _buffer.Length / 2 ? end + 4 : 0));
            left -= read > 0 ? read : throw new IOException("the connection ended");
        }

        return int.Parse(_buffer.AsSpan(9, 3), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _tcp.Dispose();
    }

    private async Task<int> ReadAsync(int from)
    {
        int read = await _stream.ReadAsync(_buffer.AsMemory(from));
        return read > 0 ? read : throw new IOException("the connection ended");
    }

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        int at = head.IndexOf("Content-Length: "u8);
        if (at < 0)
        {
            throw new InvalidOperationException($"an answer without a length: {Encoding.ASCII.GetString(head)}");
        }

        var rest = head[(at + 16)..];
        int end = rest.IndexOf((byte)'\r');
        return int.Parse(end < 0 ? rest : rest[..end], CultureInfo.InvariantCulture);
    }
}
