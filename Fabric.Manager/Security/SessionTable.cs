using System.Security.Cryptography;

namespace Fabric.Manager.Security;

/// <summary>A session's two secrets: the cookie, and the token that must come with it.</summary>
internal sealed record Session(string Id, string Token, string User);

/// <summary>Sessions, in memory only: at most a thousand, each until half an hour after its last use.</summary>
internal sealed class SessionTable(TimeProvider time)
{
    private const int Most = 1000;
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(30);

    private readonly Lock _turn = new();
    private readonly Dictionary<string, (Session Session, DateTimeOffset Used)> _sessions = [];

    public Session Create(string user)
    {
        var session = new Session(RandomNumberGenerator.GetHexString(32), Guid.Parse(RandomNumberGenerator.GetHexString(32)).ToString(), user);
        lock (_turn)
        {
            var now = time.GetUtcNow();
            foreach (string old in _sessions.Where(entry => now - entry.Value.Used > IdleTime).Select(entry => entry.Key).ToList())
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
    public Session? Find(string id, string? token)
    {
        lock (_turn)
        {
            if (!_sessions.TryGetValue(id, out var entry) || time.GetUtcNow() - entry.Used > IdleTime)
            {
                _sessions.Remove(id);
                return null;
            }

            if (entry.Session.Token != token)
            {
                return null;
            }

            _sessions[id] = (entry.Session, time.GetUtcNow());
            return entry.Session;
        }
    }

    public void End(string id)
    {
        lock (_turn)
        {
            _sessions.Remove(id);
        }
    }
}
