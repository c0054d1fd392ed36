using Fabric.OvsProtocol.OpenFlow.Fields;
using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.OvsProtocol.OpenFlow.Actions;

/// <summary>Adds a flow made from the packet (NXAST_LEARN, ovs-actions(7)).</summary>
public sealed record LearnAction : FlowAction
{
    public const int SendFlowRemoved = 1;
    public const int DeleteLearned = 2;

    public ushort IdleTimeout { get; init; }

    public ushort HardTimeout { get; init; }

    public ushort Priority { get; init; } = 0x8000;

    public ulong Cookie { get; init; }

    public int Flags { get; init; }

    public byte Table { get; init; }

    public ushort FinIdleTimeout { get; init; }

    public ushort FinHardTimeout { get; init; }

    public IReadOnlyList<LearnSpec> Specs { get; init; } = [];

    public override void Write(OfWriter writer, OpenFlowVersion version) => Nicira(writer, 16, body =>
    {
        body.U16(IdleTimeout);
        body.U16(HardTimeout);
        body.U16(Priority);
        body.U64(Cookie);
        body.U16(Flags);
        body.Byte(Table);
        body.Zeros(1);
        body.U16(FinIdleTimeout);
        body.U16(FinHardTimeout);
        foreach (var spec in Specs)
        {
            spec.Write(body);
        }
    });

    public bool Equals(LearnAction? other)
        => other is not null
            && (IdleTimeout, HardTimeout, Priority, Cookie, Flags, Table, FinIdleTimeout) == (other.IdleTimeout, other.HardTimeout, other.Priority, other.Cookie, other.Flags, other.Table, other.FinIdleTimeout)
            && FinHardTimeout == other.FinHardTimeout && Specs.SequenceEqual(other.Specs);

    public override int GetHashCode() => HashCode.Combine(Table, Priority, Cookie, Specs.Count);

    internal static LearnAction Read(ref OfReader body)
    {
        var learn = new LearnAction
        {
            IdleTimeout = body.U16(),
            HardTimeout = body.U16(),
            Priority = body.U16(),
            Cookie = body.U64(),
            Flags = body.U16(),
            Table = body.Byte(),
        };
        body.Skip(1);
        learn = learn with { FinIdleTimeout = body.U16(), FinHardTimeout = body.U16() };
        var specs = new List<LearnSpec>();
        while (body.Left >= 2)
        {
            int header = body.U16();
            if (header == 0)
            {
                break; // padding
            }

            specs.Add(LearnSpec.Read(header, ref body));
        }

        return learn with { Specs = specs };
    }
}

/// <summary>What a learned flow does with some bits.</summary>
public enum LearnTarget
{
    Match,
    Load,
    Output,
}

/// <summary>One part of a learned flow: bits of the packet, or given ones, that it matches, loads, or outputs to.</summary>
/// <param name="Target">What becomes of them.</param>
/// <param name="From">Where they come from; null: they are <paramref name="Value"/>.</param>
/// <param name="Value">The bits, when they are given.</param>
/// <param name="To">Which part of a field they are matched against or loaded into; null for output.</param>
/// <param name="Bits">How many.</param>
public readonly record struct LearnSpec(LearnTarget Target, FieldPart? From, UInt128 Value, FieldPart? To, int Bits)
{
    private const int Immediate = 1 << 13;

    internal static LearnSpec Read(int header, ref OfReader body)
    {
        int bits = header & 0x7FF;
        var target = ((header >> 11) & 3) switch
        {
            0 => LearnTarget.Match,
            1 => LearnTarget.Load,
            2 => LearnTarget.Output,
            _ => throw new OpenFlowException(ErrorCode.BadActionBadArgument, $"learn spec 0x{header:x4}"),
        };
        FieldPart? from = null;
        UInt128 value = 0;
        if ((header & Immediate) != 0)
        {
            value = body.Number((bits + 15) / 16 * 2);
        }
        else
        {
            from = ReadPart(ref body, bits);
        }

        return new LearnSpec(target, from, value, target == LearnTarget.Output ? null : ReadPart(ref body, bits), bits);
    }

    internal void Write(OfWriter writer)
    {
        writer.U16((From is null ? Immediate : 0) | ((int)Target << 11) | Bits);
        if (From is { } from)
        {
            WritePart(writer, from);
        }
        else
        {
            writer.Number(Value, (Bits + 15) / 16 * 2);
        }

        if (To is { } to)
        {
            WritePart(writer, to);
        }
    }

    private static FieldPart ReadPart(ref OfReader body, int bits)
    {
        var field = FieldPart.ReadField(ref body);
        return FieldPart.Checked(new FieldPart(field, body.U16(), bits));
    }

    private static void WritePart(OfWriter writer, FieldPart part)
    {
        FieldMatch.WriteHeader(writer, part.Field, older: true);
        writer.U16(part.Offset);
    }
}
