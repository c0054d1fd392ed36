namespace Fabric.Manager.Catalog.Policy;

/// <summary>The root of everything that belongs to no tenant, and of a project's own networks and rules.</summary>
internal sealed record Infra : PolicyResource
{
    [OneOf("WHITELIST", "BLACKLIST", "WHITELIST_ENABLE_LOGGING", "BLACKLIST_ENABLE_LOGGING", "NONE")]
    public string? ConnectivityStrategy { get; init; }
}

/// <summary>The root of all roots, through which one request reaches organizations.</summary>
internal sealed record OrgRoot : PolicyResource
{
    [OneOf("WHITELIST", "BLACKLIST", "WHITELIST_ENABLE_LOGGING", "BLACKLIST_ENABLE_LOGGING", "NONE")]
    public string? ConnectivityStrategy { get; init; }
}
