using System.Collections.Frozen;

namespace Fabric.OvsProtocol.OpenFlow.Fields;

/// <summary>How a field's value is written in text.</summary>
public enum FieldFormat
{
    Decimal,
    Hexadecimal,
    Mac,
    Ipv4,
    Ipv6,
    Port,
}

/// <summary>
/// One field: its size, its names in text and on the wire. New one: a member of <see cref="FieldId"/> and a line in <see cref="All"/>.
/// </summary>
public sealed class Field
{
    private const int Nxm0 = 0x0000;
    private const int Nxm1 = 0x0001;
    private const int Oxm = 0x8000;
    private const int Packet = 0x8001;

    private Field(FieldId id, string name, int bits, FieldFormat format, (int Class, int Number)? oxm, (int Class, int Number)? nxm, string nxmName)
    {
        Id = id;
        Name = name;
        Bits = bits;
        Format = format;
        OxmCode = oxm is { } newer ? (newer.Class << 7) | newer.Number : null;
        NxmCode = nxm is { } older ? (older.Class << 7) | older.Number : null;
        NxmName = nxmName;
    }

    public static IReadOnlyList<Field> All { get; } =
    [
        Of(FieldId.InPort, "in_port", 32, FieldFormat.Port, (Oxm, 0), null, "OXM_OF_IN_PORT"),
        Of(FieldId.Metadata, "metadata", 64, FieldFormat.Hexadecimal, (Oxm, 2), null, "OXM_OF_METADATA"),
        Of(FieldId.TunnelId, "tun_id", 64, FieldFormat.Hexadecimal, (Oxm, 38), (Nxm1, 16), "NXM_NX_TUN_ID"),
        Of(FieldId.TunnelIpv4Src, "tun_src", 32, FieldFormat.Ipv4, null, (Nxm1, 31), "NXM_NX_TUN_IPV4_SRC"),
        Of(FieldId.TunnelIpv4Dst, "tun_dst", 32, FieldFormat.Ipv4, null, (Nxm1, 32), "NXM_NX_TUN_IPV4_DST"),
        Of(FieldId.PacketMark, "pkt_mark", 32, FieldFormat.Hexadecimal, null, (Nxm1, 33), "NXM_NX_PKT_MARK"),
        Of(FieldId.ConjunctionId, "conj_id", 32, FieldFormat.Decimal, null, (Nxm1, 37), "NXM_NX_CONJ_ID"),
        Of(FieldId.CtState, "ct_state", 32, FieldFormat.Hexadecimal, null, (Nxm1, 105), "NXM_NX_CT_STATE"),
        Of(FieldId.CtZone, "ct_zone", 16, FieldFormat.Decimal, null, (Nxm1, 106), "NXM_NX_CT_ZONE"),
        Of(FieldId.CtMark, "ct_mark", 32, FieldFormat.Hexadecimal, null, (Nxm1, 107), "NXM_NX_CT_MARK"),
        Of(FieldId.CtLabel, "ct_label", 128, FieldFormat.Hexadecimal, null, (Nxm1, 108), "NXM_NX_CT_LABEL"),
        Of(FieldId.CtProto, "ct_nw_proto", 8, FieldFormat.Decimal, null, (Nxm1, 119), "NXM_NX_CT_NW_PROTO"),
        Of(FieldId.CtIpv4Src, "ct_nw_src", 32, FieldFormat.Ipv4, null, (Nxm1, 120), "NXM_NX_CT_NW_SRC"),
        Of(FieldId.CtIpv4Dst, "ct_nw_dst", 32, FieldFormat.Ipv4, null, (Nxm1, 121), "NXM_NX_CT_NW_DST"),
        Of(FieldId.CtIpv6Src, "ct_ipv6_src", 128, FieldFormat.Ipv6, null, (Nxm1, 122), "NXM_NX_CT_IPV6_SRC"),
        Of(FieldId.CtIpv6Dst, "ct_ipv6_dst", 128, FieldFormat.Ipv6, null, (Nxm1, 123), "NXM_NX_CT_IPV6_DST"),
        Of(FieldId.CtPortSrc, "ct_tp_src", 16, FieldFormat.Decimal, null, (Nxm1, 124), "NXM_NX_CT_TP_SRC"),
        Of(FieldId.CtPortDst, "ct_tp_dst", 16, FieldFormat.Decimal, null, (Nxm1, 125), "NXM_NX_CT_TP_DST"),
        .. Registers(FieldId.Reg0, 16, "reg", 32, null, (Nxm1, 0), "NXM_NX_REG"),
        .. Registers(FieldId.Xreg0, 8, "xreg", 64, (Packet, 0), null, "OXM_OF_PKT_REG"),
        .. Registers(FieldId.Xxreg0, 4, "xxreg", 128, null, (Nxm1, 111), "NXM_NX_XXREG"),
        Of(FieldId.EthDst, "dl_dst", 48, FieldFormat.Mac, (Oxm, 3), (Nxm0, 1), "NXM_OF_ETH_DST"),
        Of(FieldId.EthSrc, "dl_src", 48, FieldFormat.Mac, (Oxm, 4), (Nxm0, 2), "NXM_OF_ETH_SRC"),
        Of(FieldId.EthType, "dl_type", 16, FieldFormat.Hexadecimal, (Oxm, 5), (Nxm0, 3), "NXM_OF_ETH_TYPE"),
        Of(FieldId.VlanVid, "vlan_vid", 13, FieldFormat.Hexadecimal, (Oxm, 6), null, "OXM_OF_VLAN_VID"),
        Of(FieldId.VlanPcp, "vlan_pcp", 3, FieldFormat.Decimal, (Oxm, 7), null, "OXM_OF_VLAN_PCP"),
        Of(FieldId.VlanTci, "vlan_tci", 16, FieldFormat.Hexadecimal, null, (Nxm0, 4), "NXM_OF_VLAN_TCI"),
        Of(FieldId.IpProto, "nw_proto", 8, FieldFormat.Decimal, (Oxm, 10), (Nxm0, 6), "NXM_OF_IP_PROTO"),
        Of(FieldId.IpDscp, "ip_dscp", 6, FieldFormat.Decimal, (Oxm, 8), null, "OXM_OF_IP_DSCP"),
        Of(FieldId.IpEcn, "nw_ecn", 2, FieldFormat.Decimal, (Oxm, 9), (Nxm1, 28), "NXM_NX_IP_ECN"),
        Of(FieldId.IpTos, "nw_tos", 8, FieldFormat.Decimal, null, (Nxm0, 5), "NXM_OF_IP_TOS"),
        Of(FieldId.IpTtl, "nw_ttl", 8, FieldFormat.Decimal, null, (Nxm1, 29), "NXM_NX_IP_TTL"),
        Of(FieldId.IpFrag, "nw_frag", 2, FieldFormat.Hexadecimal, null, (Nxm1, 26), "NXM_NX_IP_FRAG"),
        Of(FieldId.Ipv4Src, "nw_src", 32, FieldFormat.Ipv4, (Oxm, 11), (Nxm0, 7), "NXM_OF_IP_SRC"),
        Of(FieldId.Ipv4Dst, "nw_dst", 32, FieldFormat.Ipv4, (Oxm, 12), (Nxm0, 8), "NXM_OF_IP_DST"),
        Of(FieldId.Ipv6Src, "ipv6_src", 128, FieldFormat.Ipv6, (Oxm, 26), (Nxm1, 19), "NXM_NX_IPV6_SRC"),
        Of(FieldId.Ipv6Dst, "ipv6_dst", 128, FieldFormat.Ipv6, (Oxm, 27), (Nxm1, 20), "NXM_NX_IPV6_DST"),
        Of(FieldId.Ipv6Label, "ipv6_label", 20, FieldFormat.Hexadecimal, (Oxm, 28), (Nxm1, 27), "NXM_NX_IPV6_LABEL"),
        Of(FieldId.ArpOp, "arp_op", 16, FieldFormat.Decimal, (Oxm, 21), (Nxm0, 15), "NXM_OF_ARP_OP"),
        Of(FieldId.ArpSpa, "arp_spa", 32, FieldFormat.Ipv4, (Oxm, 22), (Nxm0, 16), "NXM_OF_ARP_SPA"),
        Of(FieldId.ArpTpa, "arp_tpa", 32, FieldFormat.Ipv4, (Oxm, 23), (Nxm0, 17), "NXM_OF_ARP_TPA"),
        Of(FieldId.ArpSha, "arp_sha", 48, FieldFormat.Mac, (Oxm, 24), (Nxm1, 17), "NXM_NX_ARP_SHA"),
        Of(FieldId.ArpTha, "arp_tha", 48, FieldFormat.Mac, (Oxm, 25), (Nxm1, 18), "NXM_NX_ARP_THA"),
        Of(FieldId.TcpSrc, "tcp_src", 16, FieldFormat.Decimal, (Oxm, 13), (Nxm0, 9), "NXM_OF_TCP_SRC"),
        Of(FieldId.TcpDst, "tcp_dst", 16, FieldFormat.Decimal, (Oxm, 14), (Nxm0, 10), "NXM_OF_TCP_DST"),
        Of(FieldId.TcpFlags, "tcp_flags", 12, FieldFormat.Hexadecimal, (Oxm, 42), (Nxm1, 34), "NXM_NX_TCP_FLAGS"),
        Of(FieldId.UdpSrc, "udp_src", 16, FieldFormat.Decimal, (Oxm, 15), (Nxm0, 11), "NXM_OF_UDP_SRC"),
        Of(FieldId.UdpDst, "udp_dst", 16, FieldFormat.Decimal, (Oxm, 16), (Nxm0, 12), "NXM_OF_UDP_DST"),
        Of(FieldId.SctpSrc, "sctp_src", 16, FieldFormat.Decimal, (Oxm, 17), null, "OXM_OF_SCTP_SRC"),
        Of(FieldId.SctpDst, "sctp_dst", 16, FieldFormat.Decimal, (Oxm, 18), null, "OXM_OF_SCTP_DST"),
        Of(FieldId.Icmpv4Type, "icmp_type", 8, FieldFormat.Decimal, (Oxm, 19), (Nxm0, 13), "NXM_OF_ICMP_TYPE"),
        Of(FieldId.Icmpv4Code, "icmp_code", 8, FieldFormat.Decimal, (Oxm, 20), (Nxm0, 14), "NXM_OF_ICMP_CODE"),
        Of(FieldId.Icmpv6Type, "icmpv6_type", 8, FieldFormat.Decimal, (Oxm, 29), (Nxm1, 21), "NXM_NX_ICMPV6_TYPE"),
        Of(FieldId.Icmpv6Code, "icmpv6_code", 8, FieldFormat.Decimal, (Oxm, 30), (Nxm1, 22), "NXM_NX_ICMPV6_CODE"),
        Of(FieldId.NdTarget, "nd_target", 128, FieldFormat.Ipv6, (Oxm, 31), (Nxm1, 23), "NXM_NX_ND_TARGET"),
        Of(FieldId.NdSll, "nd_sll", 48, FieldFormat.Mac, (Oxm, 32), (Nxm1, 24), "NXM_NX_ND_SLL"),
        Of(FieldId.NdTll, "nd_tll", 48, FieldFormat.Mac, (Oxm, 33), (Nxm1, 25), "NXM_NX_ND_TLL"),
    ];

