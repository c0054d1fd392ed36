using Fabric.OvsProtocol.OpenFlow.Actions;
using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.OvsProtocol.OpenFlow.Messages;

/// <summary>What a flow has a packet go through, in the order that the standard sets (OpenFlow 1.3.5, section 7.2.4).</summary>
public sealed record FlowInstructions
{
    public static readonly FlowInstructions None = new();

    public uint? Meter { get; init; }

    public IReadOnlyList<FlowAction> Apply { get; init; } = [];

    public bool Clear { get; init; }

    /// <summary>Into the action set; null: the set is left alone.</summary>
    public IReadOnlyList<FlowAction>? Write { get; init; }

    public (ulong Value, ulong Mask)? Metadata { get; init; }

    public byte? Goto { get; init; }

    public static FlowInstructions Of(IReadOnlyList<FlowAction> apply) => new() { Apply = apply };

    /// <exception cref="OpenFlowException">An instruction is unknown or malformed.</exception>
    public static FlowInstructions Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new OfReader(bytes);
        var all = None;
        while (!reader.AtEnd)
        {
            int type = reader.U16();
            int length = reader.U16();
            if (length < 8 || length % 8 != 0 || length - 4 > reader.Left)
            {
                throw new OpenFlowException(ErrorCode.BadInstructionBadLength, $"an instruction of {length} bytes");
            }

            var body = new OfReader(reader.Take(length - 4));
            switch (type)
            {
                case 1:
                    all = all with { Goto = body.Byte() };
                    break;
                case 2:
                    body.Skip(4);
                    all = all with { Metadata = (body.U64(), body.U64()) };
                    break;
                case 3:
                    body.Skip(4);
                    all = all with { Write = ActionReader.ReadAll(body.Rest()) };
                    break;
                case 4:
                    body.Skip(4);
                    all = all with { Apply = ActionReader.ReadAll(body.Rest()) };
                    break;
                case 5:
                    all = all with { Clear = true };
                    break;
                case 6:
                    all = all with { Meter = body.U32() };
                    break;
                default:
                    throw new OpenFlowException(ErrorCode.BadInstructionUnknown, $"no instruction has type {type}");
            }
        }

        return all;
    }

    public void WriteTo(OfWriter writer, OpenFlowVersion version)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (Meter is { } meter)
        {
            Head(writer, 6, 8);
            writer.U32(meter);
        }

        if (Apply.Count > 0)
        {
            Actions(writer, 4, Apply, version);
        }

        if (Clear)
        {
            Head(writer, 5, 8);
            writer.Zeros(4);
        }

        if (Write is { } write)
        {
            Actions(writer, 3, write, version);
        }

        if (Metadata is { } metadata)
        {
            Head(writer, 2, 24);
            writer.Zeros(4);
            writer.U64(metadata.Value);
            writer.U64(metadata.Mask);
        }

        if (Goto is { } table)
        {
            Head(writer, 1, 8);
            writer.Byte(table);
            writer.Zeros(3);
        }
    }

    public bool Equals(FlowInstructions? other)
        => other is not null && (Meter, Clear, Metadata, Goto) == (other.Meter, other.Clear, other.Metadata, other.Goto)
            && Apply.SequenceEqual(other.Apply) && (Write is null) == (other.Write is null) && (Write ?? []).SequenceEqual(other.Write ?? []);

    public override int GetHashCode() => HashCode.Combine(Meter, Clear, Goto, Apply.Count);

    private static void Head(OfWriter writer, int type, int length)
    {
        writer.U16(type);
        writer.U16(length);
    }

    private static void Actions(OfWriter writer, int type, IReadOnlyList<FlowAction> actions, OpenFlowVersion version)
    {
        int start = writer.Length;
        writer.U16(type);
        int length = writer.Later16();
        writer.Zeros(4);
        FlowAction.WriteAll(actions, writer, version);
        writer.Patch16(length, writer.Length - start);
    }
}
