using System.Globalization;
using System.Text;
using Fabric.OvsProtocol.OpenFlow.Actions;
using Fabric.OvsProtocol.OpenFlow.Fields;

namespace Fabric.OvsProtocol.OpenFlow.Text;

/// <summary>Actions as ovs-ofctl prints them (ovs-actions(7)); <see cref="ActionParser"/> reads them.</summary>
public static class ActionText
{
    public static string Format(IReadOnlyList<FlowAction> actions)
    {
        ArgumentNullException.ThrowIfNull(actions);
        return actions.Count == 0 ? "drop" : string.Join(',', actions.Select(Format));
    }

    public static string Format(FlowAction action) => action switch
    {
        OutputAction { Port: OfPort.Controller } output => $"CONTROLLER:{output.MaxLength}",
        OutputAction { Port: >= 0xFFFFFF00 } output => OfPort.Describe(output.Port),
        OutputAction output => $"output:{output.Port}",
        PushVlanAction push => $"push_vlan:0x{push.EtherType:x4}",
        PopVlanAction => "pop_vlan",
        GroupAction group => $"group:{group.Group}",
        DecrementTtlAction => "dec_ttl",
        SetFieldAction set => $"set_field:{SetValue(set.Field)}->{SetName(set.Field.Id)}",
        LoadAction load => $"load:0x{load.Value:x}->{load.To}",
        MoveAction move => $"move:{move.From}->{move.To}",
        ResubmitAction resubmit => Resubmit(resubmit),
        OutputPartAction output => $"output:{output.From}",
        ControllerAction controller => $"controller(max_len={controller.MaxLength},id={controller.ControllerId})",
        NoteAction note => $"note:{string.Join('.', note.Bytes.ToArray().Select(value => value.ToString("x2", CultureInfo.InvariantCulture)))}",
        ConjunctionAction conjunction => $"conjunction({conjunction.Id},{conjunction.Clause + 1}/{conjunction.Clauses})",
        MultipathAction multipath => Multipath(multipath),
        CloneAction clone => $"clone({string.Join(',', clone.Actions.Select(Format))})",
        CtClearAction => "ct_clear",
        ConnectionTrackAction track => Track(track),
        NatAction nat => Nat(nat),
        LearnAction learn => Learn(learn),
        _ => action.ToString(),
    };

    private static string SetValue(FieldMatch field)
        => field.Id == FieldId.VlanVid && field.IsExact ? ((int)field.Value).ToString(CultureInfo.InvariantCulture)
            : field.IsExact ? FieldText.Value(field.Field, field.Value)
            : $"{FieldText.Value(field.Field, field.Value)}/{FieldText.Value(field.Field, field.Mask)}";

    private static string SetName(FieldId id) => id switch
    {
        FieldId.EthDst => "eth_dst",
        FieldId.EthSrc => "eth_src",
        FieldId.Ipv4Src => "ip_src",
        FieldId.Ipv4Dst => "ip_dst",
        _ => Field.Of(id).Name,
    };

    private static string Resubmit(ResubmitAction resubmit) => resubmit switch
    {
        { Port: { } port, Table: null } => $"resubmit:{port}",
        _ => $"resubmit({resubmit.Port?.ToString(CultureInfo.InvariantCulture)},{resubmit.Table?.ToString(CultureInfo.InvariantCulture)}{(resubmit.WithConnection ? ",ct" : "")})",
    };

    private static string Multipath(MultipathAction action)
    {
        string fields = action.Fields switch { 0 => "eth_src", 1 => "symmetric_l4", 2 => "symmetric_l3l4", 3 => "symmetric_l3l4+udp", 4 => "nw_src", 5 => "nw_dst", _ => $"{action.Fields}" };
        string algorithm = action.Algorithm switch { 0 => "modulo_n", 1 => "hash_threshold", 2 => "hrw", 3 => "iter_hash", _ => $"{action.Algorithm}" };
        return $"multipath({fields},{action.Basis},{algorithm},{action.MaxLink + 1},{action.Argument},{action.To})";
    }

