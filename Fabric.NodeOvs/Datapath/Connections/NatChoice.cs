using Fabric.OvsProtocol.OpenFlow.Actions;
using Fabric.Packets.Addresses;
using Fabric.Packets.Flows;

namespace Fabric.NodeOvs.Datapath.Connections;

/// <summary>Which address and port a new connection is translated to (ovs-actions(7), "nat").</summary>
internal static class NatChoice
{
    private const ushort FirstEphemeral = 1024;
    private const int MostTries = 4096;

    /// <summary>The key under which replies will come; null: nothing in the range is free.</summary>
    /// <param name="original">Of the first packet.</param>
    /// <param name="nat">The range; null or without a direction: no translation.</param>
    /// <param name="isFree">Whether no other connection has a key.</param>
    /// <param name="next">Moves on, so that neighbors in time do not try the same ports.</param>
    public static FlowKey? Reply(FlowKey original, NatAction? nat, Func<FlowKey, bool> isFree, ref uint next)
    {
        var translated = original;
        if (nat is { AddressLeast: { } least } && (nat.Source || nat.Destination))
        {
            var address = Address(least, nat.AddressMost, original);
            translated = nat.Source ? translated with { Source = address } : translated with { Destination = address };
        }

        bool hasPorts = original.Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp;
        if (nat is { PortLeast: { } first } && hasPorts)
        {
            ushort port = Within(first, nat.PortMost ?? first, original);
            translated = nat.Source ? translated with { SourcePort = port } : translated with { DestinationPort = port };
        }

        var reply = translated.Reverse();
        if (isFree(reply) || nat is null || (!nat.Source && !nat.Destination))
        {
            return reply; // without translation a key that is taken is its own connection's, whose time is over
        }

        if (!hasPorts || (nat.Destination && nat.PortLeast is null))
        {
            return nat.Destination ? OtherSource(translated, isFree, ref next) : null;
        }

        return nat.Source ? OtherPort(translated, nat, isFree, ref next) : OtherSource(translated, isFree, ref next);
    }

    private static FlowKey? OtherPort(FlowKey translated, NatAction nat, Func<FlowKey, bool> isFree, ref uint next)
    {
        ushort first = nat.PortLeast ?? FirstEphemeral;
        int count = (nat.PortMost ?? (nat.PortLeast is null ? ushort.MaxValue : first)) - first + 1;
        for (int i = 0; i < Math.Min(count, MostTries); i++)
        {
            var candidate = translated with { SourcePort = (ushort)(first + (next++ % (uint)count)) };
            if (isFree(candidate.Reverse()))
            {
                return candidate.Reverse();
            }
        }

        return null;
    }

    /// <summary>Two clients that reach one server by different addresses with the same port: the later one's source port gives way.</summary>
    private static FlowKey? OtherSource(FlowKey translated, Func<FlowKey, bool> isFree, ref uint next)
        => translated.Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp
            ? OtherPort(translated, new NatAction { Source = true }, isFree, ref next)
            : null;

    private static IpAddress Address(System.Net.IPAddress least, System.Net.IPAddress? most, FlowKey key)
    {
        _ = IpAddress.TryRead(least.GetAddressBytes(), out var first);
        if (most is null || !IpAddress.TryRead(most.GetAddressBytes(), out var last) || last.Bits <= first.Bits)
        {
            return first;
        }

        return new IpAddress(first.Bits + ((UInt128)(uint)key.GetHashCode() % (last.Bits - first.Bits + 1)));
    }

    private static ushort Within(ushort first, ushort last, FlowKey key)
        => last <= first ? first : (ushort)(first + ((uint)key.GetHashCode() % (uint)(last - first + 1)));
}
