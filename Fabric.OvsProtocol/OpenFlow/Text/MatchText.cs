using System.Globalization;
using System.Text;
using Fabric.OvsProtocol.OpenFlow.Fields;

namespace Fabric.OvsProtocol.OpenFlow.Text;

/// <summary>Matches as ovs-ofctl writes and reads them: <c>tcp,in_port=5,nw_dst=10.0.0.1,tp_dst=80</c>.</summary>
public static class MatchText
{
    private const int VlanPresent = 0x1000;

    /// <summary>Words that stand for an Ethernet type and an IP protocol.</summary>
    private static readonly (string Word, int EthType, int Proto)[] Protocols =
    [
        ("ip", 0x0800, -1), ("ipv6", 0x86DD, -1), ("arp", 0x0806, -1), ("rarp", 0x8035, -1),
        ("icmp", 0x0800, 1), ("tcp", 0x0800, 6), ("udp", 0x0800, 17), ("sctp", 0x0800, 132),
        ("icmp6", 0x86DD, 58), ("tcp6", 0x86DD, 6), ("udp6", 0x86DD, 17), ("sctp6", 0x86DD, 132),
        ("mpls", 0x8847, -1),
    ];

    /// <summary>Field names that mean another field by the protocol that stands beside them.</summary>
    private static readonly string[] PortWords = ["tp_src", "tp_dst", "nw_src", "nw_dst", "nw_proto", "icmp_type", "icmp_code"];

    public static string Format(FlowMatch match)
    {
        ArgumentNullException.ThrowIfNull(match);
        var text = new StringBuilder();
        var shown = new HashSet<FieldId>();
        foreach (var field in match.Fields.Where(field => field.Id < FieldId.EthDst && field.Id != FieldId.InPort))
        {
            Add(text, $"{field.Field.Name}={FieldText.Format(field)}");
            shown.Add(field.Id);
        }

        if (Word(match) is { } protocol)
        {
            Add(text, protocol.Word);
            shown.Add(FieldId.EthType);
            if (protocol.Proto >= 0)
            {
                shown.Add(FieldId.IpProto);
            }
        }

        if (match[FieldId.InPort] is { } port)
        {
            Add(text, $"in_port={FieldText.Format(port)}");
            shown.Add(FieldId.InPort);
        }

        if (match[FieldId.VlanVid] is { } vlan)
        {
            Add(text, Vlan(vlan));
            shown.Add(FieldId.VlanVid);
        }

        foreach (var field in match.Fields.Where(field => !shown.Contains(field.Id)).OrderBy(field => PrintOrder(field.Id)))
        {
            Add(text, $"{PrintedName(field.Id)}={FieldText.Format(field)}");
        }

        return text.ToString();
    }

    /// <summary>Reads one <c>name=value</c> or word of a match into fields; false: it is none.</summary>
    /// <exception cref="FormatException">The name is a field's, but the value is none of its.</exception>
    public static bool TryParse(string name, string? value, IDictionary<FieldId, FieldMatch> fields)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(fields);
        if (value is null)
        {
            var word = Array.Find(Protocols, each => each.Word == name);
            if (word.Word is null)
            {
                return false;
            }

            Put(fields, FieldMatch.Exact(FieldId.EthType, (UInt128)word.EthType));
            if (word.Proto >= 0)
            {
                Put(fields, FieldMatch.Exact(FieldId.IpProto, (UInt128)word.Proto));
            }

            return true;
        }

        switch (name)
        {
            case "dl_vlan":
                var vid = FieldText.Number(value);
                Put(fields, vid == 0xFFFF ? FieldMatch.Exact(FieldId.VlanVid, 0) : FieldMatch.Exact(FieldId.VlanVid, vid | VlanPresent));
                return true;
            case "dl_vlan_pcp":
                Put(fields, FieldMatch.Exact(FieldId.VlanPcp, FieldText.Number(value)));
                return true;
        }

        if (Array.IndexOf(PortWords, name) >= 0)
        {
            Put(fields, FieldText.Parse(Field.Of(ByProtocol(name, fields)), value));
            return true;
        }

        if (Field.OfName(name) is not { } field)
        {
            return false;
        }

