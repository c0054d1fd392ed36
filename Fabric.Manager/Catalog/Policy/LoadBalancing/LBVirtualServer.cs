using Fabric.Manager.Catalog.Policy.Security;

namespace Fabric.Manager.Catalog.Policy.LoadBalancing;

/// <summary>An address and ports behind which a pool answers.</summary>
internal sealed record LBVirtualServer : PolicyResource
{
    public LBAccessListControl? AccessListControl { get; init; }

    public bool AccessLogEnabled { get; init; }

    [Mandatory, PathTo(typeof(LBAppProfile))]
    public string ApplicationProfilePath { get; init; } = "";

    public LBClientSslProfileBinding? ClientSslProfileBinding { get; init; }

    [AtMost(14), WrittenAs(TextForm.PortOrRange)]
    public IReadOnlyList<string>? DefaultPoolMemberPorts { get; init; }

    public bool Enabled { get; init; } = true;

    [Mandatory, WrittenAs(TextForm.Ip)]
    public string IpAddress { get; init; } = "";

    [PathTo(typeof(LBPersistenceProfile))]
    public string? LbPersistenceProfilePath { get; init; }

    [PathTo(typeof(LBService))]
    public string? LbServicePath { get; init; }

    public bool LogSignificantEventOnly { get; init; }

    [Within(1, int.MaxValue)]
    public long? MaxConcurrentConnections { get; init; }

    [Within(1, int.MaxValue)]
    public long? MaxNewConnectionRate { get; init; }

    [PathTo(typeof(LBPool))]
    public string? PoolPath { get; init; }

    [Mandatory, AtLeast(1), AtMost(14), WrittenAs(TextForm.PortOrRange)]
    public IReadOnlyList<string> Ports { get; init; } = [];

    [AtMost(512)]
    public IReadOnlyList<LBRule>? Rules { get; init; }

    public LBServerSslProfileBinding? ServerSslProfileBinding { get; init; }

    [PathTo(typeof(LBPool))]
    public string? SorryPoolPath { get; init; }
}

/// <summary>Whose addresses may use a virtual server, or may not.</summary>
internal sealed record LBAccessListControl
{
    [Mandatory, OneOf("ALLOW", "DROP")]
    public string Action { get; init; } = "ALLOW";

    public bool Enabled { get; init; } = true;

    [Mandatory, PathTo(typeof(Group))]
    public string GroupPath { get; init; } = "";
}

/// <summary>How a virtual server ends the TLS of its clients.</summary>
internal sealed record LBClientSslProfileBinding
{
    [Within(1, int.MaxValue)]
    public long CertificateChainDepth { get; init; } = 3;

    [OneOf("REQUIRED", "IGNORE")]
    public string ClientAuth { get; init; } = "IGNORE";

    [PathTo(typeof(TlsCertificate))]
    public IReadOnlyList<string>? ClientAuthCaPaths { get; init; }

    [PathTo(typeof(TlsCrl))]
    public IReadOnlyList<string>? ClientAuthCrlPaths { get; init; }

    [Mandatory, PathTo(typeof(TlsCertificate))]
    public string DefaultCertificatePath { get; init; } = "";

    [PathTo(typeof(TlsCertificate))]
    public IReadOnlyList<string>? SniCertificatePaths { get; init; }

    [PathTo(typeof(LBClientSslProfile))]
    public string? SslProfilePath { get; init; }
}

/// <summary>How a load balancer speaks TLS to the servers behind it.</summary>
internal sealed record LBServerSslProfileBinding
{
    [Within(1, int.MaxValue)]
    public long CertificateChainDepth { get; init; } = 3;

    [PathTo(typeof(TlsCertificate))]
    public string? ClientCertificatePath { get; init; }

    [OneOf("REQUIRED", "IGNORE", "AUTO_APPLY")]
    public string ServerAuth { get; init; } = "AUTO_APPLY";

    [PathTo(typeof(TlsCertificate))]
    public IReadOnlyList<string>? ServerAuthCaPaths { get; init; }

    [PathTo(typeof(TlsCrl))]
    public IReadOnlyList<string>? ServerAuthCrlPaths { get; init; }

    [PathTo(typeof(LBServerSslProfile))]
    public string? SslProfilePath { get; init; }
}
