using Fabric.Manager.Catalog.Trust;

namespace Fabric.Manager.Catalog.LoadBalancing;

/// <summary>An address and ports that clients connect to.</summary>
internal sealed record LbVirtualServer : ManagedResource
{
    [Mandatory, RefersTo(typeof(LbAppProfile))]
    public string ApplicationProfileId { get; init; } = "";

    [Mandatory, WrittenAs(TextForm.Ip)]
    public string IpAddress { get; init; } = "";

    public LbAccessListControl? AccessListControl { get; init; }

    public bool AccessLogEnabled { get; init; }

    public ClientSslProfileBinding? ClientSslProfileBinding { get; init; }

    [WrittenAs(TextForm.PortOrRange)]
    public string? DefaultPoolMemberPort { get; init; }

    [AtMost(14), WrittenAs(TextForm.PortOrRange)]
    public IReadOnlyList<string>? DefaultPoolMemberPorts { get; init; }

    public bool Enabled { get; init; } = true;

    [OneOf("TCP", "UDP")]
    public string IpProtocol { get; init; } = "TCP";

    public bool? LogSignificantEventOnly { get; init; }

    [Within(1, int.MaxValue)]
    public long? MaxConcurrentConnections { get; init; }

    [Within(1, int.MaxValue)]
    public long? MaxNewConnectionRate { get; init; }

    [RefersTo(typeof(LbPersistenceProfile))]
    public string? PersistenceProfileId { get; init; }

    [RefersTo(typeof(LbPool))]
    public string? PoolId { get; init; }

    [WrittenAs(TextForm.PortOrRange)]
    public string? Port { get; init; }

    [AtMost(14), WrittenAs(TextForm.PortOrRange)]
    public IReadOnlyList<string>? Ports { get; init; }

    [AtMost(512), RefersTo(typeof(LbRule))]
    public IReadOnlyList<string>? RuleIds { get; init; }

    public ServerSslProfileBinding? ServerSslProfileBinding { get; init; }

    [RefersTo(typeof(LbPool))]
    public string? SorryPoolId { get; init; }
}

/// <summary>Who may connect to a virtual server, by group.</summary>
internal sealed record LbAccessListControl
{
    [Mandatory, OneOf("ALLOW", "DROP")]
    public string Action { get; init; } = "";

    [Mandatory, RefersTo(typeof(NSGroup))]
    public string GroupId { get; init; } = "";

    public bool? Enabled { get; init; }
}

/// <summary>How a virtual server speaks TLS with its clients.</summary>
internal sealed record ClientSslProfileBinding
{
    [Mandatory, RefersTo(typeof(Certificate))]
    public string DefaultCertificateId { get; init; } = "";

    [Within(1, int.MaxValue)]
    public long CertificateChainDepth { get; init; } = 3;

    [OneOf("REQUIRED", "IGNORE")]
    public string ClientAuth { get; init; } = "IGNORE";

    [RefersTo(typeof(Certificate))]
    public IReadOnlyList<string>? ClientAuthCaIds { get; init; }

    public IReadOnlyList<string>? ClientAuthCrlIds { get; init; }

    [RefersTo(typeof(Certificate))]
    public IReadOnlyList<string>? SniCertificateIds { get; init; }

    [RefersTo(typeof(LbClientSslProfile))]
    public string? SslProfileId { get; init; }
}

/// <summary>How a virtual server speaks TLS with its pool members.</summary>
internal sealed record ServerSslProfileBinding
{
    [Within(1, int.MaxValue)]
    public long CertificateChainDepth { get; init; } = 3;

    [RefersTo(typeof(Certificate))]
    public string? ClientCertificateId { get; init; }

    [OneOf("REQUIRED", "IGNORE")]
    public string ServerAuth { get; init; } = "IGNORE";

    [RefersTo(typeof(Certificate))]
    public IReadOnlyList<string>? ServerAuthCaIds { get; init; }

    public IReadOnlyList<string>? ServerAuthCrlIds { get; init; }

    [RefersTo(typeof(LbServerSslProfile))]
    public string? SslProfileId { get; init; }
}
