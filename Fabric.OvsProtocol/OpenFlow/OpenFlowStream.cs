using System.Buffers.Binary;
using Fabric.OvsProtocol.OpenFlow.Messages;
using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.OvsProtocol.OpenFlow;

/// <summary>OpenFlow messages on a byte stream, each with its length in its header. One reader; writers take turns.</summary>
public sealed class OpenFlowStream(Stream stream) : IAsyncDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly byte[] _header = new byte[OpenFlowMessage.HeaderLength];

    /// <summary>The next message; null at the end of the stream.</summary>
    /// <exception cref="OpenFlowException">The length in a header cannot be.</exception>
    /// <exception cref="IOException">The stream ended within a message.</exception>
    public async Task<OpenFlowMessage?> ReadAsync(CancellationToken cancellation = default)
    {
        int read = await stream.ReadAtLeastAsync(_header, _header.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        if (read == 0)
        {
            return null;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2));
        if (read < _header.Length || length < _header.Length)
        {
            throw OpenFlowException.BadLength($"a message of {length} bytes");
        }

        var body = new byte[length - _header.Length];
        await stream.ReadExactlyAsync(body, cancellation).ConfigureAwait(false);
        return new OpenFlowMessage((OpenFlowVersion)_header[0], (MessageType)_header[1], BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(4)), body);
    }

    public async Task WriteAsync(OpenFlowMessage message, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        await WriteAsync([message], cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes several at once, in order and with nothing between them.</summary>
    public async Task WriteAsync(IEnumerable<OpenFlowMessage> messages, CancellationToken cancellation = default)
    {
        byte[][] parts = [.. messages.Select(message => message.ToArray())];
        if (parts.Length == 0)
        {
            return;
        }

        byte[] whole = parts.Length == 1 ? parts[0] : [.. parts.SelectMany(part => part)];
        await _writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await stream.WriteAsync(whole, cancellation).ConfigureAwait(false);
            await stream.FlushAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync().ConfigureAwait(false);
        _writing.Dispose();
    }
}
