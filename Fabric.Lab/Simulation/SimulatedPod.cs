using System.Collections.Concurrent;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Ip;
using Fabric.Packets.Links;
using Fabric.Packets.Transport;

namespace Fabric.Lab.Simulation;

/// <summary>
/// A pod without a kernel: a small IP host on one link that pings, echoes UDP, and serves and gets HTTP, in both families. One
/// thread runs it by <see cref="RunOnce"/>; what others ask of it is done there, so that under virtual time a run repeats exactly.
/// </summary>
internal sealed class SimulatedPod : IDisposable
{
    private const int BatchSize = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly ILink _link;
    private readonly PodTimers _timers;
    private readonly PodNetwork _network;
    private readonly PodEcho _echo;
    private readonly PodUdp _udp;
    private readonly PodTcp _tcp;
    private readonly PodHttp _http;
    private readonly FramePool _pool = new(frameCapacity: 9216);
    private readonly FrameBuffer[] _received = new FrameBuffer[BatchSize];
    private readonly ConcurrentQueue<Action> _asked = new();

    public SimulatedPod(SimulatedPodSettings settings, ILink link, TimeProvider time, int seed)
    {
        Settings = settings;
        _link = link;
        _timers = new PodTimers(time);
        _network = new PodNetwork(settings, link, _timers);
        _echo = new PodEcho(_network, _timers);
        _udp = new PodUdp(_network, _timers);
        _tcp = new PodTcp(_network, _timers, new Random(seed));
        _http = new PodHttp(_tcp, _timers);
    }

    public SimulatedPodSettings Settings { get; }

    /// <summary>Wakes whoever runs the pod: there is something to do.</summary>
    public Action? Asked { get; set; }

    /// <summary>Frames that were not for this pod, or not whole.</summary>
    public long Ignored => _network.Ignored;

    /// <summary>Frames that arrived broken.</summary>
    public long BadChecksums => _network.BadChecksums;

    public Task<SimulatedAnswer> PingAsync(IpAddress destination, int size = 56, TimeSpan? timeout = null)
        => Ask(answered => _echo.Ping(destination, size, timeout ?? Patience, answered));

    public Task<SimulatedAnswer> AskUdpAsync(IpAddress destination, ushort port, string text, TimeSpan? timeout = null)
        => Ask(answered => _udp.Ask(destination, port, text, timeout ?? Patience, answered));

    public Task<SimulatedAnswer> GetAsync(IpAddress destination, ushort port = 80, string path = "/", TimeSpan? timeout = null)
        => Ask(answered => _http.Get(destination, port, path, timeout ?? Patience, answered));

    /// <summary>Answers GET requests; the text is made from the path and the caller.</summary>
    public void ServeHttp(ushort port, Func<string, IpAddress, string> answer) => Post(() => _http.Serve(port, answer));

    public void EchoUdp(ushort port) => Post(() => _udp.Echo(port));

    /// <summary>Sends a frame exactly as given: what a pod that lies about itself would do.</summary>
    public void SendRaw(byte[] frame) => Post(() => _network.SendRaw(frame));

    /// <summary>Does what was asked, takes what has arrived, runs what is due. Returns how much that was: none means it rests.</summary>
    public int RunOnce()
    {
        int done = 0;
        while (_asked.TryDequeue(out var action))
        {
            action();
            done++;
        }

        int count = _link.Receive(_pool, _received);
        for (int at = 0; at < count; at++)
        {
            Receive(_received[at].Bytes);
            _pool.Give(_received[at]);
        }

        return done + count + _timers.RunDue();
    }

    public void Dispose() => _link.Dispose();

    private Task<SimulatedAnswer> Ask(Action<Action<SimulatedAnswer>> question)
    {
        var answer = new TaskCompletionSource<SimulatedAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() => question(answer.SetResult));
        return answer.Task;
    }

    private void Post(Action action)
    {
        _asked.Enqueue(action);
        Asked?.Invoke();
    }

    private void Receive(ReadOnlySpan<byte> frame)
    {
        if (!_network.TryAccept(frame, out var layout))
        {
            return;
        }

        var from = layout.Source(frame);
        var own = layout.Destination(frame);
        var transport = layout.Transport(frame);
        switch (layout.Protocol)
        {
            case IpProtocol.Icmp or IpProtocol.IcmpV6 when IcmpView.TryParse(transport, out var icmp):
                ReceiveIcmp(from, own, icmp);
                break;
            case IpProtocol.Udp when UdpView.TryParse(transport, out var udp):
                if (!_udp.Receive(from, own, udp))
                {
                    AnswerUnreachable(from, own, layout.Network(frame));
                }

                break;
            case IpProtocol.Tcp when TcpView.TryParse(transport, out var segment):
                _tcp.Receive(from, own, segment);
                break;
        }
    }

    private void ReceiveIcmp(IpAddress from, IpAddress own, in IcmpView icmp)
    {
        if (!(from.IsIpv4 ? icmp.IsError : icmp.IsErrorV6))
        {
            _echo.Receive(from, own, icmp);
            return;
        }

        if (!IcmpQuoteView.TryParse(icmp.Payload, out var quote))
        {
            return;
        }

        var fault = FaultOf(from, icmp);
        switch (quote.Protocol)
        {
            case IpProtocol.Icmp or IpProtocol.IcmpV6:
                _echo.Fail(quote, fault);
                break;
            case IpProtocol.Udp:
                _udp.Fail(quote.SourcePort, fault);
                break;
            case IpProtocol.Tcp:
                _tcp.Fail(quote, fault);
                break;
        }
    }

    private static PodFault FaultOf(IpAddress from, in IcmpView icmp)
    {
        int? mtu = from.IsIpv4
            ? icmp is { Type: IcmpType.DestinationUnreachable, Code: 4 } ? (ushort)icmp.Rest : null
            : icmp.TypeV6 == IcmpV6Type.PacketTooBig ? (int)icmp.Rest : null;
        return PodFault.Refused($"{from} says {(from.IsIpv4 ? icmp.Type.ToString() : icmp.TypeV6.ToString())} code {icmp.Code}") with { Mtu = mtu };
    }

    /// <summary>Port unreachable (RFC 1122, section 3.2.2.1; RFC 4443, section 3.1), quoting as much as every reader needs.</summary>
    private void AnswerUnreachable(IpAddress from, IpAddress own, ReadOnlySpan<byte> packet)
    {
        var quote = packet[..Math.Min(packet.Length, 512)];
        byte[] message = new byte[IcmpHeader.Length + quote.Length];
        var header = from.IsIpv4
            ? new IcmpHeader(IcmpType.DestinationUnreachable, 3)
            : new IcmpHeader(IcmpV6Type.DestinationUnreachable, 4);
        header.Write(message);
        quote.CopyTo(message.AsSpan(IcmpHeader.Length));
        _network.Send(own, from, from.IsIpv4 ? IpProtocol.Icmp : IpProtocol.IcmpV6, message);
    }
}