    private static string Track(ConnectionTrackAction track)
    {
        var parts = new List<string>();
        if (track.Commit)
        {
            parts.Add("commit");
        }

        if (track.Force)
        {
            parts.Add("force");
        }

        if (track.Table is { } table)
        {
            parts.Add($"table={table}");
        }

        if (track.ZoneFrom is { } from)
        {
            parts.Add($"zone={from}");
        }
        else if (track.Zone != 0)
        {
            parts.Add($"zone={track.Zone}");
        }

        if (track.Nat is { } nat)
        {
            parts.Add(Nat(nat));
        }

        if (track.Exec.Count > 0)
        {
            parts.Add($"exec({string.Join(',', track.Exec.Select(Format))})");
        }

        if (track.Alg != 0)
        {
            parts.Add($"alg={track.Alg switch { 21 => "ftp", 69 => "tftp", _ => track.Alg.ToString(CultureInfo.InvariantCulture) }}");
        }

        return $"ct({string.Join(',', parts)})";
    }

    private static string Nat(NatAction nat)
    {
        if (!nat.Source && !nat.Destination)
        {
            return "nat";
        }

        var text = new StringBuilder(nat.Source ? "nat(src" : "nat(dst");
        if (nat.AddressLeast is { } least)
        {
            bool bracket = least.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && nat.PortLeast is not null;
            text.Append('=').Append(bracket ? $"[{least}]" : least.ToString());
            if (nat.AddressMost is { } most)
            {
                text.Append('-').Append(most);
            }
        }

        if (nat.PortLeast is { } port)
        {
            text.Append(nat.AddressLeast is null ? "=:" : ":").Append(port);
            if (nat.PortMost is { } last)
            {
                text.Append('-').Append(last);
            }
        }

        text.Append((nat.Flags & 4) != 0 ? ",persistent" : "").Append((nat.Flags & 8) != 0 ? ",hash" : "").Append((nat.Flags & 16) != 0 ? ",random" : "");
        return text.Append(')').ToString();
    }

    private static string Learn(LearnAction learn)
    {
        var parts = new List<string> { $"table={learn.Table}" };
        Add(learn.IdleTimeout != 0, $"idle_timeout={learn.IdleTimeout}");
        Add(learn.HardTimeout != 0, $"hard_timeout={learn.HardTimeout}");
        Add(learn.FinIdleTimeout != 0, $"fin_idle_timeout={learn.FinIdleTimeout}");
        Add(learn.FinHardTimeout != 0, $"fin_hard_timeout={learn.FinHardTimeout}");
        Add(learn.Priority != 0x8000, $"priority={learn.Priority}");
        Add((learn.Flags & LearnAction.SendFlowRemoved) != 0, "send_flow_rem");
        Add((learn.Flags & LearnAction.DeleteLearned) != 0, "delete_learned");
        Add(learn.Cookie != 0, $"cookie=0x{learn.Cookie:x}");
        parts.AddRange(learn.Specs.Select(Spec));
        return $"learn({string.Join(',', parts)})";

        void Add(bool wanted, string part)
        {
            if (wanted)
            {
                parts.Add(part);
            }
        }
    }

    private static string Spec(LearnSpec spec) => spec switch
    {
        { Target: LearnTarget.Output } => $"output:{spec.From}",
        { Target: LearnTarget.Load, From: { } from } => $"load:{from}->{spec.To}",
        { Target: LearnTarget.Load } => $"load:0x{spec.Value:x}->{spec.To}",
        { From: { } from, To: { } to } => from == to ? $"{to}" : $"{to}={from}",
        { To: { } to } when to == FieldPart.Whole(to.Id) => $"{to.Field.Name}={FieldText.Value(to.Field, spec.Value)}",
        _ => $"{spec.To}=0x{spec.Value:x}",
    };
}
