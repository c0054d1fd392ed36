using System.Runtime.CompilerServices;
using Fabric.OvsProtocol.OpenFlow.Fields;

namespace Fabric.NodeOvs.Datapath.Fields;

/// <summary>
/// Every field of a packet and of its passage, packed into words of 64 bits so that a match is a few masked comparisons. The first
/// <see cref="KeyWords"/> words are what a packet brings with it, and the key of the flow cache; the rest is registers and the like.
/// </summary>
[InlineArray(Count)]
internal struct PacketFields
{
    public const int Count = 34;

    /// <summary>The words that say which flow a packet is of.</summary>
    public const int KeyWords = 16;

    public const int PortAndPass = 0;
    public const int CtStateZoneMark = 1;
    public const int CtLabel = 2;
    public const int EthDstAndTci = 4;
    public const int EthSrcAndType = 5;
    public const int IpSource = 6;
    public const int IpDestination = 8;
    public const int PortsFlagsArpOp = 10;
    public const int ProtoTosTtlFragLabel = 11;
    public const int Sha = 12;
    public const int Tha = 13;
    public const int NdTarget = 14;
    public const int Metadata = 16;
    public const int Registers = 20;

    /// <summary>In the VLAN control word: there is a tag.</summary>
    public const ushort VlanPresent = 0x1000;

    private ulong _first;

    public ulong this[FieldSlot slot]
    {
        readonly get => (this[slot.Word] >> slot.Shift) & slot.Ones;
        set => this[slot.Word] = (this[slot.Word] & ~(slot.Ones << slot.Shift)) | ((value & slot.Ones) << slot.Shift);
    }

    public readonly UInt128 Get(FieldId id)
    {
        var slot = FieldSlot.Of(id);
        return slot.IsWide ? new UInt128(this[slot.Word], this[slot.Word + 1]) : this[slot];
    }

    public void Set(FieldId id, UInt128 value)
    {
        var slot = FieldSlot.Of(id);
        if (slot.IsWide)
        {
            this[slot.Word] = (ulong)(value >> 64);
            this[slot.Word + 1] = (ulong)value;
        }
        else
        {
            this[slot] = (ulong)value;
        }
    }

    public readonly UInt128 Get(FieldPart part) => part.From(Get(part.Id));

    public void Set(FieldPart part, UInt128 value) => Set(part.Id, part.Into(Get(part.Id), value));

    /// <summary>Writes the bits of a field that a mask names.</summary>
    public void Set(FieldMatch match) => Set(match.Id, (Get(match.Id) & ~match.Mask) | match.Value);

    /// <summary>As if no connection had been looked for.</summary>
    public void ForgetConnection()
    {
        this[CtStateZoneMark] = 0;
        this[CtLabel] = 0;
        this[CtLabel + 1] = 0;
    }

    /// <summary>As a packet is when it comes into a bridge: without connection, metadata and registers.</summary>
    public void ForgetPassage()
    {
        ForgetConnection();
        for (int word = Metadata; word < Count; word++)
        {
            this[word] = 0;
        }
    }

    public readonly bool HasTag => (this[EthDstAndTci] & VlanPresent) != 0;
}
