namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>What joins the VPCs of a project, and leads them to the world.</summary>
internal sealed record TransitGateway : PolicyResource
{
    [WrittenAs(TextForm.Cidr)]
    public IReadOnlyList<string>? TransitSubnets { get; init; }

    [ServerSet]
    public bool IsDefault { get; init; }
}

/// <summary>The tier-0 or other connection by which a transit gateway reaches the world.</summary>
internal sealed record TransitGatewayAttachment : PolicyResource
{
    [Mandatory, PathTo]
    public string ConnectionPath { get; init; } = "";

    public string? CnaPath { get; init; }

    [OneOf("UP", "DOWN")]
    public string AdminState { get; init; } = "UP";
}

/// <summary>A VPC joined to a transit gateway by a connectivity profile.</summary>
internal sealed record VpcAttachment : PolicyResource
{
    [Mandatory, PathTo(typeof(VpcConnectivityProfile))]
    public string VpcConnectivityProfile { get; init; } = "";

    [WrittenAs(TextForm.Ip)]
    public string? PreferredDefaultSnatIp { get; init; }
}