    private static readonly FrozenDictionary<int, Field> Codes = All.SelectMany(field => new[] { field.OxmCode, field.NxmCode }
        .Where(code => code is not null).Select(code => KeyValuePair.Create(code!.Value, field))).ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Field> Names = All.SelectMany(field => new[] { field.Name, field.NxmName }.Concat(Aliases(field.Id))
        .Select(name => KeyValuePair.Create(name, field))).DistinctBy(pair => pair.Key).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public FieldId Id { get; }

    /// <summary>As ovs-ofctl prints it.</summary>
    public string Name { get; }

    public int Bits { get; }

    /// <summary>The bytes that its value takes on the wire.</summary>
    public int Bytes => (Bits + 7) / 8;

    public UInt128 AllOnes => Bits == 128 ? UInt128.MaxValue : (UInt128.One << Bits) - 1;

    public FieldFormat Format { get; }

    /// <summary>Class and number as the upper 23 bits of an OXM header (OpenFlow 1.3.5, section 7.2.3.2); null: OpenFlow has no such field.</summary>
    public int? OxmCode { get; }

    /// <summary>The same in the older form that Nicira's extensions use; null: they have no such field.</summary>
    public int? NxmCode { get; }

    /// <summary>As actions on parts of fields name it.</summary>
    public string NxmName { get; }

