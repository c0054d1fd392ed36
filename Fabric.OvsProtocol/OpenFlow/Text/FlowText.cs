using System.Globalization;
using Fabric.OvsProtocol.OpenFlow.Fields;
using Fabric.OvsProtocol.OpenFlow.Messages;

namespace Fabric.OvsProtocol.OpenFlow.Text;

/// <summary>Flows and groups as ovs-ofctl writes and reads them: <c>table=0,priority=100,tcp,in_port=5 actions=output:1</c> (ovs-ofctl(8), "Flow Syntax").</summary>
public static class FlowText
{
    /// <exception cref="FormatException">A part cannot be read; the message says which.</exception>
    public static FlowMod Parse(string text, FlowModCommand command = FlowModCommand.Add)
    {
        ArgumentNullException.ThrowIfNull(text);
        int at = text.IndexOf("actions=", StringComparison.Ordinal);
        var flow = new FlowMod { Command = command };
        var fields = new Dictionary<FieldId, FieldMatch>();
        foreach (string part in TextParts.Split(at < 0 ? text : text[..at]))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? part : part[..equals];
            string? value = equals < 0 ? null : part[(equals + 1)..];
            flow = Known(flow, name, value) ?? (MatchText.TryParse(name, value, fields) ? flow : throw new FormatException($"\"{part}\" is no part of a flow"));
        }

