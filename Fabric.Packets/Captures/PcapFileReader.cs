using System.Buffers.Binary;

namespace Fabric.Packets.Captures;

/// <summary>
/// Reads Ethernet frames from a classic pcap file of either byte order and either time unit, from a file, a pipe or any stream.
/// For pcapng, see <see cref="CaptureFile"/>.
/// </summary>
public sealed class PcapFileReader : IDisposable
{
    private readonly Stream _stream;
    private readonly bool _isBigEndian;
    private readonly long _unitsPerSecond;
    private readonly byte[] _header = new byte[PcapFormat.FileHeaderLength];

    /// <exception cref="InvalidDataException">This is no pcap file, or not of Ethernet.</exception>
    public PcapFileReader(Stream stream)
    {
        _stream = stream;
        if (stream.ReadAtLeast(_header, _header.Length, throwOnEndOfStream: false) < _header.Length)
        {
            throw new InvalidDataException("no pcap file: it is shorter than its header");
        }

        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(_header);
        _isBigEndian = magic is not (PcapFormat.MicrosecondMagic or PcapFormat.NanosecondMagic);
        _unitsPerSecond = Number(_header) switch
        {
            PcapFormat.MicrosecondMagic => 1_000_000,
            PcapFormat.NanosecondMagic => 1_000_000_000,
            _ => throw new InvalidDataException($"no pcap file: it starts with 0x{magic:x8}"),
        };
        uint linkType = Number(_header.AsSpan(20)) & 0xFFFF;
        if (linkType != PcapFormat.EthernetLinkType)
        {
            throw new InvalidDataException($"a pcap file of link type {linkType}; only Ethernet (1) is read");
        }
    }

    public static PcapFileReader Open(string path) => new(new BufferedStream(File.OpenRead(path), 1 << 16));

    /// <summary>The next frame; false at the end, also at a frame that the file's end cuts short.</summary>
    /// <exception cref="InvalidDataException">A length makes no sense: from here on the file is damaged.</exception>
    public bool TryRead(out CapturedFrame frame)
    {
        frame = default;
        var record = _header.AsSpan(0, PcapFormat.RecordHeaderLength);
        if (_stream.ReadAtLeast(record, record.Length, throwOnEndOfStream: false) < record.Length)
        {
            return false;
        }

        uint length = Number(record[8..]);
        if (length > PcapFormat.SnapLength)
        {
            throw new InvalidDataException($"a damaged pcap file: it tells of a frame of {length} bytes");
        }

        long nanoseconds = Number(record[4..]) * (1_000_000_000 / _unitsPerSecond);
        var time = DateTimeOffset.UnixEpoch.AddSeconds(Number(record)).AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
        int originalLength = (int)Math.Min(Number(record[12..]), int.MaxValue);
        var bytes = new byte[length];
        if (_stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            return false;
        }

        frame = new CapturedFrame(time, bytes, originalLength);
        return true;
    }

    public IEnumerable<CapturedFrame> ReadAll()
    {
        while (TryRead(out var frame))
        {
            yield return frame;
        }
    }

    public void Dispose() => _stream.Dispose();

    private uint Number(ReadOnlySpan<byte> bytes)
        => _isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
