using Fabric.OvsProtocol.OpenFlow.Wire;
using Fabric.Packets.Addresses;

namespace Fabric.NodeOvs.Datapath.Connections;

/// <summary>Which connections a flush means (NXT_CT_FLUSH: a protocol, a zone, parts of the original or the reply's addresses).</summary>
internal static class ConnectionFilter
{
    public static Func<TrackedConnection, bool> Read(ReadOnlySpan<byte> body)
    {
        var reader = new OfReader(body);
        byte proto = reader.Byte();
        reader.Skip(7);
        var tests = new List<Func<TrackedConnection, bool>>();
        if (proto != 0)
        {
            tests.Add(connection => (byte)connection.Original.Protocol == proto);
        }

        while (reader.TryProperty(out int type, out var value))
        {
            switch (type)
            {
                case 0:
                    tests.AddRange(Tuple(value, isReply: false));
                    break;
                case 1:
                    tests.AddRange(Tuple(value, isReply: true));
                    break;
                case 2 when value.Length >= 2:
                    ushort zone = (ushort)((value[0] << 8) | value[1]);
                    tests.Add(connection => connection.Zone == zone);
                    break;
                default:
                    break;
            }
        }

        return connection => tests.TrueForAll(test => test(connection));
    }

    private static List<Func<TrackedConnection, bool>> Tuple(ReadOnlySpan<byte> body, bool isReply)
    {
        var tests = new List<Func<TrackedConnection, bool>>();
        var reader = new OfReader(body);
        while (reader.TryProperty(out int type, out var value))
        {
            switch (type)
            {
                case 0 or 1 when value.Length == 16:
                    var address = IpAddress.ReadIpv6(value);
                    bool source = type == 0;
                    tests.Add(connection => (source ? Key(connection).Source : Key(connection).Destination) == address);
                    break;
                case 2 or 3 when value.Length >= 2:
                    ushort port = (ushort)((value[0] << 8) | value[1]);
                    bool first = type == 2;
                    tests.Add(connection => (first ? Key(connection).SourcePort : Key(connection).DestinationPort) == port);
                    break;
                default:
                    break;
            }
        }

        return tests;

        Fabric.Packets.Flows.FlowKey Key(TrackedConnection connection) => isReply ? connection.Reply : connection.Original;
    }
}
