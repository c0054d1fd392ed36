using Fabric.OvsProtocol.OpenFlow.Fields;
using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.OvsProtocol.OpenFlow.Actions;

/// <summary>From bytes to actions, of OpenFlow 1.3 to 1.5.</summary>
public static class ActionReader
{
    internal const int Experimenter = 0xFFFF;
    internal const uint Nicira = 0x00002320;

    /// <exception cref="OpenFlowException">An action is unknown or malformed.</exception>
    public static IReadOnlyList<FlowAction> ReadAll(ReadOnlySpan<byte> bytes)
    {
        var reader = new OfReader(bytes);
        var actions = new List<FlowAction>();
        while (!reader.AtEnd)
        {
            if (reader.Left < 8)
            {
                throw new OpenFlowException(ErrorCode.BadActionBadLength, $"{reader.Left} bytes are no action");
            }

            int type = reader.U16();
            int length = reader.U16();
            if (length < 8 || length % 8 != 0 || length - 4 > reader.Left)
            {
                throw new OpenFlowException(ErrorCode.BadActionBadLength, $"an action of {length} bytes");
            }

            var body = new OfReader(reader.Take(length - 4));
            actions.Add(Read(type, ref body));
        }

        return actions;
    }

    private static FlowAction Read(int type, ref OfReader body)
    {
        switch (type)
        {
            case 0:
                return new OutputAction(body.U32(), body.U16());
            case 17:
                return new PushVlanAction(body.U16());
            case 18:
                return new PopVlanAction();
            case 22:
                return new GroupAction(body.U32());
            case 24:
                return new DecrementTtlAction();
            case 25:
                return Set(ref body);
            case 28:
                return Copy(ref body);
            case Experimenter:
                uint vendor = body.U32();
                return vendor == Nicira ? ReadNicira(body.U16(), ref body)
                    : throw new OpenFlowException(ErrorCode.BadActionBadExperimenterType, $"no action of vendor 0x{vendor:x8} is known");
            default:
                throw new OpenFlowException(ErrorCode.BadActionBadType, $"no action has type {type}");
        }
    }

    private static FlowAction ReadNicira(int subtype, ref OfReader body)
    {
        switch (subtype)
        {
            case 6:
                int bits = body.U16();
                int fromOffset = body.U16();
                int toOffset = body.U16();
                var from = FieldPart.Checked(new FieldPart(FieldPart.ReadField(ref body), fromOffset, bits));
                return new MoveAction(from, FieldPart.Checked(new FieldPart(FieldPart.ReadField(ref body), toOffset, bits)));
            case 7:
                int place = body.U16();
                var to = FieldPart.Read(place, ref body);
                return new LoadAction(body.U64(), to);
            case 8:
                return new NoteAction(body.Rest().ToArray());
            case 10:
                int fields = body.U16();
                int basis = body.U16();
                body.Skip(2);
                int algorithm = body.U16();
                int most = body.U16();
                uint argument = body.U32();
                body.Skip(2);
                int part = body.U16();
                return new MultipathAction(fields, basis, algorithm, most, argument, FieldPart.Read(part, ref body));
            case 14:
                return ResubmitAction.Read(ref body, withConnection: false);
            case 44:
                return ResubmitAction.Read(ref body, withConnection: true);
            case 15:
                int source = body.U16();
                var port = FieldPart.Read(source, ref body);
                return new OutputPartAction(port, body.U16());
            case 16:
                return LearnAction.Read(ref body);
            case 20:
                return new ControllerAction(body.U16(), body.U16(), body.Byte());
            case 33:
                body.Skip(6);
                return Set(ref body);
            case 34:
                int clause = body.Byte();
                int clauses = body.Byte();
                return new ConjunctionAction(body.U32(), clause, clauses);
            case 35:
                return ConnectionTrackAction.Read(ref body);
            case 36:
                return NatAction.Read(ref body);
            case 42:
                body.Skip(6);
                return new CloneAction(ReadAll(body.Rest()));
            case 43:
                return new CtClearAction();
            default:
                throw new OpenFlowException(ErrorCode.BadActionBadExperimenterType, $"no action of Nicira's has subtype {subtype}");
        }
    }

    private static SetFieldAction Set(ref OfReader body)
    {
        try
        {
            return new SetFieldAction(FieldMatch.Read(ref body));
        }
        catch (OpenFlowException wrong) when (wrong.Code == ErrorCode.BadMatchBadField)
        {
            throw new OpenFlowException(ErrorCode.BadActionBadSetType, wrong.Message);
        }
    }

    /// <summary>OFPAT_COPY_FIELD of OpenFlow 1.5, which does what Nicira's move does.</summary>
    private static MoveAction Copy(ref OfReader body)
    {
        int bits = body.U16();
        int fromOffset = body.U16();
        int toOffset = body.U16();
        body.Skip(2);
        var from = FieldPart.Checked(new FieldPart(FieldPart.ReadField(ref body), fromOffset, bits));
        return new MoveAction(from, FieldPart.Checked(new FieldPart(FieldPart.ReadField(ref body), toOffset, bits)));
    }
}
