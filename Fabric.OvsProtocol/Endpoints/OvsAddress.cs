using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Fabric.OvsProtocol.Endpoints;

/// <summary>
/// Where an Open vSwitch listens, as its tools write it: <c>punix:FILE</c> or <c>ptcp:PORT[:IP]</c> (ovsdb(7), "Active and passive connection
/// methods"; the active ones are not dialled here).
/// </summary>
public sealed record OvsAddress
{
    private readonly EndPoint _endPoint;

    private OvsAddress(string text, EndPoint endPoint)
    {
        Text = text;
        _endPoint = endPoint;
    }

    public string Text { get; }

    /// <summary>A unix socket to listen on.</summary>
    public static OvsAddress PassiveUnix(string file) => new($"punix:{file}", new UnixDomainSocketEndPoint(file));

    public static bool TryParse(string text, out OvsAddress? address, out string? wrong)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(':', 2);
        string rest = parts.Length == 2 ? parts[1] : "";
        EndPoint? endPoint = parts[0] switch
        {
            "punix" when rest.Length > 0 => new UnixDomainSocketEndPoint(rest),
            "ptcp" => Tcp(rest),
            _ => null,
        };
        address = endPoint is null ? null : new OvsAddress(text, endPoint);
        wrong = endPoint is null ? $"\"{text}\" is no address to listen on; expected punix:FILE or ptcp:PORT[:IP]" : null;
        return endPoint is not null;
    }

    /// <summary>Binds and listens. A unix socket's file that nobody serves any more is replaced.</summary>
    /// <exception cref="SocketException">The address is taken.</exception>
    public Socket Listen(int backlog = 64)
    {
        bool unix = _endPoint is UnixDomainSocketEndPoint;
        if (unix)
        {
            File.Delete(_endPoint.ToString()!);
        }

        var socket = new Socket(_endPoint.AddressFamily, SocketType.Stream, unix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            socket.Bind(_endPoint);
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

    private static IPEndPoint? Tcp(string rest)
    {
        string[] parts = rest.Split(':', 2);
        var ip = IPAddress.Any;
        return (parts.Length == 1 || IPAddress.TryParse(parts[1].Trim('[', ']'), out ip))
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= IPEndPoint.MaxPort
            ? new IPEndPoint(ip, port)
            : null;
    }
}
