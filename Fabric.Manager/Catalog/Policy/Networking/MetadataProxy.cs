using Fabric.Manager.Catalog.Policy.Sites;

namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>A server from which VMs of a segment fetch their metadata.</summary>
internal sealed record MetadataProxyConfig : PolicyResource
{
    [Mandatory]
    public string ServerAddress { get; init; } = "";

    /// <summary>Mandatory, though not each time: whoever read the proxy never saw it.</summary>
    [Secret]
    public string? Secret { get; init; }

    /// <summary>Mandatory in NSX; here whatever host runs the proxy will do.</summary>
    [PathTo(typeof(PolicyEdgeCluster))]
    public string? EdgeClusterPath { get; init; }

    [AtMost(2), PathTo(typeof(PolicyEdgeNode))]
    public IReadOnlyList<string>? PreferredEdgePaths { get; init; }

    [OneOf("TLS_V1", "TLS_V1_1", "TLS_V1_2")]
    public IReadOnlyList<string>? CryptoProtocols { get; init; }

    public bool EnableStandbyRelocation { get; init; }

    public IReadOnlyList<string>? ServerCertificates { get; init; }
}
