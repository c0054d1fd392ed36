using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.OvsProtocol.OpenFlow.Fields;

/// <summary>One field of a match: the bits that count, and what they must be.</summary>
public readonly record struct FieldMatch(FieldId Id, UInt128 Value, UInt128 Mask)
{
    /// <summary>TCP flags in OpenFlow 1.3 are an extension of the ONF's: this vendor, this number.</summary>
    private const uint Onf = 0x4F4E4600;
    private const int ExperimenterClass = 0xFFFF;
    private const int OnfTcpFlags = 42;

    public Field Field => Field.Of(Id);

    public bool IsExact => Mask == Field.AllOnes;

    public static FieldMatch Exact(FieldId id, UInt128 value) => new(id, value, Field.Of(id).AllOnes);

    /// <summary>Reads one OXM or NXM entry.</summary>
    /// <exception cref="OpenFlowException">The field is unknown, or its value has bits outside the mask.</exception>
    public static FieldMatch Read(ref OfReader reader)
    {
        var (field, masked, length) = ReadHeader(ref reader);
        int bytes = masked ? length / 2 : length;
        if (bytes != field.Bytes || (masked && length % 2 != 0))
        {
            throw new OpenFlowException(ErrorCode.BadMatchBadLength, $"{field.Name} has {length} bytes");
        }

        var value = reader.Number(bytes);
        var mask = masked ? reader.Number(bytes) : field.AllOnes;
        if ((value & ~mask) != 0)
        {
            throw new OpenFlowException(ErrorCode.BadMatchBadMask, $"{field.Name} has bits that its mask excludes");
        }

        return (value & ~field.AllOnes) == 0
            ? new FieldMatch(field.Id, value, mask & field.AllOnes)
            : throw new OpenFlowException(ErrorCode.BadMatchBadValue, $"{field.Name} has {field.Bits} bits only");
    }

    /// <summary>Reads the header of an entry: which field, whether a mask follows, how many bytes follow.</summary>
    public static (Field Field, bool Masked, int Length) ReadHeader(ref OfReader reader)
    {
        uint header = reader.U32();
        int code = (int)(header >> 9);
        bool masked = (header & 0x100) != 0;
        int length = (int)(header & 0xFF);
        if (header >> 16 == ExperimenterClass)
        {
            uint vendor = reader.U32();
            code = vendor == Onf && (code & 0x7F) == OnfTcpFlags ? Field.Of(FieldId.TcpFlags).OxmCode!.Value : -1;
            length -= 4;
        }

        return Field.OfCode(code) is { } field ? (field, masked, length)
            : throw new OpenFlowException(ErrorCode.BadMatchBadField, $"no field has the header 0x{header:x8}");
    }

    /// <summary>The header of a whole field, without a mask: as parts of fields name it.</summary>
    public static void WriteHeader(OfWriter writer, Field field, bool older)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(field);
        int code = (older ? field.NxmCode ?? field.OxmCode : field.OxmCode ?? field.NxmCode)!.Value;
        writer.U32(((uint)code << 9) | (uint)field.Bytes);
    }

    /// <param name="writer">Where to.</param>
    /// <param name="version">Of OpenFlow: 1.3 has TCP flags as an extension.</param>
    /// <param name="forceMask">Writes a mask of all ones too.</param>
    public void Write(OfWriter writer, OpenFlowVersion version, bool forceMask = false)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var field = Field;
        bool masked = forceMask || !IsExact;
        int length = field.Bytes * (masked ? 2 : 1);
        if (Id == FieldId.TcpFlags && version < OpenFlowVersion.V15)
        {
            writer.U32(((uint)ExperimenterClass << 16) | ((uint)OnfTcpFlags << 9) | (masked ? 0x100u : 0) | (uint)(length + 4));
            writer.U32(Onf);
        }
        else
        {
            writer.U32(((uint)(field.OxmCode ?? field.NxmCode)!.Value << 9) | (masked ? 0x100u : 0) | (uint)length);
        }

        writer.Number(Value, field.Bytes);
        if (masked)
        {
            writer.Number(Mask, field.Bytes);
        }
    }
}