    public static Field Of(FieldId id) => All[(int)id];

    public static Field? OfCode(int code) => Codes.GetValueOrDefault(code);

    public static Field? OfName(string name) => Names.GetValueOrDefault(name);

    private static Field Of(
        FieldId id, string name, int bits, FieldFormat format, (int Class, int Number)? oxm, (int Class, int Number)? nxm, string nxmName)
        => new(id, name, bits, format, oxm, nxm, nxmName);

    private static IEnumerable<Field> Registers(FieldId first, int count, string name, int bits, (int Class, int Number)? oxm, (int Class, int Number)? nxm, string nxmName)
        => Enumerable.Range(0, count).Select(i => Of(
            first + i,
            $"{name}{i}",
            bits,
            FieldFormat.Hexadecimal,
            oxm is { } newer ? (newer.Class, newer.Number + i) : null,
            nxm is { } older ? (older.Class, older.Number + i) : null,
            $"{nxmName}{i}"));

    /// <summary>The names of OpenFlow 1.2 and later, and other spellings that ovs-ofctl takes.</summary>
    private static string[] Aliases(FieldId id) => id switch
    {
        FieldId.EthDst => ["eth_dst", "OXM_OF_ETH_DST"],
        FieldId.EthSrc => ["eth_src", "OXM_OF_ETH_SRC"],
        FieldId.EthType => ["eth_type", "OXM_OF_ETH_TYPE"],
        FieldId.IpProto => ["ip_proto", "OXM_OF_IP_PROTO"],
        FieldId.IpEcn => ["ip_ecn", "OXM_OF_IP_ECN"],
        FieldId.IpFrag => ["ip_frag"],
        FieldId.Ipv4Src => ["ip_src", "OXM_OF_IPV4_SRC"],
        FieldId.Ipv4Dst => ["ip_dst", "OXM_OF_IPV4_DST"],
        FieldId.Ipv6Src => ["OXM_OF_IPV6_SRC"],
        FieldId.Ipv6Dst => ["OXM_OF_IPV6_DST"],
        FieldId.TunnelId => ["tunnel_id", "OXM_OF_TUNNEL_ID"],
        FieldId.Icmpv4Type => ["icmpv4_type", "OXM_OF_ICMPV4_TYPE"],
        FieldId.Icmpv4Code => ["icmpv4_code", "OXM_OF_ICMPV4_CODE"],
        FieldId.TcpSrc => ["OXM_OF_TCP_SRC"],
        FieldId.TcpDst => ["OXM_OF_TCP_DST"],
        FieldId.UdpSrc => ["OXM_OF_UDP_SRC"],
        FieldId.UdpDst => ["OXM_OF_UDP_DST"],
        FieldId.ArpOp => ["OXM_OF_ARP_OP"],
        FieldId.ArpSpa => ["OXM_OF_ARP_SPA"],
        FieldId.ArpTpa => ["OXM_OF_ARP_TPA"],
        FieldId.ArpSha => ["OXM_OF_ARP_SHA"],
        FieldId.ArpTha => ["OXM_OF_ARP_THA"],
        _ => [],
    };
}
