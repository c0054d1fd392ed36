namespace Fabric.Manager.Catalog.Policy.Sites;

/// <summary>A place with its own manager; this one is called default.</summary>
internal sealed record Site : PolicyResource
{
    [OneOf("ONPREM_LM", "SDDC_LM")]
    public string SiteType { get; init; } = "ONPREM_LM";

    [ServerSet]
    public long SiteNumber { get; init; }

    public bool FailIfRtepMisconfigured { get; init; } = true;

    public bool FailIfRttExceeded { get; init; } = true;

    /// <summary>Milliseconds.</summary>
    [Within(0, 1000)]
    public long MaximumRtt { get; init; } = 250;

    [AtMost(3)]
    public IReadOnlyList<SiteNodeConnectionInfo>? SiteConnectionInfo { get; init; }
}

/// <summary>How a manager node of another site is reached.</summary>
internal sealed record SiteNodeConnectionInfo
{
    [Secret]
    public string? Password { get; init; }

    [Mandatory]
    public string Fqdn { get; init; } = "";

    public string? SiteUuid { get; init; }

    public string? Thumbprint { get; init; }

    public string? Username { get; init; }
}
