using Fabric.OvsProtocol.OpenFlow.Fields;
using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.OvsProtocol.OpenFlow.Actions;

/// <summary>
/// What a flow does with a packet: OpenFlow's own actions and those of Nicira's extensions (ovs-actions(7)). New one: a record here, a line
/// in <see cref="ActionReader"/> and one in <see cref="Text.ActionText"/>.
/// </summary>
public abstract record FlowAction
{
    /// <summary>Writes the action with its length.</summary>
    public abstract void Write(OfWriter writer, OpenFlowVersion version);

    /// <summary>Writes a list of actions back to back.</summary>
    public static void WriteAll(IEnumerable<FlowAction> actions, OfWriter writer, OpenFlowVersion version)
    {
        ArgumentNullException.ThrowIfNull(actions);
        foreach (var action in actions)
        {
            action.Write(writer, version);
        }
    }

    private protected static void Standard(OfWriter writer, int type, Action<OfWriter> body)
    {
        int start = writer.Length;
        writer.U16(type);
        int length = writer.Later16();
        body(writer);
        writer.Pad8(start);
        writer.Patch16(length, writer.Length - start);
    }

    private protected static void Nicira(OfWriter writer, int subtype, Action<OfWriter> body)
        => Standard(writer, ActionReader.Experimenter, inner =>
        {
            inner.U32(ActionReader.Nicira);
            inner.U16(subtype);
            body(inner);
        });
}

/// <summary>Sends to a port (OFPAT_OUTPUT), which may be one of <see cref="OfPort"/>.</summary>
/// <param name="Port">The port's number.</param>
/// <param name="MaxLength">How many bytes a controller is sent; 0xffff: all.</param>
public sealed record OutputAction(uint Port, int MaxLength = 0) : FlowAction
{
    public override void Write(OfWriter writer, OpenFlowVersion version) => Standard(writer, 0, body =>
    {
        body.U32(Port);
        body.U16(MaxLength);
        body.Zeros(6);
    });
}

/// <summary>Adds a VLAN tag with id 0 (OFPAT_PUSH_VLAN).</summary>
public sealed record PushVlanAction(ushort EtherType = 0x8100) : FlowAction
{
    public override void Write(OfWriter writer, OpenFlowVersion version) => Standard(writer, 17, body => body.U16(EtherType));
}

/// <summary>Takes the VLAN tag away (OFPAT_POP_VLAN).</summary>
public sealed record PopVlanAction : FlowAction
{
    public override void Write(OfWriter writer, OpenFlowVersion version) => Standard(writer, 18, body => body.Zeros(4));
}

/// <summary>Processes by a group (OFPAT_GROUP).</summary>
public sealed record GroupAction(uint Group) : FlowAction
{
    public override void Write(OfWriter writer, OpenFlowVersion version) => Standard(writer, 22, body => body.U32(Group));
}

/// <summary>Lowers the TTL, and drops at zero (OFPAT_DEC_NW_TTL).</summary>
public sealed record DecrementTtlAction : FlowAction
{
    public override void Write(OfWriter writer, OpenFlowVersion version) => Standard(writer, 24, body => body.Zeros(4));
}

/// <summary>Sets a field, or with a mask some bits of it (OFPAT_SET_FIELD; masks are OpenFlow 1.5's, and NXAST_REG_LOAD2 before).</summary>
public sealed record SetFieldAction(FieldMatch Field) : FlowAction
{
    public override void Write(OfWriter writer, OpenFlowVersion version)
    {
        if (Field.IsExact || version >= OpenFlowVersion.V15)
        {
            Standard(writer, 25, body => Field.Write(body, version));
        }
        else
        {
            Nicira(writer, 33, body =>
            {
                body.Zeros(6);
                Field.Write(body, version);
            });
        }
    }
}

/// <summary>Writes a number into a part of a field of up to 64 bits (NXAST_REG_LOAD).</summary>
public sealed record LoadAction(ulong Value, FieldPart To) : FlowAction
{
    public override void Write(OfWriter writer, OpenFlowVersion version) => Nicira(writer, 7, body =>
    {
        body.U16(To.OffsetAndBits);
        FieldMatch.WriteHeader(body, To.Field, older: true);
        body.U64(Value);
    });
}

/// <summary>Copies a part of a field into one of the same size (NXAST_REG_MOVE).</summary>
public sealed record MoveAction(FieldPart From, FieldPart To) : FlowAction
{
    public override void Write(OfWriter writer, OpenFlowVersion version) => Nicira(writer, 6, body =>
    {
        body.U16(From.Bits);
        body.U16(From.Offset);
        body.U16(To.Offset);
        FieldMatch.WriteHeader(body, From.Field, older: true);
        FieldMatch.WriteHeader(body, To.Field, older: true);
    });
}

