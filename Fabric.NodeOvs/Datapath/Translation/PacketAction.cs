using Fabric.NodeOvs.Datapath.Connections;

namespace Fabric.NodeOvs.Datapath.Translation;

/// <summary>What the packet thread does to a packet, when all of OpenFlow has been thought through. New one: a record here, a line in the executor and one in the printer.</summary>
internal abstract record PacketAction
{
    /// <summary>To a device of the switch.</summary>
    internal sealed record Output(uint Port) : PacketAction;

    internal sealed record SetEthernet(ulong Source, ulong Destination) : PacketAction;

    internal sealed record PushVlan(ushort Control) : PacketAction;

    internal sealed record PopVlan : PacketAction;

    internal sealed record SetVlan(ushort Control) : PacketAction;

    internal sealed record SetIpSource(UInt128 Address) : PacketAction;

    internal sealed record SetIpDestination(UInt128 Address) : PacketAction;

    internal sealed record SetTos(byte Tos) : PacketAction;

    internal sealed record SetTtl(byte Ttl) : PacketAction;

    internal sealed record SetSourcePort(ushort Port) : PacketAction;

    internal sealed record SetDestinationPort(ushort Port) : PacketAction;

    internal sealed record SetArp(ushort Operation, ulong SenderMac, uint SenderIp, ulong TargetMac, uint TargetIp) : PacketAction;

    internal sealed record Track(CtRequest Request) : PacketAction;

    internal sealed record ClearTrack : PacketAction;

    /// <summary>Looks the packet up again, as it is now, where a frozen lookup left off.</summary>
    internal sealed record Recirculate(uint Pass) : PacketAction;

    /// <summary>Does actions on a copy.</summary>
    internal sealed record OnCopy(PacketAction[] Actions) : PacketAction;

    /// <summary>To whoever listens for packets.</summary>
    internal sealed record Punt(int MaxLength, int Reason, byte Table, ulong Cookie, int ControllerId) : PacketAction;
}
