using Fabric.NodeOvs.Ovsdb.Rows;
using Fabric.OvsProtocol.OpenFlow;
using Fabric.OvsProtocol.Ovsdb;
using Fabric.Packets.Addresses;

namespace Fabric.NodeOvs.Running;

/// <summary>What the switch tells of an interface in its row (ovs-vswitchd.conf.db(5), "Interface Status").</summary>
internal static class InterfaceStatus
{
    private const long LocalNumber = 65534;

    public static Row Write(Row row, RunningInterface each)
    {
        var port = each.Port;
        long number = port is null ? -1 : port.Number == OfPort.Local ? LocalNumber : port.Number;
        row = With(row, "ofport", Datum.Of(Atom.Of(number)));
        row = With(row, "error", each.Error is { } error ? Datum.Of(Atom.Of(error)) : Datum.Empty);
        row = With(row, "mac_in_use", port is { Mac: not 0 } ? Datum.Of(Atom.Of(new MacAddress(port.Mac).ToString())) : Datum.Empty);
        row = With(row, "mtu", each.Device is { } device ? Datum.Of(Atom.Of((long)device.Link.Mtu)) : Datum.Empty);
        var state = port is null ? Datum.Empty : Datum.Of(Atom.Of(port.IsUp ? "up" : "down"));
        row = With(row, "admin_state", state);
        return With(row, "link_state", state);
    }

    /// <summary>The counters, by the names that Open vSwitch gives them.</summary>
    public static Row WriteStatistics(Row row, RunningInterface each)
    {
        if (each.Port?.Counters is not { } counters)
        {
            return row;
        }

        (string Name, long Value)[] statistics =
        [
            ("rx_packets", counters.ReceivedPackets), ("rx_bytes", counters.ReceivedBytes), ("rx_dropped", counters.ReceiveDrops), ("rx_errors", counters.ReceiveErrors),
            ("tx_packets", counters.SentPackets), ("tx_bytes", counters.SentBytes), ("tx_dropped", counters.SendDrops), ("tx_errors", 0),
        ];
        return With(row, "statistics", Datum.OfMap(statistics.Select(each => KeyValuePair.Create(Atom.Of(each.Name), Atom.Of(each.Value)))));
    }

    private static Row With(Row row, string column, Datum datum) => row.With(row.Table.PlaceOf(column), datum);
}
