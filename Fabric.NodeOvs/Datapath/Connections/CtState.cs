namespace Fabric.NodeOvs.Datapath.Connections;

/// <summary>What connection tracking says of a packet, in the bits of the field ct_state (ovs-fields(7), "Connection Tracking Fields").</summary>
[Flags]
internal enum CtState : ushort
{
    None = 0,
    New = 0x01,
    Established = 0x02,
    Related = 0x04,
    Reply = 0x08,
    Invalid = 0x10,
    Tracked = 0x20,
    SourceNat = 0x40,
    DestinationNat = 0x80,
}
