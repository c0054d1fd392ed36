namespace Fabric.Manager.Catalog.Policy.Sites;

/// <summary>Edges that bridge segments to VLANs.</summary>
internal sealed record L2BridgeEndpointProfile : PolicyResource
{
    public IReadOnlyList<string>? EdgePaths { get; init; }

    [OneOf("PREEMPTIVE", "NON_PREEMPTIVE")]
    public string? FailoverMode { get; init; }

    [OneOf("ACTIVE_STANDBY")]
    public string? HaMode { get; init; }
}
