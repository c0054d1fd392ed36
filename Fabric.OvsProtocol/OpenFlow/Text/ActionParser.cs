using System.Globalization;
using System.Net;
using Fabric.OvsProtocol.OpenFlow.Actions;
using Fabric.OvsProtocol.OpenFlow.Fields;

namespace Fabric.OvsProtocol.OpenFlow.Text;

/// <summary>Reads actions in ovs-ofctl's notation (ovs-actions(7)). New one: a line in <see cref="One"/>.</summary>
public static class ActionParser
{
    /// <exception cref="FormatException">A part is no action; the message says which.</exception>
    public static IReadOnlyList<FlowAction> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Trim() == "drop" ? [] : [.. TextParts.Split(text).SelectMany(One)];
    }

    /// <summary>A part of a field, such as <c>NXM_NX_REG0[0..15]</c> or <c>reg0</c>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static FieldPart Part(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int bracket = text.IndexOf('[', StringComparison.Ordinal);
        string name = bracket < 0 ? text : text[..bracket];
        var field = Field.OfName(name) ?? throw new FormatException($"\"{name}\" is no field");
        string range = bracket < 0 ? "" : text[(bracket + 1)..].TrimEnd(']');
        if (range.Length == 0)
        {
            return FieldPart.Whole(field.Id);
        }

        string[] ends = range.Split("..");
        int first = Small(ends[0], 127);
        int last = ends.Length == 1 ? first : Small(ends[1], 127);
        return last >= first && last < field.Bits ? new FieldPart(field.Id, first, last - first + 1) : throw new FormatException($"\"{text}\": {name} has bits 0 to {field.Bits - 1}");
    }

    private static IEnumerable<FlowAction> One(string part)
    {
        var (name, value) = TextParts.NameAndValue(part);
        switch (name.ToLowerInvariant())
        {
            case "output" when value is not null && (value.Contains('[', StringComparison.Ordinal) || Field.OfName(value) is not null):
                return [new OutputPartAction(Part(value))];
            case "output":
                return [new OutputAction(Port(value))];
            case "controller" when value is null || !value.Contains('=', StringComparison.Ordinal):
                return [new OutputAction(OfPort.Controller, value is null or "" ? 0xFFFF : Small(value, 0xFFFF))];
            case "controller":
                var given = TextParts.Split(value!).Select(TextParts.NameAndValue).ToDictionary(each => each.Name, each => each.Value ?? "");
                return [new ControllerAction(given.TryGetValue("max_len", out string? most) ? Small(most, 0xFFFF) : 0xFFFF, given.TryGetValue("id", out string? id) ? Small(id, 0xFFFF) : 0, 1)];
            case "push_vlan":
                return [new PushVlanAction((ushort)FieldText.Number(Needed(value, part)))];
            case "pop_vlan" or "strip_vlan":
                return [new PopVlanAction()];
            case "mod_vlan_vid":
                return [new PushVlanAction(), new SetFieldAction(FieldMatch.Exact(FieldId.VlanVid, FieldText.Number(Needed(value, part)) | 0x1000))];
            case "group":
                return [new GroupAction((uint)FieldText.Number(Needed(value, part)))];
            case "dec_ttl":
                return [new DecrementTtlAction()];
            case "set_field":
                var (what, target) = Arrow(Needed(value, part));
                var field = Field.OfName(target) ?? throw new FormatException($"\"{target}\" is no field");
                return [new SetFieldAction(FieldText.Parse(field, what))];
            case "load":
                var (number, into) = Arrow(Needed(value, part));
                return [new LoadAction((ulong)FieldText.Number(number), Part(into))];
            case "move":
                var (from, to) = Arrow(Needed(value, part));
                return [new MoveAction(Part(from), Part(to))];
            case "resubmit":
                return [Resubmit(Needed(value, part), part)];
            case "ct":
                return [Track(value ?? "")];
            case "ct_clear":
                return [new CtClearAction()];
            case "nat":
                return [Nat(value)];
            case "learn":
                return [LearnParser.Parse(value ?? "")];
            case "clone":
                return [new CloneAction(Parse(value ?? ""))];
            case "conjunction":
                string[] dimensions = Needed(value, part).Split(',', '/');
                return [new ConjunctionAction((uint)FieldText.Number(dimensions[0]), Small(dimensions[1], 64) - 1, Small(dimensions[2], 64))];
            case "multipath":
                return [Multipath(Needed(value, part))];
            case "note":
                return [new NoteAction(Convert.FromHexString(Needed(value, part).Replace(".", "", StringComparison.Ordinal)))];
            case "mod_dl_src":
                return [new SetFieldAction(FieldText.Parse(Field.Of(FieldId.EthSrc), Needed(value, part)))];
            case "mod_dl_dst":
                return [new SetFieldAction(FieldText.Parse(Field.Of(FieldId.EthDst), Needed(value, part)))];
            case "mod_nw_src":
                return [new SetFieldAction(FieldText.Parse(Field.Of(FieldId.Ipv4Src), Needed(value, part)))];
            case "mod_nw_dst":
                return [new SetFieldAction(FieldText.Parse(Field.Of(FieldId.Ipv4Dst), Needed(value, part)))];
            default:
                return value is null && OfPort.TryParse(name, out uint port) ? [new OutputAction(port)] : throw new FormatException($"\"{part}\" is no action");
        }
    }

    private static uint Port(string? text) => OfPort.TryParse(text ?? "", out uint port) ? port : throw new FormatException($"output: \"{text}\" is no port");

    private static string Needed(string? value, string part) => value ?? throw new FormatException($"\"{part}\" needs a value");

    private static int Small(string text, int most)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= most ? number : throw new FormatException($"\"{text}\" is no number from 0 to {most}");

    private static (string Left, string Right) Arrow(string value)
    {
        int arrow = value.IndexOf("->", StringComparison.Ordinal);
        return arrow > 0 ? (value[..arrow], value[(arrow + 2)..]) : throw new FormatException($"\"{value}\" needs an arrow: value->field");
    }

    private static ResubmitAction Resubmit(string value, string part)
    {
        if (!part.Contains('(', StringComparison.Ordinal))
        {
            return new ResubmitAction((ushort)Port(value), null);
        }

        string[] parts = value.Split(',');
        return new ResubmitAction(
            parts[0].Length == 0 ? null : (ushort)Port(parts[0]),
            parts.Length < 2 || parts[1].Length == 0 ? null : (byte)Small(parts[1], 254),
            parts.Length > 2 && parts[2] == "ct");
    }

    private static ConnectionTrackAction Track(string value)
    {
        var track = new ConnectionTrackAction();
        foreach (string part in TextParts.Split(value))
        {
            var (name, given) = TextParts.NameAndValue(part);
            track = name switch
            {
                "commit" => track with { Commit = true },
                "force" => track with { Force = true },
                "table" => track with { Table = (byte)Small(Needed(given, part), 254) },
                "zone" when given is { Length: > 0 } && char.IsAsciiDigit(given[0]) => track with { Zone = (ushort)FieldText.Number(given) },
                "zone" => track with { ZoneFrom = Part(Needed(given, part)) },
                "nat" => track with { Nat = Nat(given) },
                "exec" => track with { Exec = Parse(Needed(given, part)) },
                "alg" => track with { Alg = given switch { "ftp" => 21, "tftp" => 69, _ => throw new FormatException($"alg: \"{given}\" is neither ftp nor tftp") } },
                _ => throw new FormatException($"ct: \"{part}\" is none of commit, force, table, zone, nat, exec, alg"),
            };
        }

        return track;
    }

    private static NatAction Nat(string? value)
    {
        var nat = new NatAction();
        foreach (string part in TextParts.Split(value ?? ""))
        {
            var (name, given) = TextParts.NameAndValue(part);
            nat = name switch
            {
                "src" => Range(nat with { Source = true }, given),
                "dst" => Range(nat with { Destination = true }, given),
                "persistent" => nat with { Flags = nat.Flags | 4 },
                "hash" => nat with { Flags = nat.Flags | 8 },
                "random" => nat with { Flags = nat.Flags | 16 },
                _ => throw new FormatException($"nat: \"{part}\" is none of src, dst, persistent, hash, random"),
            };
        }

        return nat;
    }

    /// <summary><c>address[-address][:port[-port]]</c>, an IPv6 address before a port in square brackets.</summary>
    private static NatAction Range(NatAction nat, string? text)
    {
        if (text is null)
        {
            return nat;
        }

        int bracket = text.LastIndexOf(']');
        int colon = text.IndexOf(':', Math.Max(bracket, 0));
        bool v6 = bracket < 0 && text.Count(letter => letter == ':') > 1;
        string addresses = v6 || colon < 0 ? text : text[..colon];
        if (!v6 && colon >= 0)
        {
            string[] ports = text[(colon + 1)..].Split('-');
            nat = nat with { PortLeast = (ushort)Small(ports[0], 65535), PortMost = ports.Length > 1 ? (ushort)Small(ports[1], 65535) : null };
        }

        if (addresses.Length == 0)
        {
            return nat;
        }

        string[] ends = addresses.Split('-');
        return nat with { AddressLeast = Address(ends[0]), AddressMost = ends.Length > 1 ? Address(ends[1]) : null };
    }

    private static IPAddress Address(string text) => IPAddress.TryParse(text.Trim('[', ']'), out var address) ? address : throw new FormatException($"nat: \"{text}\" is no address");

    private static MultipathAction Multipath(string value)
    {
        string[] parts = value.Split(',');
        if (parts.Length != 6)
        {
            throw new FormatException("multipath takes fields,basis,algorithm,links,argument,field");
        }

        int fields = Array.IndexOf(["eth_src", "symmetric_l4", "symmetric_l3l4", "symmetric_l3l4+udp", "nw_src", "nw_dst"], parts[0]);
        int algorithm = Array.IndexOf(["modulo_n", "hash_threshold", "hrw", "iter_hash"], parts[2]);
        return fields >= 0 && algorithm >= 0
            ? new MultipathAction(fields, Small(parts[1], 65535), algorithm, Small(parts[3], 65536) - 1, (uint)FieldText.Number(parts[4]), Part(parts[5]))
            : throw new FormatException($"multipath: \"{(fields < 0 ? parts[0] : parts[2])}\" is not known");
    }
}