        return flow with { Match = new FlowMatch(fields.Values), Instructions = at < 0 ? FlowInstructions.None : Instructions(text[(at + 8)..]) };
    }

    public static string Format(FlowMod flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        string match = MatchText.Format(flow.Match);
        string cookie = flow.Cookie == 0 ? "" : $"cookie=0x{flow.Cookie:x}, ";
        return $"{cookie}table={flow.Table}, priority={flow.Priority}{(match.Length > 0 ? "," : "")}{match} actions={Format(flow.Instructions)}";
    }

    public static string Format(FlowInstructions instructions)
    {
        ArgumentNullException.ThrowIfNull(instructions);
        var parts = new List<string>();
        if (instructions.Meter is { } meter)
        {
            parts.Add($"meter:{meter}");
        }

        if (instructions.Apply.Count > 0)
        {
            parts.Add(ActionText.Format(instructions.Apply));
        }

        if (instructions.Clear)
        {
            parts.Add("clear_actions");
        }

        if (instructions.Write is { } write)
        {
            parts.Add($"write_actions({ActionText.Format(write)})");
        }

        if (instructions.Metadata is { } metadata)
        {
            parts.Add(metadata.Mask == ulong.MaxValue ? $"write_metadata:0x{metadata.Value:x}" : $"write_metadata:0x{metadata.Value:x}/0x{metadata.Mask:x}");
        }

        if (instructions.Goto is { } table)
        {
            parts.Add($"goto_table:{table}");
        }

        return parts.Count == 0 ? "drop" : string.Join(',', parts);
    }

    /// <summary>A group: <c>group_id=1,type=select,selection_method=hash,fields(ip_src),bucket=weight:100,actions=...</c>.</summary>
    /// <exception cref="FormatException">A part cannot be read.</exception>
    public static GroupMod ParseGroup(string text, GroupModCommand command = GroupModCommand.Add)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] pieces = text.Split("bucket=");
        var group = new GroupMod { Command = command, Type = GroupType.All };
        foreach (string part in TextParts.Split(pieces[0]))
        {
            var (name, value) = TextParts.NameAndValue(part);
            group = name switch
            {
                "group_id" => group with { Group = (uint)FieldText.Number(value!) },
                "type" => group with
                {
                    Type = value switch
                    {
                        "all" => GroupType.All,
                        "select" => GroupType.Select,
                        "indirect" => GroupType.Indirect,
                        "ff" or "fast_failover" => GroupType.FastFailover,
                        _ => throw new FormatException($"type: \"{value}\" is none of all, select, indirect, ff"),
                    },
                },
                "selection_method" => group with { Selection = group.Selection with { Method = value! } },
                "selection_method_param" => group with { Selection = group.Selection with { Parameter = (ulong)FieldText.Number(value!) } },
                "fields" => group with
                {
                    Selection = group.Selection with
                    {
                        Fields = new FlowMatch(TextParts.Split(value!).Select(field => Field.OfName(field) is { } known
                            ? new FieldMatch(known.Id, known.AllOnes, known.AllOnes)
                            : throw new FormatException($"fields: \"{field}\" is no field"))),
                    },
                },
                "command_bucket_id" => group with { CommandBucket = (uint)FieldText.Number(value!) },
                _ => throw new FormatException($"\"{part}\" is no part of a group"),
            };
        }

        return group with { Buckets = [.. pieces.Skip(1).Select(ParseBucket)] };
    }

    private static Bucket ParseBucket(string text, int index)
    {
        var bucket = new Bucket { Id = (uint)index, Weight = 1 };
        int at = text.IndexOf("actions=", StringComparison.Ordinal);
        var actions = new List<string>();
        if (at >= 0)
        {
            actions.AddRange(TextParts.Split(text[(at + 8)..]));
        }

        foreach (string part in TextParts.Split(at >= 0 ? text[..at] : text))
        {
            var (name, value) = TextParts.NameAndValue(part);
            switch (name)
            {
                case "weight":
                    bucket = bucket with { Weight = (ushort)FieldText.Number(value!) };
                    break;
                case "bucket_id":
                    bucket = bucket with { Id = (uint)FieldText.Number(value!) };
                    break;
                case "watch_port":
                    bucket = bucket with { WatchPort = OfPort.TryParse(value!, out uint port) ? port : throw new FormatException($"watch_port: \"{value}\" is no port") };
                    break;
                case "watch_group":
                    bucket = bucket with { WatchGroup = (uint)FieldText.Number(value!) };
                    break;
                default:
                    actions.Add(part);
                    break;
            }
        }

        return bucket with { Actions = ActionParser.Parse(string.Join(',', actions)) };
    }

    private static FlowMod? Known(FlowMod flow, string name, string? value) => name switch
    {
        "table" => flow with { Table = (byte)FieldText.Number(value!) },
        "priority" => flow with { Priority = (ushort)FieldText.Number(value!) },
        "idle_timeout" => flow with { IdleTimeout = (ushort)FieldText.Number(value!) },
        "hard_timeout" => flow with { HardTimeout = (ushort)FieldText.Number(value!) },
        "importance" => flow with { Importance = (ushort)FieldText.Number(value!) },
        "out_port" => flow with { OutPort = OfPort.TryParse(value!, out uint port) ? port : throw new FormatException($"out_port: \"{value}\" is no port") },
        "out_group" => flow with { OutGroup = (uint)FieldText.Number(value!) },
        "send_flow_rem" => flow with { Flags = flow.Flags | FlowFlags.SendFlowRemoved },
        "check_overlap" => flow with { Flags = flow.Flags | FlowFlags.CheckOverlap },
        "reset_counts" => flow with { Flags = flow.Flags | FlowFlags.ResetCounts },
        "cookie" => Cookie(flow, value!),
        _ => null,
    };

    private static FlowMod Cookie(FlowMod flow, string value)
    {
        string[] parts = value.Split('/');
        ulong cookie = (ulong)FieldText.Number(parts[0]);
        return parts.Length == 1
            ? flow with { Cookie = cookie, CookieMask = flow.Command == FlowModCommand.Add ? 0 : flow.CookieMask }
            : flow with { Cookie = cookie, CookieMask = parts[1] == "-1" ? ulong.MaxValue : (ulong)FieldText.Number(parts[1]) };
    }

    /// <summary>Actions, with the instructions that ovs-ofctl writes among them.</summary>
    private static FlowInstructions Instructions(string text)
    {
        var all = FlowInstructions.None;
        var apply = new List<string>();
        foreach (string part in TextParts.Split(text))
        {
            var (name, value) = TextParts.NameAndValue(part);
            switch (name)
            {
                case "goto_table":
                    all = all with { Goto = byte.Parse(value!, CultureInfo.InvariantCulture) };
                    break;
                case "clear_actions":
                    all = all with { Clear = true };
                    break;
                case "write_actions":
                    all = all with { Write = ActionParser.Parse(value!) };
                    break;
                case "write_metadata":
                    string[] bits = value!.Split('/');
                    all = all with { Metadata = ((ulong)FieldText.Number(bits[0]), bits.Length > 1 ? (ulong)FieldText.Number(bits[1]) : ulong.MaxValue) };
                    break;
                case "meter":
                    all = all with { Meter = (uint)FieldText.Number(value!) };
                    break;
                default:
                    apply.Add(part);
                    break;
            }
        }

        return all with { Apply = ActionParser.Parse(string.Join(',', apply)) };
    }
}
