using System.Buffers.Binary;
using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.OvsProtocol.OpenFlow.Messages;

/// <summary>One message as it came: its header, and what follows (OpenFlow 1.3.5, section 7.1.1).</summary>
public sealed record OpenFlowMessage(OpenFlowVersion Version, MessageType Type, uint Xid, ReadOnlyMemory<byte> Body)
{
    public const int HeaderLength = 8;

    /// <summary>The message whole, as it stood on the wire.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[HeaderLength + Body.Length];
        bytes[0] = (byte)Version;
        bytes[1] = (byte)Type;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), checked((ushort)bytes.Length));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), Xid);
        Body.Span.CopyTo(bytes.AsSpan(HeaderLength));
        return bytes;
    }

    public static OpenFlowMessage Of(OpenFlowVersion version, MessageType type, uint xid, Action<OfWriter>? body = null)
    {
        var writer = new OfWriter();
        body?.Invoke(writer);
        return new OpenFlowMessage(version, type, xid, writer.ToArray());
    }

    /// <exception cref="OpenFlowException">The bytes are not one whole message.</exception>
    public static OpenFlowMessage Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength || BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) != bytes.Length)
        {
            throw OpenFlowException.BadLength($"a message of {bytes.Length} bytes");
        }

        return new OpenFlowMessage((OpenFlowVersion)bytes[0], (MessageType)bytes[1], BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]), bytes[HeaderLength..].ToArray());
    }
}
