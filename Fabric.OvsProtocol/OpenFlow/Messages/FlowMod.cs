using Fabric.OvsProtocol.OpenFlow.Fields;
using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.OvsProtocol.OpenFlow.Messages;

/// <summary>What a flow modification does.</summary>
public enum FlowModCommand : byte
{
    Add = 0,
    Modify = 1,
    ModifyStrict = 2,
    Delete = 3,
    DeleteStrict = 4,
}

/// <summary>Flags of a flow (OpenFlow 1.3.5, section 7.3.4.2).</summary>
[Flags]
public enum FlowFlags
{
    None = 0,
    SendFlowRemoved = 1,
    CheckOverlap = 2,
    ResetCounts = 4,
    NoPacketCounts = 8,
    NoByteCounts = 16,
}

/// <summary>Adds, changes or deletes flows (OpenFlow 1.3.5, section 7.3.4.2).</summary>
public sealed record FlowMod
{
    public const byte AllTables = 255;

    public FlowModCommand Command { get; init; }

    public ulong Cookie { get; init; }

    /// <summary>Which bits of the cookie select flows to change or delete.</summary>
    public ulong CookieMask { get; init; }

    public byte Table { get; init; }

    /// <summary>In seconds; 0: never.</summary>
    public ushort IdleTimeout { get; init; }

    public ushort HardTimeout { get; init; }

    public ushort Priority { get; init; } = 0x8000;

    public uint OutPort { get; init; } = OfPort.Any;

    public uint OutGroup { get; init; } = uint.MaxValue;

    public FlowFlags Flags { get; init; }

    /// <summary>From OpenFlow 1.4 on: which flows to evict first.</summary>
    public ushort Importance { get; init; }

    public FlowMatch Match { get; init; } = FlowMatch.Any;

    public FlowInstructions Instructions { get; init; } = FlowInstructions.None;

    /// <exception cref="OpenFlowException">The body is malformed.</exception>
    public static FlowMod Read(OpenFlowMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var reader = new OfReader(message.Body.Span);
        ulong cookie = reader.U64();
        ulong mask = reader.U64();
        byte table = reader.Byte();
        byte command = reader.Byte();
        if (command > (byte)FlowModCommand.DeleteStrict)
        {
            throw new OpenFlowException(ErrorCode.FlowModBadCommand, $"no command has number {command}");
        }

        ushort idle = reader.U16();
        ushort hard = reader.U16();
        ushort priority = reader.U16();
        reader.Skip(4); // no packets are buffered here
        uint outPort = reader.U32();
        uint outGroup = reader.U32();
        var flags = (FlowFlags)reader.U16();
        ushort importance = reader.U16();
        var match = FlowMatch.Read(ref reader);
        return new FlowMod
        {
            Command = (FlowModCommand)command,
            Cookie = cookie,
            CookieMask = mask,
            Table = table,
            IdleTimeout = idle,
            HardTimeout = hard,
            Priority = priority,
            OutPort = outPort,
            OutGroup = outGroup,
            Flags = flags,
            Importance = importance,
            Match = match,
            Instructions = FlowInstructions.Read(reader.Rest()),
        };
    }

    public OpenFlowMessage Write(OpenFlowVersion version, uint xid) => OpenFlowMessage.Of(version, MessageType.FlowMod, xid, body =>
    {
        body.U64(Cookie);
        body.U64(CookieMask);
        body.Byte(Table);
        body.Byte((int)Command);
        body.U16(IdleTimeout);
        body.U16(HardTimeout);
        body.U16(Priority);
        body.U32(uint.MaxValue);
        body.U32(OutPort);
        body.U32(OutGroup);
        body.U16((int)Flags);
        body.U16(version >= OpenFlowVersion.V14 ? Importance : 0);
        Match.Write(body, version);
        Instructions.WriteTo(body, version);
    });
}
