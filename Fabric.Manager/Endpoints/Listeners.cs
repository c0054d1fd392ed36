using System.Net;
using System.Security.Authentication;
using Fabric.Manager.Security;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fabric.Manager.Endpoints;

/// <summary>The two doors: HTTPS for the API, HTTP/2 without TLS for controllers on the same machine or network.</summary>
internal static class Listeners
{
    private const string UnixScheme = "unix:";

    public static void Configure(KestrelServerOptions kestrel)
    {
        var options = kestrel.ApplicationServices.GetRequiredService<IOptions<ManagerOptions>>().Value;
        var time = kestrel.ApplicationServices.GetRequiredService<TimeProvider>();
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestBody.Limit;
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(10); // a controller that vanished is noticed
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
        var api = new Uri(options.Listen);
        var certificate = ServerCertificate.LoadOrMake(options.Data, api.Host.Trim('[', ']'), time);
        Listen(kestrel, api, listener =>
        {
            listener.Protocols = HttpProtocols.Http1AndHttp2;
            listener.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = certificate,
                SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ClientCertificateMode = ClientCertificateMode.AllowCertificate, // asked for in the handshake; whose it is, Authentication finds out
                ClientCertificateValidation = (_, _, _) => true,
            });
        });
        if (options.FeedListen.Length > 0)
        {
            ListenForControllers(kestrel, options.FeedListen);
        }
    }

    private static void ListenForControllers(KestrelServerOptions kestrel, string address)
    {
        if (address.StartsWith(UnixScheme, StringComparison.Ordinal))
        {
            string path = Path.GetFullPath(address[UnixScheme.Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Delete(path); // left behind by a manager that was killed
            kestrel.ListenUnixSocket(path, Feed);
        }
        else
        {
            Listen(kestrel, new Uri(address), Feed);
        }
    }

    private static void Feed(ListenOptions listener)
    {
        listener.Protocols = HttpProtocols.Http2;
        listener.Use(next => connection =>
        {
            connection.Items[Authentication.FeedMark] = true;
            return next(connection);
        });
    }

    private static void Listen(KestrelServerOptions kestrel, Uri address, Action<ListenOptions> configure)
    {
        string host = address.Host.Trim('[', ']');
        if (IPAddress.TryParse(host, out var ip))
        {
            kestrel.Listen(ip, address.Port, configure);
        }
        else
        {
            kestrel.Listen(host == "localhost" ? IPAddress.Loopback : Dns.GetHostAddresses(host)[0], address.Port, configure);
        }
    }
}
