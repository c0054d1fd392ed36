using System.Buffers.Binary;

namespace Fabric.Packets.Captures;

/// <summary>
/// Writes Ethernet frames as a classic pcap file with nanosecond times, to a file, a pipe or any stream. It needs no libpcap, which
/// SharpPcap would even for a file, and cannot be pointed at a stream. Not safe for two threads at once.
/// </summary>
public sealed class PcapFileWriter : IDisposable
{
    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly byte[] _header = new byte[PcapFormat.FileHeaderLength];

    public PcapFileWriter(Stream stream, bool leaveOpen = false)
    {
        _stream = stream;
        _leaveOpen = leaveOpen;
        BinaryPrimitives.WriteUInt32LittleEndian(_header, PcapFormat.NanosecondMagic);
        BinaryPrimitives.WriteUInt16LittleEndian(_header.AsSpan(4), 2); // version 2.4
        BinaryPrimitives.WriteUInt16LittleEndian(_header.AsSpan(6), 4);
        BinaryPrimitives.WriteUInt32LittleEndian(_header.AsSpan(16), PcapFormat.SnapLength);
        BinaryPrimitives.WriteUInt32LittleEndian(_header.AsSpan(20), PcapFormat.EthernetLinkType);
        _stream.Write(_header);
    }

    public static PcapFileWriter Create(string path) => new(new BufferedStream(File.Create(path), 1 << 16));

    /// <summary>Adds a whole frame.</summary>
    public void Write(DateTimeOffset time, ReadOnlySpan<byte> frame) => Write(time, frame, frame.Length);

    /// <summary>Adds what is left of a frame whose length was once another.</summary>
    public void Write(DateTimeOffset time, ReadOnlySpan<byte> bytes, int originalLength)
    {
        long ticks = Math.Max(0, (time - DateTimeOffset.UnixEpoch).Ticks);
        var record = _header.AsSpan(0, PcapFormat.RecordHeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)(ticks / TimeSpan.TicksPerSecond));
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], (uint)(ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick));
        BinaryPrimitives.WriteUInt32LittleEndian(record[8..], (uint)bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record[12..], (uint)originalLength);
        _stream.Write(record);
        _stream.Write(bytes);
    }

    /// <summary>Lets a reader at the other end see what was written so far.</summary>
    public void Flush() => _stream.Flush();

    public void Dispose()
    {
        _stream.Flush();
        if (!_leaveOpen)
        {
            _stream.Dispose();
        }
    }
}
