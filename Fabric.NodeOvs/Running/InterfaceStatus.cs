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

    private static Row With(Row row, string column, Datum datum) => row.With(row.Table.PlaceOf(column), datum);
}
