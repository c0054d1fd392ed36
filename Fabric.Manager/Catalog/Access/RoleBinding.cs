using System.Text.Json.Serialization;

namespace Fabric.Manager.Catalog.Access;

/// <summary>Which roles a user or a principal identity has, on everything or below some paths.</summary>
internal sealed record RoleBinding : ManagedResource
{
    [Mandatory, Immutable, AtMost(255)]
    public string Name { get; init; } = "";

    [Mandatory, Immutable, OneOf("remote_user", "remote_group", "local_user", "principal_identity", "remote")]
    public string Type { get; init; } = "";

    public IReadOnlyList<Role>? Roles { get; init; }

    public IReadOnlyList<RolesForPath>? RolesForPaths { get; init; }

    [OneOf("VIDM", "LDAP", "OIDC", "CSP")]
    public string? IdentitySourceType { get; init; }

    public string? IdentitySourceId { get; init; }

    /// <summary>Which of the two lists an answer is about; both are kept.</summary>
    public bool? ReadRolesForPaths { get; init; }

    [ServerSet]
    public string? UserId { get; init; }

    [ServerSet]
    public string Stale { get; init; } = "FALSE";
}

/// <summary>A role by its name.</summary>
internal sealed record Role
{
    [Mandatory, JsonPropertyName("role")]
    public string Name { get; init; } = "";

    public string? RoleDisplayName { get; init; }
}

/// <summary>The roles that hold below one path of the Policy tree.</summary>
internal sealed record RolesForPath
{
    [Mandatory]
    public string Path { get; init; } = "";

    [Mandatory]
    public IReadOnlyList<Role> Roles { get; init; } = [];

    /// <summary>In a write: takes the path out of the binding.</summary>
    public bool? DeletePath { get; init; }
}
