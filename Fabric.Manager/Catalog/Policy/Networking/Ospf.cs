namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>OSPF on a tier-0 at one locale.</summary>
internal sealed record OspfRoutingConfig : PolicyResource
{
    public bool Enabled { get; init; }

    public bool Ecmp { get; init; } = true;

    public bool DefaultOriginate { get; init; }

    [OneOf("DISABLE", "HELPER_ONLY")]
    public string GracefulRestartMode { get; init; } = "HELPER_ONLY";

    [AtMost(1000)]
    public IReadOnlyList<OspfSummaryAddressConfig>? SummaryAddresses { get; init; }
}

/// <summary>A prefix announced in place of its parts.</summary>
internal sealed record OspfSummaryAddressConfig
{
    public bool Advertise { get; init; } = true;

    [Mandatory, WrittenAs(TextForm.Cidr)]
    public string Prefix { get; init; } = "";
}

/// <summary>An OSPF area.</summary>
internal sealed record OspfAreaConfig : PolicyResource
{
    [Mandatory]
    public string AreaId { get; init; } = "";

    [OneOf("NORMAL", "NSSA")]
    public string AreaType { get; init; } = "NSSA";

    public OspfAuthenticationConfig? Authentication { get; init; }
}

/// <summary>How OSPF neighbors trust each other.</summary>
internal sealed record OspfAuthenticationConfig
{
    [OneOf("NONE", "PASSWORD", "MD5")]
    public string Mode { get; init; } = "NONE";

    [Within(1, 255)]
    public long? KeyId { get; init; }

    [Secret, AtMost(16)]
    public string? SecretKey { get; init; }
}
