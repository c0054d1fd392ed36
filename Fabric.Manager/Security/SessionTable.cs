using System.Security.Cryptography;

namespace Fabric.Manager.Security;

/// <summary>A session's two secrets: the cookie, and the token that must come with it.</summary>
internal sealed record Session(string Id, string Token, string User)
{
    /// <summary>Of the principal identity that made it; null: a user did.</summary>
    public string? Identity { get; init; }
}

/// <summary>Sessions, in memory only: at most a thousand, each until it has rested for too long.</summary>
internal sealed class SessionTable(TimeProvider time)
{
    private const int Most = 1000;

    private readonly Lock _turn = new();
    private readonly Dictionary<string, (Session Session, DateTimeOffset Used)> _sessions = [];

    public Session Create(string user, string? identity, TimeSpan idle)
    {
        var session = new Session(RandomNumberGenerator.GetHexString(32), Guid.Parse(RandomNumberGenerator.GetHexString(32)).ToString(), user) { Identity = identity };
        lock (_turn)
        {
            var now = time.GetUtcNow();
            foreach (string old in _sessions.Where(entry => now - entry.Value.Used > idle).Select(entry => entry.Key).ToList())
            {
                _sessions.Remove(old);
            }

            if (_sessions.Count >= Most)
            {
                _sessions.Remove(_sessions.MinBy(entry => entry.Value.Used).Key);
            }

            _sessions[session.Id] = (session, now);
        }

        return session;
    }

    /// <summary>The session of a cookie and its token, if both are right and it has not expired.</summary>
    public Session? Find(string id, string? token, TimeSpan idle)
    {
        lock (_turn)
        {
            if (!_sessions.TryGetValue(id, out var entry) || time.GetUtcNow() - entry.Used > idle)
            {
                _sessions.Remove(id);
                return null;
            }

            if (!Same(entry.Session.Token, token))
            {
                return null;
            }

            _sessions[id] = (entry.Session, time.GetUtcNow());
            return entry.Session;
        }
    }

    /// <summary>All sessions of a user whose password changed or who is gone.</summary>
    public void EndAll(string user)
    {
        lock (_turn)
        {
            foreach (string id in _sessions.Where(entry => entry.Value.Session.User == user).Select(entry => entry.Key).ToList())
            {
                _sessions.Remove(id);
            }
        }
    }

    public void End(string id)
    {
        lock (_turn)
        {
            _sessions.Remove(id);
        }
    }

    private static bool Same(string token, string? given)
        => given is not null && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(token), System.Text.Encoding.UTF8.GetBytes(given));
}
