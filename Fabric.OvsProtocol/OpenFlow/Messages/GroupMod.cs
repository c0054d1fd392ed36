using Fabric.OvsProtocol.OpenFlow.Actions;
using Fabric.OvsProtocol.OpenFlow.Fields;
using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.OvsProtocol.OpenFlow.Messages;

/// <summary>How a group uses its buckets (OpenFlow 1.3.5, section 5.6.1).</summary>
public enum GroupType : byte
{
    All = 0,
    Select = 1,
    Indirect = 2,
    FastFailover = 3,
}

/// <summary>What a group modification does; the last two are OpenFlow 1.5's.</summary>
public enum GroupModCommand : ushort
{
    Add = 0,
    Modify = 1,
    Delete = 2,
    InsertBucket = 3,
    RemoveBucket = 5,
}

/// <summary>One choice of a group.</summary>
public sealed record Bucket
{
    public uint Id { get; init; }

    public ushort Weight { get; init; } = 100;

    public uint WatchPort { get; init; } = OfPort.Any;

    public uint WatchGroup { get; init; } = uint.MaxValue;

    public IReadOnlyList<FlowAction> Actions { get; init; } = [];

    public bool Equals(Bucket? other)
        => other is not null && (Id, Weight, WatchPort, WatchGroup) == (other.Id, other.Weight, other.WatchPort, other.WatchGroup) && Actions.SequenceEqual(other.Actions);

    public override int GetHashCode() => HashCode.Combine(Id, Weight, Actions.Count);
}

/// <summary>How a select group chooses: Netronome's extension to OpenFlow 1.5, which Open vSwitch takes.</summary>
/// <param name="Method">hash, or dp_hash; empty: as the switch likes.</param>
/// <param name="Parameter">The method's.</param>
/// <param name="Fields">What is hashed, where a method takes that.</param>
public sealed record SelectionMethod(string Method, ulong Parameter, FlowMatch Fields)
{
    public static readonly SelectionMethod Any = new("", 0, FlowMatch.Any);
}

/// <summary>Adds, changes or deletes a group (OpenFlow 1.3.5, section 7.3.4.3; OpenFlow 1.5.1, section 7.3.4.4).</summary>
public sealed record GroupMod
{
    public const uint AllGroups = 0xFFFFFFFC;
    public const uint AllBuckets = 0xFFFFFFFF;
    public const uint LastBucket = 0xFFFFFFFE;
    public const uint FirstBucket = 0xFFFFFFFD;

    private const uint Netronome = 0x0000154D;
    private const int SelectionMethodType = 1;

    public GroupModCommand Command { get; init; }

    public GroupType Type { get; init; }

    public uint Group { get; init; }

    /// <summary>Before or which bucket, in OpenFlow 1.5's bucket commands.</summary>
    public uint CommandBucket { get; init; } = AllBuckets;

    public IReadOnlyList<Bucket> Buckets { get; init; } = [];

    public SelectionMethod Selection { get; init; } = SelectionMethod.Any;

    /// <exception cref="OpenFlowException">The body is malformed.</exception>
    public static GroupMod Read(OpenFlowMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var reader = new OfReader(message.Body.Span);
        ushort command = reader.U16();
        byte type = reader.Byte();
        reader.Skip(1);
        uint group = reader.U32();
        if (!Enum.IsDefined((GroupModCommand)command))
        {
            throw new OpenFlowException(ErrorCode.GroupModBadCommand, $"no command has number {command}");
        }

        if (!Enum.IsDefined((GroupType)type))
        {
            throw new OpenFlowException(ErrorCode.GroupModBadType, $"no group has type {type}");
        }

        var mod = new GroupMod { Command = (GroupModCommand)command, Type = (GroupType)type, Group = group };
        if (message.Version < OpenFlowVersion.V15)
        {
            return mod with { Buckets = ReadBuckets(reader.Rest()) };
        }

        int length = reader.U16();
        reader.Skip(2);
        mod = mod with { CommandBucket = reader.U32(), Buckets = ReadNewerBuckets(reader.Take(length)) };
        return mod with { Selection = ReadProperties(reader.Rest()) };
    }

    public OpenFlowMessage Write(OpenFlowVersion version, uint xid) => OpenFlowMessage.Of(version, MessageType.GroupMod, xid, body =>
    {
        body.U16((int)Command);
        body.Byte((int)Type);
        body.Zeros(1);
        body.U32(Group);
        if (version < OpenFlowVersion.V15)
        {
            WriteBuckets(body, Buckets, version);
            return;
        }

        int length = body.Later16();
        body.Zeros(2);
        body.U32(CommandBucket);
        int start = body.Length;
        WriteBuckets(body, Buckets, version);
        body.Patch16(length, body.Length - start);
        WriteProperties(body, Selection, version);
    });

