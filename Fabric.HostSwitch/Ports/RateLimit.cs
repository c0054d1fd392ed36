namespace Fabric.HostSwitch.Ports;

/// <summary>So many frames a second: a token bucket one second deep, in thousandths of a frame so that milliseconds add exactly.</summary>
internal sealed class RateLimit
{
    private long _tokens;
    private long _filledAt = long.MinValue;

    /// <param name="perSecond">0: no limit.</param>
    public bool Allows(uint perSecond, long now)
    {
        if (perSecond == 0)
        {
            return true;
        }

        long depth = perSecond * 1000L;
        _tokens = _filledAt == long.MinValue ? depth : Math.Min(depth, _tokens + (Math.Min(now - _filledAt, 1000) * perSecond));
        _filledAt = now;
        if (_tokens < 1000)
        {
            return false;
        }

        _tokens -= 1000;
        return true;
    }
}
