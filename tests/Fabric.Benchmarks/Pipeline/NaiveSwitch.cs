using System.Buffers.Binary;

namespace Fabric.Benchmarks.Pipeline;

/// <summary>
/// The same established-flow work as anyone would first write it: fields read one by one, a dictionary of connections and one of
/// endpoints, a new array for the encapsulated packet. No checks of malformed frames, no TCP state, no per-rule counters: less work.
/// </summary>
internal sealed class NaiveSwitch
{
    private readonly Dictionary<(uint Source, uint Destination, byte Protocol, ushort FromPort, ushort ToPort), Connection> _connections = [];
    private readonly Dictionary<uint, Endpoint> _endpoints = [];
    private readonly Dictionary<string, long> _counters = [];

    public void Learn(ReadOnlySpan<byte> frame)
    {
        var flow = FlowOf(frame);
        _connections[flow] = new Connection();
        _endpoints[flow.Destination] = new Endpoint([2, 0, 10, 2, 0, 6], 71682);
    }

    public byte[] Forward(ReadOnlySpan<byte> frame)
    {
        var flow = FlowOf(frame);
        var connection = _connections[flow];
        connection.Packets++;
        connection.Bytes += frame.Length;
        var endpoint = _endpoints[flow.Destination];
        _counters["rx_packets"] = _counters.GetValueOrDefault("rx_packets") + 1;
        _counters["uplink_tx"] = _counters.GetValueOrDefault("uplink_tx") + 1;

        var packet = new byte[16 + frame.Length - 4];
        packet[0] = 2;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), 0x6558);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), endpoint.Vni << 8);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(8), 0x0104);
        packet[11] = 1;
        endpoint.Mac.CopyTo(packet, 16);
        frame[6..12].CopyTo(packet.AsSpan(22));
        frame[16..].CopyTo(packet.AsSpan(28));
        var ip = packet.AsSpan(30);
        ip[8]--;
        ip[10] = 0;
        ip[11] = 0;
        uint sum = 0;
        for (int word = 0; word < 20; word += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(ip[word..]);
        }

        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], (ushort)~sum);
        return packet;
    }

    private static (uint Source, uint Destination, byte Protocol, ushort FromPort, ushort ToPort) FlowOf(ReadOnlySpan<byte> frame)
    {
        var ip = frame[18..];
        return (
            BinaryPrimitives.ReadUInt32BigEndian(ip[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(ip[16..]),
            ip[9],
            BinaryPrimitives.ReadUInt16BigEndian(ip[20..]),
            BinaryPrimitives.ReadUInt16BigEndian(ip[22..]));
    }

    private sealed class Connection
    {
        public long Packets { get; set; }

        public long Bytes { get; set; }
    }

    private sealed record Endpoint(byte[] Mac, uint Vni);
}
