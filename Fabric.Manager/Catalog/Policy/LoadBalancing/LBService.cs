namespace Fabric.Manager.Catalog.Policy.LoadBalancing;

/// <summary>A load balancer of a size, attached to the gateway that it serves.</summary>
internal sealed record LBService : PolicyResource
{
    public bool AccessLogEnabled { get; init; }

    [PathTo]
    public string? ConnectivityPath { get; init; }

    public bool Enabled { get; init; } = true;

    [OneOf("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL", "ALERT", "EMERGENCY")]
    public string ErrorLogLevel { get; init; } = "INFO";

    public bool RelaxScaleValidation { get; init; }

    [OneOf("SMALL", "MEDIUM", "LARGE", "XLARGE", "DLB")]
    public string Size { get; init; } = "SMALL";
}
