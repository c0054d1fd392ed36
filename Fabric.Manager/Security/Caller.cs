namespace Fabric.Manager.Security;

/// <summary>Who makes a request: the name that audit fields get, the roles that decide what is allowed, and whether others may change what is made.</summary>
internal sealed record Caller(string Name, IReadOnlyList<string> Roles)
{
    public static readonly Caller Admin = new("admin", ["enterprise_admin"]);

    /// <summary>Roles that hold below a path of the Policy tree only, such as those of a project's admin.</summary>
    public IReadOnlyList<PathRoles> RolesForPaths { get; init; } = [];

    /// <summary>The principal identity that the caller is, by id: logged in by a client certificate, as NCP and other machines do.</summary>
    public string? Identity { get; init; }

    /// <summary>What this caller makes is protected: others change it only with <c>X-Allow-Overwrite: true</c>.</summary>
    public bool IsProtected { get; init; }

    /// <summary>This request carries <c>X-Allow-Overwrite: true</c>.</summary>
    public bool Overwrites { get; init; }
}

/// <summary>Roles below a path.</summary>
internal sealed record PathRoles(string Path, IReadOnlyList<string> Roles);
