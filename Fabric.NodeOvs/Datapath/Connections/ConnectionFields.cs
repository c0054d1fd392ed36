using Fabric.NodeOvs.Datapath.Fields;
using Fabric.OvsProtocol.OpenFlow.Fields;

namespace Fabric.NodeOvs.Datapath.Connections;

/// <summary>The fields that tell how a connection began (ovs-fields(7), ct_nw_src and its like).</summary>
internal static class ConnectionFields
{
    public static void Fill(TrackedConnection connection, ref PacketFields fields)
    {
        var original = connection.Original;
        bool v4 = original.Source.IsIpv4;
        fields.Set(v4 ? FieldId.CtIpv4Src : FieldId.CtIpv6Src, v4 ? original.Source.Ipv4 : original.Source.Bits);
        fields.Set(v4 ? FieldId.CtIpv4Dst : FieldId.CtIpv6Dst, v4 ? original.Destination.Ipv4 : original.Destination.Bits);
        fields.Set(FieldId.CtPortSrc, original.SourcePort);
        fields.Set(FieldId.CtPortDst, original.DestinationPort);
        fields.Set(FieldId.CtProto, (byte)original.Protocol);
    }
}
