namespace Fabric.Manager.Catalog.Policy.LoadBalancing;

/// <summary>How a client keeps the server that it was given.</summary>
[Family(typeof(LBCookiePersistenceProfile), typeof(LBGenericPersistenceProfile), typeof(LBSourceIpPersistenceProfile))]
internal abstract record LBPersistenceProfile : PolicyResource
{
    public bool PersistenceShared { get; init; }
}

/// <summary>By a cookie.</summary>
internal sealed record LBCookiePersistenceProfile : LBPersistenceProfile
{
    public string? CookieDomain { get; init; }

    public bool CookieFallback { get; init; } = true;

    public bool CookieGarble { get; init; } = true;

    public bool CookieHttponly { get; init; }

    [OneOf("INSERT", "PREFIX", "REWRITE")]
    public string CookieMode { get; init; } = "INSERT";

    [AtLeast(1)]
    public string CookieName { get; init; } = "NSXLB";

    public string? CookiePath { get; init; }

    public bool CookieSecure { get; init; }

    public LBCookieTime? CookieTime { get; init; }
}

/// <summary>By what rules learn from requests and responses.</summary>
internal sealed record LBGenericPersistenceProfile : LBPersistenceProfile
{
    public bool HaPersistenceMirroringEnabled { get; init; }

    [Within(1, int.MaxValue)]
    public long Timeout { get; init; } = 300;
}

/// <summary>By the client's address.</summary>
internal sealed record LBSourceIpPersistenceProfile : LBPersistenceProfile
{
    public bool HaPersistenceMirroringEnabled { get; init; }

    [OneOf("NO_PURGE", "FULL")]
    public string Purge { get; init; } = "FULL";

    [Within(1, int.MaxValue)]
    public long Timeout { get; init; } = 300;
}

/// <summary>How long a cookie holds.</summary>
[Family(typeof(LBPersistenceCookieTime), typeof(LBSessionCookieTime), By = "type")]
internal abstract record LBCookieTime : KindedPart;

/// <summary>In the client, for this long after its last use.</summary>
internal sealed record LBPersistenceCookieTime : LBCookieTime
{
    [Mandatory, Within(1, int.MaxValue)]
    public long CookieMaxIdle { get; init; }
}

/// <summary>For a session, limited by rest or by age.</summary>
internal sealed record LBSessionCookieTime : LBCookieTime
{
    [Within(1, int.MaxValue)]
    public long? CookieMaxIdle { get; init; }

    [Within(1, int.MaxValue)]
    public long? CookieMaxLife { get; init; }
}