    /// <summary>Buckets back to back, as group messages and descriptions of groups carry them.</summary>
    public static void WriteBuckets(OfWriter writer, IReadOnlyList<Bucket> buckets, OpenFlowVersion version)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(buckets);
        foreach (var bucket in buckets)
        {
            int start = writer.Length;
            int length = writer.Later16();
            if (version < OpenFlowVersion.V15)
            {
                writer.U16(bucket.Weight);
                writer.U32(bucket.WatchPort);
                writer.U32(bucket.WatchGroup);
                writer.Zeros(4);
                FlowAction.WriteAll(bucket.Actions, writer, version);
            }
            else
            {
                int actionsLength = writer.Later16();
                writer.U32(bucket.Id);
                int actions = writer.Length;
                FlowAction.WriteAll(bucket.Actions, writer, version);
                writer.Patch16(actionsLength, writer.Length - actions);
                WriteBucketProperties(writer, bucket);
            }

            writer.Patch16(length, writer.Length - start);
        }
    }

    public static void WriteProperties(OfWriter writer, SelectionMethod selection, OpenFlowVersion version)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(selection);
        if (selection.Method.Length == 0)
        {
            return;
        }

        int start = writer.Length;
        writer.U16(0xFFFF);
        int length = writer.Later16();
        writer.U32(Netronome);
        writer.U32(SelectionMethodType);
        writer.Zeros(4);
        writer.Text(selection.Method, 16);
        writer.U64(selection.Parameter);
        foreach (var field in selection.Fields.Fields)
        {
            field.Write(writer, version);
        }

        writer.Patch16(length, writer.Length - start);
        writer.Pad8(start);
    }

    private static void WriteBucketProperties(OfWriter writer, Bucket bucket)
    {
        writer.U16(0);
        writer.U16(8);
        writer.U16(bucket.Weight);
        writer.Zeros(2);
        foreach (var (type, watched) in new[] { (1, bucket.WatchPort), (2, bucket.WatchGroup) })
        {
            if (watched != uint.MaxValue)
            {
                writer.U16(type);
                writer.U16(8);
                writer.U32(watched);
            }
        }
    }

    private static List<Bucket> ReadBuckets(ReadOnlySpan<byte> bytes)
    {
        var reader = new OfReader(bytes);
        var buckets = new List<Bucket>();
        while (!reader.AtEnd)
        {
            int length = reader.U16();
            if (length < 16 || length - 2 > reader.Left)
            {
                throw new OpenFlowException(ErrorCode.GroupModBadBucket, $"a bucket of {length} bytes");
            }

            var body = new OfReader(reader.Take(length - 2));
            var bucket = new Bucket { Id = (uint)buckets.Count, Weight = body.U16(), WatchPort = body.U32(), WatchGroup = body.U32() };
            body.Skip(4);
            buckets.Add(bucket with { Actions = ActionReader.ReadAll(body.Rest()) });
        }

        return buckets;
    }

    private static List<Bucket> ReadNewerBuckets(ReadOnlySpan<byte> bytes)
    {
        var reader = new OfReader(bytes);
        var buckets = new List<Bucket>();
        while (!reader.AtEnd)
        {
            int length = reader.U16();
            if (length < 8 || length - 2 > reader.Left)
            {
                throw new OpenFlowException(ErrorCode.GroupModBadBucket, $"a bucket of {length} bytes");
            }

            var body = new OfReader(reader.Take(length - 2));
            int actions = body.U16();
            var bucket = new Bucket { Id = body.U32() };
            bucket = bucket with { Actions = ActionReader.ReadAll(body.Take(actions)) };
            while (body.Left >= 8)
            {
                int type = body.U16();
                int size = body.U16();
                switch (type)
                {
                    case 0:
                        bucket = bucket with { Weight = body.U16() };
                        body.Skip(2);
                        break;
                    case 1:
                        bucket = bucket with { WatchPort = body.U32() };
                        break;
                    case 2:
                        bucket = bucket with { WatchGroup = body.U32() };
                        break;
                    default:
                        body.Skip(((size + 7) / 8 * 8) - 4);
                        break;
                }
            }

            buckets.Add(bucket);
        }

        return buckets;
    }

    private static SelectionMethod ReadProperties(ReadOnlySpan<byte> bytes)
    {
        var reader = new OfReader(bytes);
        var selection = SelectionMethod.Any;
        while (reader.TryProperty(out int type, out var value))
        {
            var body = new OfReader(value);
            if (type == 0xFFFF && body.Left >= 36 && body.U32() == Netronome && body.U32() == SelectionMethodType)
            {
                body.Skip(4);
                selection = new SelectionMethod(body.Text(16), body.U64(), FlowMatch.ReadFields(body.Rest()));
            }
        }

        return selection;
    }
}
