using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.OvsProtocol.OpenFlow.Fields;

/// <summary>What a flow matches: fields in the order of <see cref="FieldId"/>, each once (OpenFlow 1.3.5, section 7.2.3).</summary>
public sealed class FlowMatch : IEquatable<FlowMatch>
{
    private const int OxmType = 1;

    public static readonly FlowMatch Any = new([]);

    private readonly FieldMatch[] _fields;

    public FlowMatch(IEnumerable<FieldMatch> fields) => _fields = [.. fields.Where(field => field.Mask != 0).OrderBy(field => field.Id)];

    public IReadOnlyList<FieldMatch> Fields => _fields;

    /// <summary>What a field must be; null: it may be anything.</summary>
    public FieldMatch? this[FieldId id] => Array.FindIndex(_fields, field => field.Id == id) is >= 0 and var at ? _fields[at] : null;

    /// <summary>Reads an ofp_match with its padding.</summary>
    public static FlowMatch Read(ref OfReader reader)
    {
        int type = reader.U16();
        int length = reader.U16();
        if (type != OxmType)
        {
            throw new OpenFlowException(ErrorCode.BadMatchBadType, $"match type {type}");
        }

        if (length < 4)
        {
            throw new OpenFlowException(ErrorCode.BadMatchBadLength, $"match of {length} bytes");
        }

        var match = ReadFields(reader.Take(length - 4));
        reader.Skip(((length + 7) / 8 * 8) - length);
        return match;
    }

    /// <summary>Reads entries back to back.</summary>
    public static FlowMatch ReadFields(ReadOnlySpan<byte> bytes)
    {
        var reader = new OfReader(bytes);
        var fields = new List<FieldMatch>();
        while (!reader.AtEnd)
        {
            var field = FieldMatch.Read(ref reader);
            if (fields.Exists(other => other.Id == field.Id))
            {
                throw new OpenFlowException(ErrorCode.BadMatchDuplicateField, $"{field.Field.Name} twice");
            }

            fields.Add(field);
        }

        return new FlowMatch(fields);
    }

    public void Write(OfWriter writer, OpenFlowVersion version)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int start = writer.Length;
        writer.U16(OxmType);
        int length = writer.Later16();
        foreach (var field in _fields.OrderBy(field => WireOrder(field.Id)))
        {
            field.Write(writer, version);
        }

        writer.Patch16(length, writer.Length - start);
        writer.Pad8(start);
    }

    /// <summary>Whether every packet that this matches is matched by the other too: how a non-strict change selects flows.</summary>
    public bool IsWithin(FlowMatch wider)
    {
        ArgumentNullException.ThrowIfNull(wider);
        foreach (var wanted in wider._fields)
        {
            if (this[wanted.Id] is not { } mine || (mine.Mask & wanted.Mask) != wanted.Mask || (mine.Value & wanted.Mask) != wanted.Value)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether some packet is matched by both.</summary>
    public bool Overlaps(FlowMatch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var mine in _fields)
        {
            if (other[mine.Id] is { } theirs && ((mine.Value ^ theirs.Value) & mine.Mask & theirs.Mask) != 0)
            {
                return false;
            }
        }

        return true;
    }

    public bool Equals(FlowMatch? other) => other is not null && _fields.AsSpan().SequenceEqual(other._fields);

    public override bool Equals(object? obj) => Equals(obj as FlowMatch);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var field in _fields)
        {
            hash.Add(field);
        }

        return hash.ToHashCode();
    }

    /// <summary>The order in which Open vSwitch writes: the port, the packet's layers, then what is not of the packet.</summary>
    private static int WireOrder(FieldId id) => id switch
    {
        FieldId.InPort => -1,
        FieldId.EthSrc => (int)FieldId.EthDst - 1,
        >= FieldId.EthDst => (int)id,
        FieldId.TunnelId or FieldId.TunnelIpv4Src or FieldId.TunnelIpv4Dst => 1000 + (int)id,
        >= FieldId.Reg0 and <= FieldId.Xxreg3 => 2000 + (int)id,
        FieldId.Metadata => 4000,
        _ => 3000 + (int)id,
    };
}
