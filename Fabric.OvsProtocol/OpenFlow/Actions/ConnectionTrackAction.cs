using System.Buffers.Binary;
using System.Net;
using Fabric.OvsProtocol.OpenFlow.Fields;
using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.OvsProtocol.OpenFlow.Actions;

/// <summary>Tracks the packet's connection, then looks it up again in a table (NXAST_CT, ovs-actions(7)).</summary>
public sealed record ConnectionTrackAction : FlowAction
{
    private const int CommitFlag = 1;
    private const int ForceFlag = 2;

    /// <summary>Remembers the connection if it is new.</summary>
    public bool Commit { get; init; }

    /// <summary>Starts it anew when the packet comes the other way.</summary>
    public bool Force { get; init; }

    public ushort Zone { get; init; }

    /// <summary>The zone is read from here; null: it is <see cref="Zone"/>.</summary>
    public FieldPart? ZoneFrom { get; init; }

    /// <summary>Where the packet goes on, tracked; null: it does not, only its connection is dealt with.</summary>
    public byte? Table { get; init; }

    /// <summary>The port of an application's protocol whose further connections are expected (21: FTP, 69: TFTP); 0: none.</summary>
    public ushort Alg { get; init; }

    /// <summary>How addresses are translated; null: not at all.</summary>
    public NatAction? Nat { get; init; }

    /// <summary>What is written to the connection's mark and label when it is committed.</summary>
    public IReadOnlyList<FlowAction> Exec { get; init; } = [];

    public override void Write(OfWriter writer, OpenFlowVersion version) => Nicira(writer, 35, body =>
    {
        body.U16((Commit ? CommitFlag : 0) | (Force ? ForceFlag : 0));
        if (ZoneFrom is { } part)
        {
            FieldMatch.WriteHeader(body, part.Field, older: true);
            body.U16(part.OffsetAndBits);
        }
        else
        {
            body.U32(0);
            body.U16(Zone);
        }

        body.Byte(Table ?? 255);
        body.Zeros(3);
        body.U16(Alg);
        Nat?.Write(body, version);
        WriteAll(Exec, body, version);
    });

    public bool Equals(ConnectionTrackAction? other)
        => other is not null && (Commit, Force, Zone, ZoneFrom, Table, Alg, Nat) == (other.Commit, other.Force, other.Zone, other.ZoneFrom, other.Table, other.Alg, other.Nat)
            && Exec.SequenceEqual(other.Exec);

    public override int GetHashCode() => HashCode.Combine(Commit, Zone, ZoneFrom, Table, Nat);

    internal static ConnectionTrackAction Read(ref OfReader body)
    {
        int flags = body.U16();
        uint header = body.U32();
        int zone = body.U16();
        byte table = body.Byte();
        body.Skip(3);
        ushort alg = body.U16();
        FieldPart? from = null;
        if (header != 0)
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, header);
            var field = new OfReader(bytes);
            from = FieldPart.Read(zone, ref field);
        }

        var nested = ActionReader.ReadAll(body.Rest());
        return new ConnectionTrackAction
        {
            Commit = (flags & CommitFlag) != 0,
            Force = (flags & ForceFlag) != 0,
            Zone = from is null ? (ushort)zone : (ushort)0,
            ZoneFrom = from,
            Table = table == 255 ? null : table,
            Alg = alg,
            Nat = nested.OfType<NatAction>().FirstOrDefault(),
            Exec = [.. nested.Where(action => action is not NatAction)],
        };
    }
}

/// <summary>Translates addresses while a connection is tracked (NXAST_NAT, within ct).</summary>
public sealed record NatAction : FlowAction
{
    private const int SourceFlag = 1;
    private const int DestinationFlag = 2;

    /// <summary>Of a new connection the source is translated.</summary>
    public bool Source { get; init; }

    /// <summary>Of a new connection the destination is translated. Neither: packets of known connections are, as those say.</summary>
    public bool Destination { get; init; }

    /// <summary>Persistent 4, hash 8, random 16.</summary>
    public int Flags { get; init; }

    public IPAddress? AddressLeast { get; init; }

    public IPAddress? AddressMost { get; init; }

    public ushort? PortLeast { get; init; }

    public ushort? PortMost { get; init; }

    public override void Write(OfWriter writer, OpenFlowVersion version) => Nicira(writer, 36, body =>
    {
        body.Zeros(2);
        body.U16((Source ? SourceFlag : 0) | (Destination ? DestinationFlag : 0) | Flags);
        bool v6 = AddressLeast?.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        int shift = v6 ? 2 : 0;
        body.U16((AddressLeast is null ? 0 : 1 << shift) | (AddressMost is null ? 0 : 2 << shift) | (PortLeast is null ? 0 : 16) | (PortMost is null ? 0 : 32));
        body.Bytes(AddressLeast?.GetAddressBytes() ?? []);
        body.Bytes(AddressMost?.GetAddressBytes() ?? []);
        if (PortLeast is { } least)
        {
            body.U16(least);
        }

        if (PortMost is { } most)
        {
            body.U16(most);
        }
    });

    internal static NatAction Read(ref OfReader body)
    {
        body.Skip(2);
        int flags = body.U16();
        int present = body.U16();
        IPAddress? least = Address(ref body, present, 1, 4);
        IPAddress? most = Address(ref body, present, 2, 8);
        return new NatAction
        {
            Source = (flags & SourceFlag) != 0,
            Destination = (flags & DestinationFlag) != 0,
            Flags = flags & ~(SourceFlag | DestinationFlag),
            AddressLeast = least,
            AddressMost = most,
            PortLeast = (present & 16) != 0 ? body.U16() : null,
            PortMost = (present & 32) != 0 ? body.U16() : null,
        };
    }

    private static IPAddress? Address(ref OfReader body, int present, int v4, int v6)
        => (present & v4) != 0 ? new IPAddress(body.Take(4)) : (present & v6) != 0 ? new IPAddress(body.Take(16)) : null;
}
