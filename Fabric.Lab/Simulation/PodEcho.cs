using Fabric.Lab.Pods;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ip;

namespace Fabric.Lab.Simulation;

/// <summary>A pod's ping: asks, and answers who asks, in both families.</summary>
internal sealed class PodEcho(PodNetwork network, PodTimers timers)
{
    private readonly Dictionary<(ushort Identifier, ushort Sequence), Waiting> _waiting = [];
    private ushort _nextIdentifier = 1;

    /// <summary>Pings with this many bytes; the answer's content is what came back.</summary>
    public void Ping(IpAddress destination, int size, TimeSpan timeout, Action<SimulatedAnswer> answered)
    {
        ushort identifier = _nextIdentifier++;
        byte[] message = new byte[IcmpHeader.Length + size];
        var header = destination.IsIpv4
            ? IcmpHeader.Echo(IcmpType.EchoRequest, identifier, 1)
            : IcmpHeader.Echo(IcmpV6Type.EchoRequest, identifier, 1);
        header.Write(message);
        for (int at = 0; at < size; at++)
        {
            message[IcmpHeader.Length + at] = (byte)('a' + (at % 26));
        }

        if (network.Settings.SourceFor(destination) is not { } source || !network.Send(source, destination, ProtocolOf(destination), message))
        {
            answered(PodFault.NoWay.After(TimeSpan.Zero));
            return;
        }

        var key = (identifier, (ushort)1);
        var timer = timers.After(timeout, () => End(key, null, PodFault.Silence));
        _waiting.Add(key, new Waiting(timers.Now, timer, answered));
    }

    /// <summary>Answers a request; hands a reply to who waits for it.</summary>
    public void Receive(IpAddress from, IpAddress own, in IcmpView icmp)
    {
        bool isRequest = from.IsIpv4 ? icmp.Type == IcmpType.EchoRequest : icmp.TypeV6 == IcmpV6Type.EchoRequest;
        if (isRequest)
        {
            byte[] message = new byte[IcmpHeader.Length + icmp.Payload.Length];
            var header = from.IsIpv4
                ? IcmpHeader.Echo(IcmpType.EchoReply, icmp.Identifier, icmp.Sequence)
                : IcmpHeader.Echo(IcmpV6Type.EchoReply, icmp.Identifier, icmp.Sequence);
            header.Write(message);
            icmp.Payload.CopyTo(message.AsSpan(IcmpHeader.Length));
            network.Send(own, from, ProtocolOf(from), message);
            return;
        }

        bool isReply = from.IsIpv4 ? icmp.Type == IcmpType.EchoReply : icmp.TypeV6 == IcmpV6Type.EchoReply;
        if (isReply)
        {
            End((icmp.Identifier, icmp.Sequence), System.Text.Encoding.ASCII.GetString(icmp.Payload), null);
        }
    }

    public void Fail(in IcmpQuoteView quote, PodFault fault)
    {
        if (IcmpView.TryParse(quote.Transport, out var request))
        {
            End((request.Identifier, request.Sequence), null, fault);
        }
    }

    private void End((ushort, ushort) key, string? content, PodFault? fault)
    {
        if (_waiting.Remove(key, out var waiting))
        {
            waiting.Timer.Cancel();
            var elapsed = timers.Since(waiting.Start);
            waiting.Answered(fault?.After(elapsed) ?? new SimulatedAnswer(PodOutcome.Answered, content ?? "", elapsed));
        }
    }

    private static IpProtocol ProtocolOf(IpAddress address) => address.IsIpv4 ? IpProtocol.Icmp : IpProtocol.IcmpV6;

    /// <summary>A ping on its way.</summary>
    private readonly record struct Waiting(long Start, PodTimer Timer, Action<SimulatedAnswer> Answered);
}