/// <summary>Looks the packet up again, in a table and as if it came in by a port, then goes on (NXAST_RESUBMIT_TABLE).</summary>
/// <param name="Port">Null: the one it came in by.</param>
/// <param name="Table">Null: the one it is in.</param>
/// <param name="WithConnection">Its connection's addresses stand in for its own (NXAST_RESUBMIT_TABLE_CT).</param>
public sealed record ResubmitAction(ushort? Port, byte? Table, bool WithConnection = false) : FlowAction
{
    private const ushort InPort = 0xFFF8;

    public override void Write(OfWriter writer, OpenFlowVersion version) => Nicira(writer, WithConnection ? 44 : 14, body =>
    {
        body.U16(Port ?? InPort);
        body.Byte(Table ?? 255);
        body.Zeros(3);
    });

    internal static ResubmitAction Read(ref OfReader body, bool withConnection)
    {
        ushort port = body.U16();
        byte table = body.Byte();
        return new ResubmitAction(port == InPort ? null : port, table == 255 ? null : table, withConnection);
    }
}

/// <summary>Sends to the port whose number a part of a field holds (NXAST_OUTPUT_REG).</summary>
public sealed record OutputPartAction(FieldPart From, int MaxLength = 0xFFFF) : FlowAction
{
    public override void Write(OfWriter writer, OpenFlowVersion version) => Nicira(writer, 15, body =>
    {
        body.U16(From.OffsetAndBits);
        FieldMatch.WriteHeader(body, From.Field, older: true);
        body.U16(MaxLength);
        body.Zeros(6);
    });
}

/// <summary>Sends to a controller with a reason (NXAST_CONTROLLER).</summary>
public sealed record ControllerAction(int MaxLength, int ControllerId, int Reason) : FlowAction
{
    public override void Write(OfWriter writer, OpenFlowVersion version) => Nicira(writer, 20, body =>
    {
        body.U16(MaxLength);
        body.U16(ControllerId);
        body.Byte(Reason);
        body.Zeros(1);
    });
}

/// <summary>Bytes that do nothing (NXAST_NOTE).</summary>
public sealed record NoteAction(ReadOnlyMemory<byte> Bytes) : FlowAction
{
    public override void Write(OfWriter writer, OpenFlowVersion version) => Nicira(writer, 8, body => body.Bytes(Bytes.Span));

    public bool Equals(NoteAction? other) => other is not null && Bytes.Span.SequenceEqual(other.Bytes.Span);

    public override int GetHashCode() => Bytes.Length;
}

/// <summary>One dimension of a conjunctive match met (NXAST_CONJUNCTION).</summary>
/// <param name="Id">Of the conjunction.</param>
/// <param name="Clause">Which dimension, from 0.</param>
/// <param name="Clauses">Of how many.</param>
public sealed record ConjunctionAction(uint Id, int Clause, int Clauses) : FlowAction
{
    public override void Write(OfWriter writer, OpenFlowVersion version) => Nicira(writer, 34, body =>
    {
        body.Byte(Clause);
        body.Byte(Clauses);
        body.U32(Id);
    });
}

/// <summary>Writes the number of one of several links, chosen by a hash, into a part of a field (NXAST_MULTIPATH).</summary>
public sealed record MultipathAction(int Fields, int Basis, int Algorithm, int MaxLink, uint Argument, FieldPart To) : FlowAction
{
    public override void Write(OfWriter writer, OpenFlowVersion version) => Nicira(writer, 10, body =>
    {
        body.U16(Fields);
        body.U16(Basis);
        body.Zeros(2);
        body.U16(Algorithm);
        body.U16(MaxLink);
        body.U32(Argument);
        body.Zeros(2);
        body.U16(To.OffsetAndBits);
        FieldMatch.WriteHeader(body, To.Field, older: true);
    });
}

/// <summary>Does actions on a copy of the packet (NXAST_CLONE).</summary>
public sealed record CloneAction(IReadOnlyList<FlowAction> Actions) : FlowAction
{
    public override void Write(OfWriter writer, OpenFlowVersion version) => Nicira(writer, 42, body =>
    {
        body.Zeros(6);
        WriteAll(Actions, body, version);
    });

    public bool Equals(CloneAction? other) => other is not null && Actions.SequenceEqual(other.Actions);

    public override int GetHashCode() => Actions.Count;
}

/// <summary>Forgets what connection tracking found (NXAST_CT_CLEAR).</summary>
public sealed record CtClearAction : FlowAction
{
    public override void Write(OfWriter writer, OpenFlowVersion version) => Nicira(writer, 43, body => body.Zeros(6));
}
