namespace Fabric.Manager.Catalog.Vpn;

/// <summary>A tunnel between two ends.</summary>
[StorageOnly]
[Family(typeof(PolicyBasedIPSecVPNSession), typeof(RouteBasedIPSecVPNSession))]
internal abstract record IPSecVPNSession : ManagedResource
{
    [Mandatory, RefersTo(typeof(IPSecVPNLocalEndpoint))]
    public string LocalEndpointId { get; init; } = "";

    [Mandatory, RefersTo(typeof(IPSecVPNPeerEndpoint))]
    public string PeerEndpointId { get; init; } = "";

    public bool Enabled { get; init; } = true;

    [ServerSet, RefersTo(typeof(IPSecVPNService))]
    public string? IpsecVpnServiceId { get; init; }

    public TcpMssClamping? TcpMssClamping { get; init; }
}

/// <summary>For networks that are listed.</summary>
internal sealed record PolicyBasedIPSecVPNSession : IPSecVPNSession
{
    [Mandatory]
    public IReadOnlyList<IPSecVPNPolicyRule> PolicyRules { get; init; } = [];
}

/// <summary>Networks whose packets are protected.</summary>
internal sealed record IPSecVPNPolicyRule
{
    [OneOf("PROTECT", "BYPASS"), ServerSet]
    public string Action { get; init; } = "PROTECT";

    [AtMost(1024)]
    public string? Description { get; init; }

    [AtMost(128)]
    public IReadOnlyList<IPSecVPNPolicySubnet>? Destinations { get; init; }

    [AtMost(255)]
    public string? DisplayName { get; init; }

    public bool Enabled { get; init; } = true;

    public string? Id { get; init; }

    public bool Logged { get; init; }

    public string? ResourceType { get; init; }

    [AtMost(128)]
    public IReadOnlyList<IPSecVPNPolicySubnet>? Sources { get; init; }
}

/// <summary>One of them.</summary>
internal sealed record IPSecVPNPolicySubnet
{
    [Mandatory, WrittenAs(TextForm.Cidr)]
    public string Subnet { get; init; } = "";
}

/// <summary>Whether segments are made to fit the tunnel.</summary>
internal sealed record TcpMssClamping
{
    [OneOf("NONE", "INBOUND_CONNECTION", "OUTBOUND_CONNECTION", "BOTH")]
    public string Direction { get; init; } = "NONE";

    [Within(108, 8852)]
    public long? MaxSegmentSize { get; init; }
}

/// <summary>The addresses of the tunnel itself.</summary>
internal sealed record TunnelPortConfig
{
    [Mandatory, AtMost(1)]
    public IReadOnlyList<IPSubnet> IpSubnets { get; init; } = [];

    [ServerSet]
    public string? TunnelPortId { get; init; }
}

/// <summary>For whatever is routed to it.</summary>
internal sealed record RouteBasedIPSecVPNSession : IPSecVPNSession
{
    [Mandatory, AtMost(1), AtLeast(1)]
    public IReadOnlyList<TunnelPortConfig> TunnelPorts { get; init; } = [];
}
