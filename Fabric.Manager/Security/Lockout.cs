using System.Collections.Concurrent;
using Fabric.Manager.Catalog.Access;

namespace Fabric.Manager.Security;

/// <summary>Counts wrong passwords, and locks an account for a while when there were too many (NSX: 5 within 15 minutes lock it for 15).</summary>
internal sealed class Lockout(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Failures> _failures = new();

    public bool IsLocked(string user) => _failures.TryGetValue(user, out var known) && known.LockedUntil > time.GetUtcNow();

    /// <summary>Only for users that exist, so that the table stays small.</summary>
    public void Failed(string user, AuthenticationPolicy policy)
    {
        if (policy.ApiMaxAuthFailures == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        _failures.AddOrUpdate(
            user,
            _ => Next(new Failures(0, now, default), now, policy),
            (_, known) => Next(now - known.First > TimeSpan.FromSeconds(policy.ApiFailedAuthResetPeriod) ? new Failures(0, now, default) : known, now, policy));
    }

    public void Succeeded(string user) => _failures.TryRemove(user, out _);

    private static Failures Next(Failures known, DateTimeOffset now, AuthenticationPolicy policy)
        => known.Count + 1 >= policy.ApiMaxAuthFailures
            ? new Failures(0, now, now + TimeSpan.FromSeconds(policy.ApiFailedAuthLockoutPeriod))
            : known with { Count = known.Count + 1 };

    /// <summary>What is remembered of one user.</summary>
    private sealed record Failures(int Count, DateTimeOffset First, DateTimeOffset LockedUntil);
}
