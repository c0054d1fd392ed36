namespace Fabric.Manager.Catalog.Policy.Sites;

/// <summary>Where intent becomes configuration: this manager's own fabric is called default.</summary>
internal sealed record EnforcementPoint : PolicyResource
{
    [Mandatory]
    public EnforcementPointConnectionInfo ConnectionInfo { get; init; } = null!;

    public bool AutoEnforce { get; init; } = true;

    [ServerSet]
    public string? Version { get; init; }
}

/// <summary>How an enforcement point is reached.</summary>
[Family(typeof(NSXTConnectionInfo), typeof(NSXVConnectionInfo))]
internal abstract record EnforcementPointConnectionInfo : TypedPart
{
    [Mandatory]
    public string EnforcementPointAddress { get; init; } = "";
}

/// <summary>An NSX-T manager, with its login.</summary>
internal sealed record NSXTConnectionInfo : EnforcementPointConnectionInfo
{
    public string? Username { get; init; }

    [Secret]
    public string? Password { get; init; }

    public string? Thumbprint { get; init; }

    public IReadOnlyList<string>? EdgeClusterIds { get; init; }

    public IReadOnlyList<string>? TransportZoneIds { get; init; }
}

/// <summary>An NSX for vSphere manager, with its login.</summary>
internal sealed record NSXVConnectionInfo : EnforcementPointConnectionInfo
{
    public string? Username { get; init; }

    [Secret]
    public string? Password { get; init; }

    [Mandatory]
    public string Thumbprint { get; init; } = "";
}
