using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.OvsProtocol.OpenFlow.Messages;

/// <summary>The versions that one end speaks (OpenFlow 1.3.5, section 7.5.1).</summary>
public static class Hello
{
    private const int BitmapElement = 1;

    public static OpenFlowMessage Write(uint versions, uint xid)
    {
        var highest = (OpenFlowVersion)(31 - System.Numerics.BitOperations.LeadingZeroCount(versions));
        return OpenFlowMessage.Of(highest, MessageType.Hello, xid, body =>
        {
            body.U16(BitmapElement);
            body.U16(8);
            body.U32(versions);
        });
    }

    /// <summary>A bit for each version; without the bitmap all up to the one in the header.</summary>
    public static uint Versions(OpenFlowMessage hello)
    {
        ArgumentNullException.ThrowIfNull(hello);
        var reader = new OfReader(hello.Body.Span);
        while (reader.Left >= 4)
        {
            int type = reader.U16();
            int length = reader.U16();
            if (length < 4 || length - 4 > reader.Left)
            {
                break;
            }

            if (type == BitmapElement && length >= 8)
            {
                return reader.U32();
            }

            reader.Skip(Math.Min(((length + 7) / 8 * 8) - 4, reader.Left));
        }

        return (uint)((1UL << ((byte)hello.Version + 1)) - 2);
    }

    /// <summary>The highest version that both speak; null: there is none.</summary>
    public static OpenFlowVersion? Agreed(uint mine, uint theirs)
        => (mine & theirs) is not 0 and var both ? (OpenFlowVersion)(31 - System.Numerics.BitOperations.LeadingZeroCount(both)) : null;

    public static uint Bit(OpenFlowVersion version) => 1u << (byte)version;
}
