namespace Fabric.Manager.Catalog.Access;

/// <summary>A user whom this manager knows itself. The id is the name; of the password only a salted hash is kept.</summary>
internal sealed record LocalUser : ManagedResource
{
    public const string Active = "ACTIVE";
    public const string NotActivated = "NOT_ACTIVATED";

    /// <summary>The number by which the API names the user.</summary>
    public long Userid { get; init; }

    public string? FullName { get; init; }

    public string Status { get; init; } = NotActivated;

    /// <summary>Null until the user is activated with one.</summary>
    [Hidden]
    public string? PasswordHash { get; init; }

    /// <summary>Milliseconds since 1970.</summary>
    public long PasswordChanged { get; init; }

    /// <summary>Days until a password is to be changed; kept and shown, and nothing here ends a password.</summary>
    public long PasswordChangeFrequency { get; init; }

    public long PasswordChangeWarning { get; init; } = 7;
}

/// <summary>How often a password may be wrong, and for how long the account is locked then; one object.</summary>
internal sealed record AuthenticationPolicy : ManagedResource
{
    public const string TheId = "authentication-policy";

    [Within(0, int.MaxValue)]
    public long ApiMaxAuthFailures { get; init; } = 5;

    /// <summary>Seconds after which failures are forgotten.</summary>
    [Within(0, int.MaxValue)]
    public long ApiFailedAuthResetPeriod { get; init; } = 900;

    /// <summary>Seconds.</summary>
    [Within(0, int.MaxValue)]
    public long ApiFailedAuthLockoutPeriod { get; init; } = 900;

    [Within(0, int.MaxValue)]
    public long CliMaxAuthFailures { get; init; } = 5;

    [Within(0, int.MaxValue)]
    public long CliFailedAuthLockoutPeriod { get; init; } = 900;

    [Within(8, 128)]
    public long MinimumPasswordLength { get; init; } = 12;

    [Within(8, 128)]
    public long MaximumPasswordLength { get; init; } = 128;
}
