using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Fabric.HostSwitch.Local;

/// <summary>Where the hypervisor's own requests come in: a unix socket that only its owner may use.</summary>
internal sealed class LocalSocket(IOptions<HostSwitchOptions> options) : IConfigureOptions<KestrelServerOptions>
{
    private const string Scheme = "unix:";

    public string Path => options.Value.Local[Scheme.Length..];

    public void Configure(KestrelServerOptions options)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.Delete(Path); // left by a life that was killed
        options.ListenUnixSocket(Path, listen => listen.Protocols = HttpProtocols.Http2);
    }
}
