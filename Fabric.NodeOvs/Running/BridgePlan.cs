using Fabric.NodeOvs.Bridges;
using Fabric.NodeOvs.Ovsdb.Rows;
using Fabric.OvsProtocol.OpenFlow;
using Fabric.OvsProtocol.OpenFlow.Messages;
using Fabric.OvsProtocol.Ovsdb;

namespace Fabric.NodeOvs.Running;

/// <summary>An interface as the database wants it.</summary>
internal sealed record PlannedInterface(
    Guid Row, string Name, string Type, string? PatchPeer, uint? WantedPort, int? WantedMtu, VlanMode Mode, ushort Tag, IReadOnlyList<ushort> Trunks)
{
    public bool IsPatch => Type == "patch";

    public bool IsMade(string bridge) => Type is "internal" or "tap" || (Name == bridge && Type.Length == 0);
}

/// <summary>A bridge as the database wants it.</summary>
internal sealed record PlannedBridge(
    Guid Row, string Name, bool IsSecure, uint Versions, ulong? DatapathId, IReadOnlyList<string> Passive, bool HasController, IReadOnlyList<PlannedInterface> Interfaces);

/// <summary>What the database wants the switch to be, read at one moment.</summary>
internal sealed record BridgePlan(long NextConfiguration, IReadOnlyList<PlannedBridge> Bridges)
{
    /// <summary>Called while nobody writes.</summary>
    public static BridgePlan Read(Database database)
    {
        var root = database.Rows("Open_vSwitch").Values.FirstOrDefault();
        return root is null
            ? new BridgePlan(0, [])
            : new BridgePlan(
                root["next_cfg"].Single?.Integer ?? 0,
                [.. References(database, root, "bridges", "Bridge").OrderBy(bridge => Text(bridge, "name"), StringComparer.Ordinal).Select(bridge => Read(database, bridge))]);
    }

    private static PlannedBridge Read(Database database, Row bridge)
    {
        var controllers = References(database, bridge, "controller", "Controller").Select(controller => Text(controller, "target")).ToList();
        var ports = References(database, bridge, "ports", "Port").OrderBy(port => Text(port, "name"), StringComparer.Ordinal);
        return new PlannedBridge(
            bridge.Uuid,
            Text(bridge, "name"),
            bridge["fail_mode"].Single?.Text == "secure",
            Versions(bridge["protocols"]),
            bridge["other_config"].Text("datapath-id") is { } id && ulong.TryParse(id, System.Globalization.NumberStyles.AllowHexSpecifier, null, out ulong number) ? number : null,
            [.. controllers.Where(target => target.StartsWith("ptcp:", StringComparison.Ordinal) || target.StartsWith("punix:", StringComparison.Ordinal))],
            controllers.Count > 0,
            [.. ports.SelectMany(port => References(database, port, "interfaces", "Interface").OrderBy(each => Text(each, "name"), StringComparer.Ordinal).Select(each => Read(port, each)))]);
    }

    private static PlannedInterface Read(Row port, Row each)
    {
        ushort? tag = (ushort?)port["tag"].Single?.Integer;
        ushort[] trunks = [.. port["trunks"].Keys.Select(vlan => (ushort)vlan.Integer)];
        var mode = port["vlan_mode"].Single?.Text switch
        {
            "access" => VlanMode.Access,
            "native-tagged" => VlanMode.NativeTagged,
            "native-untagged" => VlanMode.NativeUntagged,
            "trunk" => VlanMode.Trunk,
            _ => tag is not null ? VlanMode.Access : VlanMode.Trunk,
        };
        return new PlannedInterface(
            each.Uuid,
            Text(each, "name"),
            Text(each, "type"),
            each["options"].Text("peer"),
            (uint?)each["ofport_request"].Single?.Integer,
            (int?)each["mtu_request"].Single?.Integer,
            mode,
            tag ?? 0,
            trunks);
    }

    private static uint Versions(Datum protocols)
    {
        uint versions = 0;
        foreach (var protocol in protocols.Keys)
        {
            versions |= protocol.Text switch
            {
                "OpenFlow10" => Hello.Bit(OpenFlowVersion.V10),
                "OpenFlow13" => Hello.Bit(OpenFlowVersion.V13),
                "OpenFlow14" => Hello.Bit(OpenFlowVersion.V14),
                "OpenFlow15" => Hello.Bit(OpenFlowVersion.V15),
                _ => 0,
            };
        }

        return versions != 0 ? versions : Hello.Bit(OpenFlowVersion.V13) | Hello.Bit(OpenFlowVersion.V14) | Hello.Bit(OpenFlowVersion.V15);
    }

    private static string Text(Row row, string column) => row[column].Single?.Text ?? "";

    private static IEnumerable<Row> References(Database database, Row row, string column, string table)
        => row[column].Keys.Select(key => database.Find(database.Layouts[table], key.Uuid)).OfType<Row>();
}
