namespace Fabric.Manager.Catalog.Vpn;

/// <summary>IPsec on a router.</summary>
[StorageOnly]
internal sealed record IPSecVPNService : ManagedResource
{
    [Mandatory, RefersTo(typeof(LogicalRouter))]
    public string LogicalRouterId { get; init; } = "";

    public IReadOnlyList<IPSecVPNPolicyRule>? BypassRules { get; init; }

    public bool Enabled { get; init; } = true;

    [OneOf("DEBUG", "INFO", "WARN", "ERROR", "EMERGENCY")]
    public string IkeLogLevel { get; init; } = "INFO";

    public bool? IpsecHaSync { get; init; }
}

/// <summary>The near end.</summary>
[StorageOnly]
internal sealed record IPSecVPNLocalEndpoint : ManagedResource
{
    [Mandatory]
    public ResourceReference? IpsecVpnServiceId { get; init; }

    [Mandatory, WrittenAs(TextForm.Ip)]
    public string LocalAddress { get; init; } = "";

    public string? CertificateId { get; init; }

    public string? LocalId { get; init; }

    public IReadOnlyList<string>? TrustCaIds { get; init; }

    public IReadOnlyList<string>? TrustCrlIds { get; init; }
}

/// <summary>The far end.</summary>
[StorageOnly]
internal sealed record IPSecVPNPeerEndpoint : ManagedResource
{
    [Mandatory]
    public string PeerAddress { get; init; } = "";

    [Mandatory]
    public string PeerId { get; init; } = "";

    [OneOf("PSK", "CERTIFICATE")]
    public string AuthenticationMode { get; init; } = "PSK";

    [OneOf("INITIATOR", "RESPOND_ONLY", "ON_DEMAND")]
    public string ConnectionInitiationMode { get; init; } = "INITIATOR";

    [RefersTo(typeof(IPSecVPNDPDProfile))]
    public string? DpdProfileId { get; init; }

    [RefersTo(typeof(IPSecVPNIKEProfile))]
    public string? IkeProfileId { get; init; }

    [RefersTo(typeof(IPSecVPNTunnelProfile))]
    public string? IpsecTunnelProfileId { get; init; }

    [Secret]
    public string? Psk { get; init; }
}
