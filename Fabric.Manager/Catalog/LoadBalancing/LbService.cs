namespace Fabric.Manager.Catalog.LoadBalancing;

/// <summary>A load balancer on a tier-1 router, with its virtual servers.</summary>
internal sealed record LbService : ManagedResource
{
    public bool AccessLogEnabled { get; init; }

    public ResourceReference? Attachment { get; init; }

    public bool Enabled { get; init; } = true;

    [OneOf("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL", "ALERT", "EMERGENCY")]
    public string ErrorLogLevel { get; init; } = "INFO";

    public bool? RelaxScaleValidation { get; init; }

    [OneOf("SMALL", "MEDIUM", "LARGE", "XLARGE", "DLB")]
    public string Size { get; init; } = "SMALL";

    [RefersTo(typeof(LbVirtualServer))]
    public IReadOnlyList<string>? VirtualServerIds { get; init; }
}
