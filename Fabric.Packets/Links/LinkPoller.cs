using System.Runtime.InteropServices;
using Fabric.Packets.Links.Linux;

namespace Fabric.Packets.Links;

/// <summary>
/// Sleeps until a link has something, a time is up, or another thread wakes it. All but <see cref="Wake"/> belong to one thread.
/// Readiness is level-triggered: a link that was not emptied is reported again.
/// </summary>
public sealed unsafe class LinkPoller : IDisposable
{
    private const int MaxEvents = 64;
    private const int WakeToken = -1;
    private const int Adds = 1;
    private const int Removes = 2;
    private const int CloseOnExec = 0x80000;

    private readonly int _poll = LinuxCalls.Check(LinuxCalls.PollCreate(CloseOnExec), "make a poller");
    private readonly WakeUp _wakeUp = new();
    private bool _isDisposed;

    public LinkPoller() => Add(_wakeUp.Descriptor, WakeToken);

    /// <summary>Watches a descriptor; the token, not negative, is what <see cref="Wait(int, Span{int})"/> answers for it.</summary>
    /// <exception cref="LinkException">The system refuses.</exception>
    public void Add(int descriptor, int token)
    {
        var change = PollEvent.Readable(token);
        _ = LinuxCalls.Check(LinuxCalls.PollControl(_poll, Adds, descriptor, &change), "watch a descriptor");
    }

    /// <summary>Watches a descriptor no more; one that is closed already is no error.</summary>
    public void Remove(int descriptor)
    {
        PollEvent unused = default;
        _ = LinuxCalls.PollControl(_poll, Removes, descriptor, &unused);
    }

    /// <summary>Waits until anything is ready, it is woken, or the time is up (-1: no limit; 0: only looks). True if a link is ready.</summary>
    public bool Wait(int timeoutMs)
    {
        Span<int> tokens = stackalloc int[MaxEvents];
        return Wait(timeoutMs, tokens) > 0;
    }

    /// <summary>The same, and tells which: fills in the tokens of ready descriptors and returns how many.</summary>
    public int Wait(int timeoutMs, Span<int> tokens)
    {
        var events = stackalloc PollEvent[MaxEvents];
        int count = LinuxCalls.PollWait(_poll, events, Math.Min(MaxEvents, tokens.Length + 1), timeoutMs);
        if (count < 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            return errno == LinuxCalls.InterruptedCall ? 0 : throw new LinkException("wait for links", errno);
        }

        int ready = 0;
        for (int index = 0; index < count; index++)
        {
            int token = PollEvent.TokenOf(events, index);
            if (token == WakeToken)
            {
                _wakeUp.Clear();
            }
            else if (ready < tokens.Length)
            {
                tokens[ready++] = token;
            }
        }

        return ready;
    }

    /// <summary>Ends the present or the next wait. Any thread may call it.</summary>
    public void Wake() => _wakeUp.Ring();

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _ = LinuxCalls.Close(_poll);
            _wakeUp.Dispose();
        }
    }
}
