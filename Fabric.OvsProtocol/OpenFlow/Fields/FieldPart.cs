using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.OvsProtocol.OpenFlow.Fields;

/// <summary>Some bits of a field, as <c>NXM_NX_REG0[0..15]</c> names them: how actions read and write parts.</summary>
public readonly record struct FieldPart(FieldId Id, int Offset, int Bits)
{
    public Field Field => Field.Of(Id);

    public UInt128 Mask => (Bits == 128 ? UInt128.MaxValue : (UInt128.One << Bits) - 1) << Offset;

    public static FieldPart Whole(FieldId id) => new(id, 0, Field.Of(id).Bits);

    /// <summary>The offset and size of a part in the 16 bits that Nicira's actions give it.</summary>
    public int OffsetAndBits => (Offset << 6) | (Bits - 1);

    /// <summary>Reads a part whose 16 bits were read before its field.</summary>
    public static FieldPart Read(int offsetAndBits, ref OfReader reader)
        => Checked(new FieldPart(ReadField(ref reader), offsetAndBits >> 6, (offsetAndBits & 0x3F) + 1));

    public static FieldId ReadField(ref OfReader reader) => FieldMatch.ReadHeader(ref reader).Field.Id;

    /// <exception cref="OpenFlowException">The field has no such bits.</exception>
    public static FieldPart Checked(FieldPart part)
        => part.Offset >= 0 && part.Bits >= 1 && part.Offset + part.Bits <= part.Field.Bits ? part
            : throw new OpenFlowException(ErrorCode.BadActionBadArgument, $"{part.Field.Name} has {part.Field.Bits} bits, not [{part.Offset}..{part.Offset + part.Bits - 1}]");

    public UInt128 From(UInt128 whole) => (whole & Mask) >> Offset;

    public UInt128 Into(UInt128 whole, UInt128 value) => (whole & ~Mask) | ((value << Offset) & Mask);

    public override string ToString() => Offset == 0 && Bits == Field.Bits ? $"{Field.NxmName}[]"
        : Bits == 1 ? $"{Field.NxmName}[{Offset}]"
        : $"{Field.NxmName}[{Offset}..{Offset + Bits - 1}]";
}
