using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace Fabric.OvsProtocol.JsonRpc;

/// <summary>
/// JSON values back to back on a byte stream, as OVSDB and unixctl send them (RFC 7047, section 4): no length before them, and no
/// delimiter between them. One reader; writers take turns.
/// </summary>
public sealed class JsonStream : IAsyncDisposable
{
    /// <summary>The largest message taken, in bytes: a whole database with 10,000 ports has 10 MB.</summary>
    public const int LargestMessage = 64 * 1024 * 1024;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 64 };

    private readonly Stream _stream;
    private readonly PipeReader _reader;
    private readonly SemaphoreSlim _writing = new(1, 1);

    public JsonStream(Stream stream)
    {
        _stream = stream;
        _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
    }

    /// <summary>The next value, which the caller disposes of; null at the end of the stream.</summary>
    /// <exception cref="JsonException">The bytes are no JSON object or array: the stream cannot be read on.</exception>
    public async Task<JsonDocument?> ReadAsync(CancellationToken cancellation = default)
    {
        var scan = default(Scan);
        while (true)
        {
            var read = await _reader.ReadAsync(cancellation).ConfigureAwait(false);
            var buffer = read.Buffer;
            if (scan.Bytes == 0)
            {
                buffer = buffer.Slice(SkipSpace(buffer));
            }

            if (scan.Reaches(buffer))
            {
                var document = JsonDocument.Parse(buffer.Slice(0, scan.Bytes).ToArray(), Reading);
                _reader.AdvanceTo(buffer.GetPosition(scan.Bytes));
                return document;
            }

            if (read.IsCompleted)
            {
                return buffer.IsEmpty ? null : throw new JsonException("The stream ended within a message.");
            }

            if (buffer.Length > LargestMessage)
            {
                throw new JsonException($"A message is longer than {LargestMessage} bytes.");
            }

            _reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>Writes one value in one piece.</summary>
    public async Task WriteAsync(Action<Utf8JsonWriter> write, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(json);
        }

        await _writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await _stream.WriteAsync(bytes.WrittenMemory, cancellation).ConfigureAwait(false);
            await _stream.FlushAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.CompleteAsync().ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        _writing.Dispose();
    }

    private static SequencePosition SkipSpace(ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        reader.AdvancePastAny((byte)' ', (byte)'\n', (byte)'\r', (byte)'\t');
        return reader.Position;
    }

    /// <summary>How far the message at the start of the buffer was looked through: each byte once, however it arrives.</summary>
    private struct Scan
    {
        private JsonReaderState _state;
        private int _depth;

        /// <summary>Looked through so far; the length of the message once it is whole.</summary>
        public long Bytes { get; private set; }

        public bool Reaches(ReadOnlySequence<byte> buffer)
        {
            var state = Bytes == 0 ? new JsonReaderState(new JsonReaderOptions { MaxDepth = Reading.MaxDepth }) : _state;
            var reader = new Utf8JsonReader(buffer.Slice(Bytes), isFinalBlock: false, state);
            bool whole = false;
            while (!whole && reader.Read())
            {
                _depth += reader.TokenType switch
                {
                    JsonTokenType.StartObject or JsonTokenType.StartArray => 1,
                    JsonTokenType.EndObject or JsonTokenType.EndArray => -1,
                    _ when _depth == 0 => throw new JsonException("A message is an object."),
                    _ => 0,
                };
                whole = _depth == 0;
            }

            Bytes += reader.BytesConsumed;
            _state = reader.CurrentState;
            return whole;
        }
    }
}
