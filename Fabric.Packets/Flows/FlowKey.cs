using System.Runtime.CompilerServices;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Flows;

/// <summary>
/// What makes packets one flow: addresses, protocol and ports. An ICMP query has its identifier and its request's type in the
/// ports, so that <see cref="Reverse"/> of a request's key is its answer's key; other protocols have no ports.
/// </summary>
public readonly record struct FlowKey(
    IpAddress Source, IpAddress Destination, ushort SourcePort, ushort DestinationPort, IpProtocol Protocol)
{
    /// <summary>The key of a packet that asks with ICMP or ICMPv6: an echo, timestamp or information request.</summary>
    public static FlowKey IcmpRequest(IpAddress source, IpAddress destination, IpProtocol protocol, byte requestType, ushort identifier)
        => new(source, destination, identifier, requestType, protocol);

    /// <summary>The key of a packet that answers it.</summary>
    public static FlowKey IcmpReply(IpAddress source, IpAddress destination, IpProtocol protocol, byte requestType, ushort identifier)
        => new(source, destination, requestType, identifier, protocol);

    /// <summary>The key of the packets that go the other way.</summary>
    public FlowKey Reverse() => new(Destination, Source, DestinationPort, SourcePort, Protocol);

    /// <summary>A hash that both directions share, so that one probe finds a flow whichever way a packet goes.</summary>
    public uint SymmetricHash()
    {
        ulong source = Fold(Source, SourcePort);
        ulong destination = Fold(Destination, DestinationPort);
        ulong mixed = ((source + destination) * 0x9E37_79B9_7F4A_7C15) ^ ((source ^ destination) * 0xC2B2_AE3D_27D4_EB4F) ^ (byte)Protocol;
        mixed ^= mixed >> 29;
        mixed *= 0xBF58_476D_1CE4_E5B9;
        return (uint)(mixed >> 32);
    }

    public bool Equals(FlowKey other)
        => Source.Bits == other.Source.Bits
            && Destination.Bits == other.Destination.Bits
            && SourcePort == other.SourcePort
            && DestinationPort == other.DestinationPort
            && Protocol == other.Protocol;

    /// <summary>Whether the other key is this one's reverse; cheaper than making it.</summary>
    public bool IsReverseOf(in FlowKey other)
        => Source.Bits == other.Destination.Bits
            && Destination.Bits == other.Source.Bits
            && SourcePort == other.DestinationPort
            && DestinationPort == other.SourcePort
            && Protocol == other.Protocol;

    public override int GetHashCode()
    {
        ulong mixed = (Fold(Source, SourcePort) * 0x9E37_79B9_7F4A_7C15) + Fold(Destination, DestinationPort) + (byte)Protocol;
        mixed ^= mixed >> 32;
        mixed *= 0xBF58_476D_1CE4_E5B9;
        return (int)(mixed >> 32);
    }

    public override string ToString() => $"{Protocol} {Source}/{SourcePort}->{Destination}/{DestinationPort}";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(IpAddress address, ushort port)
    {
        ulong folded = (ulong)address.Bits ^ ((ulong)(address.Bits >> 64) * 0xFF51_AFD7_ED55_8CCD);
        folded = (folded ^ ((ulong)port << 33)) * 0xD6E8_FEB8_6659_FD93;
        return folded ^ (folded >> 32);
    }
}
