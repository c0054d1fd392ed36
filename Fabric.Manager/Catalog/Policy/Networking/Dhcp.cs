using Fabric.Manager.Catalog.Policy.Sites;

namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>A DHCP server for segments or gateways.</summary>
internal sealed record DhcpServerConfig : PolicyResource
{
    [WrittenAs(TextForm.Cidr), AtMost(2)]
    public IReadOnlyList<string>? ServerAddresses { get; init; }

    [WrittenAs(TextForm.Cidr)]
    public string? ServerAddress { get; init; }

    /// <summary>Seconds.</summary>
    [Within(60, 4_294_967_295)]
    public long LeaseTime { get; init; } = 86_400;

    [PathTo(typeof(PolicyEdgeCluster))]
    public string? EdgeClusterPath { get; init; }

    [AtMost(2), PathTo(typeof(PolicyEdgeNode))]
    public IReadOnlyList<string>? PreferredEdgePaths { get; init; }

    public bool EnableStandbyRelocation { get; init; }
}

/// <summary>DHCP servers elsewhere, to which requests are relayed.</summary>
internal sealed record DhcpRelayConfig : PolicyResource
{
    [Mandatory, WrittenAs(TextForm.Ip), AtLeast(1), AtMost(8)]
    public IReadOnlyList<string> ServerAddresses { get; init; } = [];
}
