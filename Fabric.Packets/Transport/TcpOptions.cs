using System.Buffers.Binary;

namespace Fabric.Packets.Transport;

/// <summary>Kinds of TCP options (RFC 9293, section 3.1; RFC 7323).</summary>
public enum TcpOptionKind : byte
{
    End = 0,
    NoOperation = 1,
    MaximumSegmentSize = 2,
    WindowScale = 3,
    SackPermitted = 4,
    Sack = 5,
    Timestamps = 8,
}

/// <summary>One TCP option, read in place; end and padding are never handed out.</summary>
public readonly ref struct TcpOption(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public TcpOptionKind Kind => (TcpOptionKind)_bytes[0];

    public ReadOnlySpan<byte> Value => _bytes[2..];
}

/// <summary>The options of a TCP segment, one after another; ends early at one that is cut short.</summary>
public ref struct TcpOptions(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public TcpOption Current { get; private set; }

    public readonly TcpOptions GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_rest.Length > 0 && _rest[0] == (byte)TcpOptionKind.NoOperation)
        {
            _rest = _rest[1..];
        }

        if (_rest.Length < 2 || _rest[0] == (byte)TcpOptionKind.End || _rest[1] < 2 || _rest[1] > _rest.Length)
        {
            return false;
        }

        Current = new TcpOption(_rest[.._rest[1]]);
        _rest = _rest[_rest[1]..];
        return true;
    }

    /// <summary>The shift of a SYN's window scale option, 14 at most (RFC 7323, section 2.3); -1 if there is none.</summary>
    public static int WindowScaleOf(in TcpView tcp)
    {
        foreach (var option in tcp.Options)
        {
            if (option.Kind == TcpOptionKind.WindowScale && option.Value.Length == 1)
            {
                return Math.Min(option.Value[0], (byte)14);
            }
        }

        return -1;
    }

    /// <summary>A SYN's maximum segment size; 0 if it does not say.</summary>
    public static int MaximumSegmentSizeOf(in TcpView tcp)
    {
        foreach (var option in tcp.Options)
        {
            if (option.Kind == TcpOptionKind.MaximumSegmentSize && option.Value.Length == 2)
            {
                return BinaryPrimitives.ReadUInt16BigEndian(option.Value);
            }
        }

        return 0;
    }
}
