using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Fabric.OvsProtocol.Endpoints;

/// <summary>
/// Where an Open vSwitch socket is, as its tools write it: <c>unix:FILE</c>, <c>tcp:IP:PORT</c> to dial, <c>punix:FILE</c>,
/// <c>ptcp:PORT[:IP]</c> to listen (ovsdb(7), "Active and passive connection methods").
/// </summary>
public sealed record OvsAddress
{
    private OvsAddress(string text, bool listens, EndPoint endPoint)
    {
        Text = text;
        Listens = listens;
        EndPoint = endPoint;
    }

    public string Text { get; }

    /// <summary>Whether it is one to listen on (passive) rather than to dial.</summary>
    public bool Listens { get; }

    public EndPoint EndPoint { get; }

    /// <summary>The file of a unix socket; null: it is TCP.</summary>
    public string? File => EndPoint is UnixDomainSocketEndPoint ? Text[(Text.IndexOf(':', StringComparison.Ordinal) + 1)..] : null;

    /// <summary>A unix socket to dial.</summary>
    public static OvsAddress Unix(string file) => new($"unix:{file}", false, new UnixDomainSocketEndPoint(file));

    /// <summary>A unix socket to listen on.</summary>
    public static OvsAddress PassiveUnix(string file) => new($"punix:{file}", true, new UnixDomainSocketEndPoint(file));

    public static bool TryParse(string text, out OvsAddress? address, out string? wrong)
    {
        ArgumentNullException.ThrowIfNull(text);
        wrong = null;
        string[] parts = text.Split(':', 2);
        string rest = parts.Length == 2 ? parts[1] : "";
        EndPoint? endPoint = parts[0] switch
        {
            "unix" or "punix" when rest.Length > 0 => new UnixDomainSocketEndPoint(rest),
            "tcp" => Dialled(rest),
            "ptcp" => Listened(rest),
            _ => null,
        };
        address = endPoint is null ? null : new OvsAddress(text, parts[0][0] == 'p', endPoint);
        wrong = endPoint is null ? $"\"{text}\" is no address; expected unix:FILE, tcp:IP:PORT, punix:FILE or ptcp:PORT[:IP]" : null;
        return endPoint is not null;
    }

    /// <summary>Dials, and hands over the connection.</summary>
    /// <exception cref="SocketException">Nobody answers there.</exception>
    public async Task<Stream> DialAsync(CancellationToken cancellation = default)
    {
        var socket = NewSocket();
        try
        {
            await socket.ConnectAsync(EndPoint, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Binds and listens. A unix socket's file that nobody serves any more is replaced.</summary>
    /// <exception cref="SocketException">The address is taken.</exception>
    public Socket Listen(int backlog = 64)
    {
        if (File is { } file)
        {
            System.IO.File.Delete(file);
        }

        var socket = NewSocket();
        try
        {
            socket.Bind(EndPoint);
            socket.Listen(backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public override string ToString() => Text;

    private static IPEndPoint? Dialled(string rest)
    {
        int colon = rest.LastIndexOf(':');
        return colon > 0 && Ip(rest[..colon]) is { } ip && Port(rest[(colon + 1)..]) is { } port ? new IPEndPoint(ip, port) : null;
    }

    private static IPEndPoint? Listened(string rest)
    {
        string[] parts = rest.Split(':', 2);
        var ip = parts.Length == 1 ? IPAddress.Any : Ip(parts[1]);
        return ip is not null && Port(parts[0]) is { } port ? new IPEndPoint(ip, port) : null;
    }

    private static IPAddress? Ip(string text) => IPAddress.TryParse(text.Trim('[', ']'), out var ip) ? ip : null;

    private static int? Port(string text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= 65535 ? port : null;

    private Socket NewSocket()
    {
        bool unix = EndPoint is UnixDomainSocketEndPoint;
        var socket = new Socket(EndPoint.AddressFamily, SocketType.Stream, unix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        if (!unix)
        {
            socket.NoDelay = true;
        }

        return socket;
    }
}
