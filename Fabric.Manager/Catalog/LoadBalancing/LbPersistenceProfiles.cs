namespace Fabric.Manager.Catalog.LoadBalancing;

/// <summary>How a client comes back to the same server.</summary>
[Family(typeof(LbCookiePersistenceProfile), typeof(LbGenericPersistenceProfile), typeof(LbSourceIpPersistenceProfile))]
internal abstract record LbPersistenceProfile : ManagedResource
{
    public bool PersistenceShared { get; init; }
}

/// <summary>By a cookie.</summary>
internal sealed record LbCookiePersistenceProfile : LbPersistenceProfile
{
    [Mandatory]
    public string CookieName { get; init; } = "";

    public string? CookieDomain { get; init; }

    public bool CookieFallback { get; init; } = true;

    public bool CookieGarble { get; init; } = true;

    public bool? CookieHttponly { get; init; }

    [OneOf("INSERT", "PREFIX", "REWRITE")]
    public string CookieMode { get; init; } = "INSERT";

    public string? CookiePath { get; init; }

    public bool? CookieSecure { get; init; }

    public LbCookieTime? CookieTime { get; init; }
}

/// <summary>By a variable that rules learn.</summary>
internal sealed record LbGenericPersistenceProfile : LbPersistenceProfile
{
    public bool HaPersistenceMirroringEnabled { get; init; }

    [Within(1, int.MaxValue)]
    public long Timeout { get; init; } = 300;
}

/// <summary>By its address.</summary>
internal sealed record LbSourceIpPersistenceProfile : LbPersistenceProfile
{
    public bool HaPersistenceMirroringEnabled { get; init; }

    [OneOf("NO_PURGE", "FULL")]
    public string Purge { get; init; } = "FULL";

    [Within(1, int.MaxValue)]
    public long Timeout { get; init; } = 300;
}

/// <summary>How long the cookie lives.</summary>
[Family(typeof(LbPersistenceCookieTime), typeof(LbSessionCookieTime), By = "type")]
internal abstract record LbCookieTime : KindedPart;

/// <summary>As long as the client does not rest.</summary>
internal sealed record LbPersistenceCookieTime : LbCookieTime
{
    [Mandatory, Within(1, int.MaxValue)]
    public long CookieMaxIdle { get; init; }
}

/// <summary>Within one session of the browser.</summary>
internal sealed record LbSessionCookieTime : LbCookieTime
{
    [Within(1, int.MaxValue)]
    public long? CookieMaxIdle { get; init; }

    [Within(1, int.MaxValue)]
    public long? CookieMaxLife { get; init; }
}
