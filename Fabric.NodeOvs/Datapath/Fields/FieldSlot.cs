using Fabric.OvsProtocol.OpenFlow.Fields;

namespace Fabric.NodeOvs.Datapath.Fields;

/// <summary>Where a field stands in <see cref="PacketFields"/>. Fields that no packet has both of share a place, as ports and ICMP types do.</summary>
internal readonly record struct FieldSlot(int Word, int Shift, int Bits)
{
    private static readonly FieldSlot[] All = [.. Field.All.Select(field => Place(field.Id))];

    public static readonly FieldSlot InPort = Of(FieldId.InPort);
    public static readonly FieldSlot Pass = new(PacketFields.PortAndPass, 0, 32);
    public static readonly FieldSlot CtState = Of(FieldId.CtState);
    public static readonly FieldSlot CtZone = Of(FieldId.CtZone);
    public static readonly FieldSlot CtMark = Of(FieldId.CtMark);
    public static readonly FieldSlot EthDst = Of(FieldId.EthDst);
    public static readonly FieldSlot EthSrc = Of(FieldId.EthSrc);
    public static readonly FieldSlot EthType = Of(FieldId.EthType);
    public static readonly FieldSlot VlanTci = Of(FieldId.VlanTci);
    public static readonly FieldSlot Ipv4Src = Of(FieldId.Ipv4Src);
    public static readonly FieldSlot Ipv4Dst = Of(FieldId.Ipv4Dst);
    public static readonly FieldSlot IpProto = Of(FieldId.IpProto);
    public static readonly FieldSlot IpTos = Of(FieldId.IpTos);
    public static readonly FieldSlot IpTtl = Of(FieldId.IpTtl);
    public static readonly FieldSlot TpSrc = Of(FieldId.TcpSrc);
    public static readonly FieldSlot TpDst = Of(FieldId.TcpDst);
    public static readonly FieldSlot ArpOp = Of(FieldId.ArpOp);

    /// <summary>128 bits, in two words.</summary>
    public bool IsWide => Bits == 128;

    public ulong Ones => Bits >= 64 ? ulong.MaxValue : (1UL << Bits) - 1;

    public static FieldSlot Of(FieldId id) => All[(int)id];

    /// <summary>The words and masks that some bits of a field are.</summary>
    public static IEnumerable<(int Word, ulong Value, ulong Mask)> Words(FieldMatch match)
    {
        var slot = Of(match.Id);
        if (slot.IsWide)
        {
            yield return (slot.Word, (ulong)(match.Value >> 64), (ulong)(match.Mask >> 64));
            yield return (slot.Word + 1, (ulong)match.Value, (ulong)match.Mask);
        }
        else
        {
            yield return (slot.Word, (ulong)match.Value << slot.Shift, (ulong)match.Mask << slot.Shift);
        }
    }

    private static FieldSlot Place(FieldId id) => id switch
    {
        FieldId.InPort => new(0, 32, 32),
        FieldId.CtState => new(1, 48, 16),
        FieldId.CtZone => new(1, 32, 16),
        FieldId.CtMark => new(1, 0, 32),
        FieldId.CtLabel => new(2, 0, 128),
        FieldId.EthDst => new(4, 16, 48),
        FieldId.VlanTci => new(4, 0, 16),
        FieldId.VlanVid => new(4, 0, 13),
        FieldId.VlanPcp => new(4, 13, 3),
        FieldId.EthSrc => new(5, 16, 48),
        FieldId.EthType => new(5, 0, 16),
        FieldId.Ipv6Src => new(6, 0, 128),
        FieldId.Ipv4Src or FieldId.ArpSpa => new(7, 0, 32),
        FieldId.Ipv6Dst => new(8, 0, 128),
        FieldId.Ipv4Dst or FieldId.ArpTpa => new(9, 0, 32),
        FieldId.TcpSrc or FieldId.UdpSrc or FieldId.SctpSrc => new(10, 48, 16),
        FieldId.Icmpv4Type or FieldId.Icmpv6Type => new(10, 48, 8),
        FieldId.TcpDst or FieldId.UdpDst or FieldId.SctpDst => new(10, 32, 16),
        FieldId.Icmpv4Code or FieldId.Icmpv6Code => new(10, 32, 8),
        FieldId.TcpFlags => new(10, 16, 12),
        FieldId.ArpOp => new(10, 0, 16),
        FieldId.IpProto => new(11, 56, 8),
        FieldId.IpTos => new(11, 48, 8),
        FieldId.IpDscp => new(11, 50, 6),
        FieldId.IpEcn => new(11, 48, 2),
        FieldId.IpTtl => new(11, 40, 8),
        FieldId.IpFrag => new(11, 32, 2),
        FieldId.Ipv6Label => new(11, 0, 20),
        FieldId.ArpSha or FieldId.NdSll => new(12, 0, 48),
        FieldId.ArpTha or FieldId.NdTll => new(13, 0, 48),
        FieldId.NdTarget => new(14, 0, 128),
        FieldId.Metadata => new(16, 0, 64),
        FieldId.TunnelId => new(17, 0, 64),
        FieldId.TunnelIpv4Src => new(18, 32, 32),
        FieldId.TunnelIpv4Dst => new(18, 0, 32),
        FieldId.PacketMark => new(19, 32, 32),
        FieldId.ConjunctionId => new(19, 0, 32),
        >= FieldId.Reg0 and <= FieldId.Reg15 => new(20 + ((id - FieldId.Reg0) / 2), (id - FieldId.Reg0) % 2 == 0 ? 32 : 0, 32),
        >= FieldId.Xreg0 and <= FieldId.Xreg7 => new(20 + (id - FieldId.Xreg0), 0, 64),
        >= FieldId.Xxreg0 and <= FieldId.Xxreg3 => new(20 + (2 * (id - FieldId.Xxreg0)), 0, 128),
        FieldId.CtIpv6Src => new(28, 0, 128),
        FieldId.CtIpv4Src => new(29, 0, 32),
        FieldId.CtIpv6Dst => new(30, 0, 128),
        FieldId.CtIpv4Dst => new(31, 0, 32),
        FieldId.CtPortSrc => new(32, 48, 16),
        FieldId.CtPortDst => new(32, 32, 16),
        FieldId.CtProto => new(32, 0, 8),
        _ => throw new ArgumentOutOfRangeException(nameof(id), id, "a field without a place"),
    };
}
