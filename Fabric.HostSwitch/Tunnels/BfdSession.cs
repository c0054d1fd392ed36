using Fabric.Packets.Addresses;
using Fabric.Packets.Tunnels;

namespace Fabric.HostSwitch.Tunnels;

/// <summary>
/// A BFD session with one remote tunnel endpoint: asynchronous mode, both sides active, no echo, no demand, no authentication
/// (RFC 5880, section 6). A pure state machine: the packet thread feeds it messages and time, and sends what it asks for.
/// </summary>
internal sealed class BfdSession(IpAddress remote, uint discriminator)
{
    private const uint SlowIntervalUs = 1_000_000; // not faster than a second while not Up (section 6.8.3)

    private int _intervalMs = 1000;
    private int _multiplier = 3;
    private uint _remoteMinRxUs = 1;
    private uint _remoteDesiredTxUs = SlowIntervalUs;
    private byte _remoteMultiplier = 3;
    private bool _owesFinal;
    private long _nextSend;
    private long _heardAt;
    private uint _jitter = discriminator | 1;

    public IpAddress Remote { get; } = remote;

    public uint Discriminator { get; } = discriminator;

    public uint RemoteDiscriminator { get; private set; }

    public BfdState State { get; private set; } = BfdState.Down;

    public BfdState RemoteState { get; private set; } = BfdState.Down;

    public BfdDiagnostic Diagnostic { get; private set; }

    public BfdDiagnostic RemoteDiagnostic { get; private set; }

    /// <summary>When state or diagnostics last changed; the packet thread's milliseconds.</summary>
    public long ChangedAt { get; private set; }

    public bool IsUp => State == BfdState.Up;

    public void Configure(int intervalMs, int multiplier)
    {
        _intervalMs = intervalMs > 0 ? intervalMs : 1000;
        _multiplier = multiplier is > 0 and < 256 ? multiplier : 3;
    }

    /// <summary>Takes a message for this session (RFC 5880, section 6.8.6, from the discriminators on).</summary>
    public void Receive(in BfdView message, long now)
    {
        if (message.HasAuthentication
            || (message.YourDiscriminator != 0 && message.YourDiscriminator != Discriminator)
            || (message.YourDiscriminator == 0 && message.State is not (BfdState.Down or BfdState.AdminDown)))
        {
            return;
        }

        var before = (State, RemoteState, Diagnostic, RemoteDiagnostic);
        RemoteDiscriminator = message.MyDiscriminator;
        RemoteState = message.State;
        RemoteDiagnostic = message.Diagnostic;
        _remoteMinRxUs = message.RequiredMinRxInterval;
        _remoteDesiredTxUs = message.DesiredMinTxInterval;
        _remoteMultiplier = message.DetectMultiplier;
        _heardAt = now;
        _owesFinal |= message.IsPoll;
        Advance(message.State);
        if (before != (State, RemoteState, Diagnostic, RemoteDiagnostic))
        {
            ChangedAt = now;
            if (before.State != State)
            {
                _nextSend = now; // tell the other side at once
            }
        }
    }

    /// <summary>Lets time pass. True: a control packet is due now, and <see cref="Message"/> says which.</summary>
    public bool Tick(long now)
    {
        if ((State is BfdState.Init or BfdState.Up) && now - _heardAt >= DetectionTimeMs)
        {
            State = BfdState.Down;
            Diagnostic = BfdDiagnostic.ControlDetectionTimeExpired;
            RemoteDiscriminator = 0;
            RemoteState = BfdState.Down;
            ChangedAt = now;
        }

        if (_owesFinal)
        {
            return true;
        }

        if (now < _nextSend || (_remoteMinRxUs == 0 && RemoteDiscriminator != 0))
        {
            return false;
        }

        _nextSend = now + JitteredIntervalMs();
        return true;
    }

    /// <summary>The control packet to send now.</summary>
    public BfdHeader Message()
    {
        bool isFinal = _owesFinal;
        _owesFinal = false;
        uint interval = (uint)_intervalMs * 1000;
        return new BfdHeader(State, Discriminator, RemoteDiscriminator)
        {
            Diagnostic = Diagnostic,
            DetectMultiplier = (byte)_multiplier,
            DesiredMinTxInterval = State == BfdState.Up ? interval : Math.Max(SlowIntervalUs, interval),
            RequiredMinRxInterval = interval,
            IsFinal = isFinal,
        };
    }

    // RFC 5880, section 6.2: the three-way handshake up, and down by the neighbor's word.
    private void Advance(BfdState heard)
    {
        if (State == BfdState.AdminDown)
        {
            return;
        }

        if (heard == BfdState.AdminDown)
        {
            if (State != BfdState.Down)
            {
                (State, Diagnostic) = (BfdState.Down, BfdDiagnostic.NeighborSignaledSessionDown);
            }

            return;
        }

        (State, Diagnostic) = (State, heard) switch
        {
            (BfdState.Down, BfdState.Down) => (BfdState.Init, Diagnostic),
            (BfdState.Down, BfdState.Init) => (BfdState.Up, BfdDiagnostic.None),
            (BfdState.Init, BfdState.Init or BfdState.Up) => (BfdState.Up, BfdDiagnostic.None),
            (BfdState.Up, BfdState.Down) => (BfdState.Down, BfdDiagnostic.NeighborSignaledSessionDown),
            _ => (State, Diagnostic),
        };
    }

    // Section 6.8.4: the neighbor's multiplier times the slower of what it sends and what we can take.
    private long DetectionTimeMs
        => Math.Max(1, _remoteMultiplier * (long)Math.Max(_remoteDesiredTxUs, (uint)_intervalMs * 1000) / 1000);

    // Section 6.8.7: up to a quarter less than the interval, so that sessions do not beat together; with a multiplier of one, at
    // least a tenth less.
    private long JitteredIntervalMs()
    {
        _jitter = (_jitter * 1664525) + 1013904223;
        uint own = State == BfdState.Up ? (uint)_intervalMs * 1000 : Math.Max(SlowIntervalUs, (uint)_intervalMs * 1000);
        long intervalMs = Math.Max(own, _remoteMinRxUs) / 1000;
        long least = _multiplier == 1 ? intervalMs / 10 : 0;
        return Math.Max(1, intervalMs - Math.Max(least, intervalMs * (_jitter >> 24) / 1024));
    }
}
