using System.Text;
using Fabric.Lab.Pods;
using Fabric.Packets.Addresses;
using Fabric.Packets.Transport;

namespace Fabric.Lab.Simulation;

/// <summary>A pod's UDP: echo servers by port, and questions that wait for one answer.</summary>
internal sealed class PodUdp(PodNetwork network, PodTimers timers)
{
    private const ushort FirstEphemeralPort = 49152;
    private readonly HashSet<ushort> _echoPorts = [];
    private readonly Dictionary<ushort, Waiting> _waiting = [];
    private ushort _nextPort = FirstEphemeralPort;

    public void Echo(ushort port) => _echoPorts.Add(port);

    /// <summary>Sends text and waits for one datagram back.</summary>
    public void Ask(IpAddress destination, ushort port, string text, TimeSpan timeout, Action<SimulatedAnswer> answered)
    {
        ushort own = _nextPort++;
        _nextPort = Math.Max(_nextPort, FirstEphemeralPort);
        if (network.Settings.SourceFor(destination) is not { } source || !Send(source, own, destination, port, Encoding.UTF8.GetBytes(text)))
        {
            answered(PodFault.NoWay.After(TimeSpan.Zero));
            return;
        }

        var timer = timers.After(timeout, () => End(own, null, PodFault.Silence));
        _waiting[own] = new Waiting(timers.Now, timer, answered);
    }

    /// <summary>False if nobody is at that port.</summary>
    public bool Receive(IpAddress from, IpAddress own, in UdpView udp)
    {
        if (_echoPorts.Contains(udp.DestinationPort))
        {
            Send(own, udp.DestinationPort, from, udp.SourcePort, udp.Payload);
            return true;
        }

        return End(udp.DestinationPort, Encoding.UTF8.GetString(udp.Payload), null);
    }

    public void Fail(ushort ownPort, PodFault fault) => End(ownPort, null, fault);

    private bool Send(IpAddress source, ushort sourcePort, IpAddress destination, ushort destinationPort, ReadOnlySpan<byte> payload)
    {
        byte[] datagram = new byte[UdpHeader.Length + payload.Length];
        new UdpHeader(sourcePort, destinationPort, payload.Length).Write(datagram);
        payload.CopyTo(datagram.AsSpan(UdpHeader.Length));
        return network.Send(source, destination, IpProtocol.Udp, datagram);
    }

    private bool End(ushort port, string? content, PodFault? fault)
    {
        if (!_waiting.Remove(port, out var waiting))
        {
            return false;
        }

        waiting.Timer.Cancel();
        var elapsed = timers.Since(waiting.Start);
        waiting.Answered(fault?.After(elapsed) ?? new SimulatedAnswer(PodOutcome.Answered, content ?? "", elapsed));
        return true;
    }

    /// <summary>A question on its way.</summary>
    private readonly record struct Waiting(long Start, PodTimer Timer, Action<SimulatedAnswer> Answered);
}