        Put(fields, FieldText.Parse(field, value));
        return true;
    }

    private static void Put(IDictionary<FieldId, FieldMatch> fields, FieldMatch match) => fields[match.Id] = match;

    private static FieldId ByProtocol(string name, IDictionary<FieldId, FieldMatch> fields)
    {
        int type = fields.TryGetValue(FieldId.EthType, out var ethType) ? (int)ethType.Value : 0;
        int proto = fields.TryGetValue(FieldId.IpProto, out var ipProto) ? (int)ipProto.Value : 0;
        return (name, type, proto) switch
        {
            ("nw_src", 0x0806, _) => FieldId.ArpSpa,
            ("nw_dst", 0x0806, _) => FieldId.ArpTpa,
            ("nw_proto", 0x0806, _) => FieldId.ArpOp,
            ("nw_src", _, _) => FieldId.Ipv4Src,
            ("nw_dst", _, _) => FieldId.Ipv4Dst,
            ("nw_proto", _, _) => FieldId.IpProto,
            ("tp_src", _, 6) => FieldId.TcpSrc,
            ("tp_dst", _, 6) => FieldId.TcpDst,
            ("tp_src", _, 17) => FieldId.UdpSrc,
            ("tp_dst", _, 17) => FieldId.UdpDst,
            ("tp_src", _, 132) => FieldId.SctpSrc,
            ("tp_dst", _, 132) => FieldId.SctpDst,
            ("tp_src" or "icmp_type", 0x86DD, _) => FieldId.Icmpv6Type,
            ("tp_dst" or "icmp_code", 0x86DD, _) => FieldId.Icmpv6Code,
            ("icmp_type", _, _) or ("tp_src", _, 1) => FieldId.Icmpv4Type,
            ("icmp_code", _, _) or ("tp_dst", _, 1) => FieldId.Icmpv4Code,
            _ => throw new FormatException($"{name} needs a protocol before it, such as tcp"),
        };
    }

    private static (string Word, int EthType, int Proto)? Word(FlowMatch match)
    {
        if (match[FieldId.EthType] is not { IsExact: true } type)
        {
            return null;
        }

        int proto = match[FieldId.IpProto] is { IsExact: true } exact ? (int)exact.Value : -1;
        var whole = Array.Find(Protocols, each => each.EthType == (int)type.Value && each.Proto == proto && proto >= 0);
        var half = Array.Find(Protocols, each => each.EthType == (int)type.Value && each.Proto < 0);
        return whole.Word is not null ? whole : half.Word is not null ? half : null;
    }

    private static string Vlan(FieldMatch vlan) => vlan switch
    {
        { IsExact: true, Value: var value } when (value & VlanPresent) != 0 => $"dl_vlan={(int)(value & 0xFFF)}",
        { IsExact: true, Value: var value } when value == 0 => "vlan_tci=0x0000/0x1fff",
        _ => $"vlan_vid=0x{vlan.Value:x}/0x{vlan.Mask:x}",
    };

    private static string PrintedName(FieldId id) => id switch
    {
        FieldId.TcpSrc or FieldId.UdpSrc or FieldId.SctpSrc => "tp_src",
        FieldId.TcpDst or FieldId.UdpDst or FieldId.SctpDst => "tp_dst",
        FieldId.Icmpv6Type => "icmp_type",
        FieldId.Icmpv6Code => "icmp_code",
        FieldId.VlanPcp => "dl_vlan_pcp",
        _ => Field.Of(id).Name,
    };

    /// <summary>The order in which ovs-ofctl prints: sources before destinations.</summary>
    private static int PrintOrder(FieldId id) => id switch
    {
        FieldId.EthSrc => (int)FieldId.EthDst * 2,
        FieldId.EthDst => ((int)FieldId.EthDst * 2) + 1,
        FieldId.EthType => ((int)FieldId.EthDst * 2) + 2,
        FieldId.IpProto => ((int)FieldId.ArpTha * 2) - 7,
        _ => (int)id * 2,
    };

    private static void Add(StringBuilder text, string part)
    {
        if (text.Length > 0)
        {
            text.Append(',');
        }

        text.Append(CultureInfo.InvariantCulture, $"{part}");
    }
}
