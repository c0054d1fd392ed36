using System.Globalization;
using System.Text;
using Fabric.NodeOvs.Bridges;
using Fabric.NodeOvs.Datapath.Execution;
using Fabric.NodeOvs.Running;
using Fabric.OvsProtocol.OpenFlow;
using Fabric.OvsProtocol.OpenFlow.Text;
using Fabric.Packets.Addresses;

namespace Fabric.NodeOvs.UnixControl;

/// <summary>What ovs-appctl can ask (ovs-vswitchd(8), "Runtime Management Commands"). New command: a line in the table.</summary>
internal sealed class ControlCommands
{
    private readonly SwitchThread _thread;
    private readonly Action _exit;
    private readonly (string Name, string Usage, Func<PacketSwitch, string[], string> Run)[] _commands;

    public ControlCommands(SwitchThread thread, Action exit)
    {
        _thread = thread;
        _exit = exit;
        _commands =
        [
            ("bridge/dump-flows", "bridge", (packets, given) => DumpFlows(packets, BridgeOf(packets, given))),
            ("coverage/show", "", (packets, _) => Coverage(packets)),
            ("dpctl/ct-stats-show", "", (packets, _) => ConnectionCounts(packets)),
            ("dpctl/dump-conntrack", "[dp] [zone=N]", (packets, given) => DumpConnections(packets, ZoneOf(given))),
            ("dpctl/flush-conntrack", "[dp] [zone=N]", (packets, given) => Flush(packets, ZoneOf(given))),
            ("dpif/show", "", (packets, _) => Show(packets)),
            ("exit", "[--cleanup]", (_, _) => Exit()),
            ("fdb/flush", "[bridge]", FlushAddresses),
            ("fdb/show", "bridge", (packets, given) => ShowAddresses(packets, BridgeOf(packets, given))),
            ("list-commands", "", (_, _) => List()),
            ("ofproto/list", "", (packets, _) => string.Concat(packets.Bridges.Keys.Order(StringComparer.Ordinal).Select(name => name + "\n"))),
            ("ofproto/trace", "bridge flow", Trace),
            ("version", "", (_, _) => "ovs-vswitchd (Fabric NodeOvs) 3.1.0\n"),
            ("vlog/set", "levels", (_, _) => ""),
        ];
    }

    /// <summary>Runs a command; the text to print, and whether it is an error.</summary>
    public async Task<(string Text, bool Failed)> RunAsync(string name, string[] arguments)
    {
        var command = Array.Find(_commands, each => each.Name == name);
        if (command.Name is null)
        {
            return ($"\"{name}\" is not a valid command (use \"list-commands\" to see a list of valid commands)\n", true);
        }

        try
        {
            return (await _thread.AskAsync(packets => command.Run(packets, arguments)).ConfigureAwait(false), false);
        }
        catch (FormatException wrong)
        {
            return (wrong.Message + "\n", true);
        }
    }

    private static Bridge BridgeOf(PacketSwitch packets, string[] given)
        => given.Length == 0 ? throw new FormatException("a bridge must be named")
            : packets.Bridges.GetValueOrDefault(given[0]) ?? throw new FormatException($"no bridge named {given[0]}");

    private static ushort? ZoneOf(string[] given)
        => Array.Find(given, each => each.StartsWith("zone=", StringComparison.Ordinal)) is { } zone
            ? ushort.TryParse(zone.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) ? number : throw new FormatException($"{zone}: a zone is a number from 0 to 65535")
            : null;

    private static string DumpFlows(PacketSwitch packets, Bridge bridge)
    {
        packets.Settle(packets.Now);
        var text = new StringBuilder();
        foreach (var flow in bridge.Flows.All.OrderBy(flow => flow.Table).ThenByDescending(flow => flow.Priority))
        {
            string match = MatchText.Format(flow.Match);
            text.Append(CultureInfo.InvariantCulture, $"{(flow.Table != 0 ? $"table_id={flow.Table}, " : "")}duration={(packets.Now - flow.Created) / 1000}s, n_packets={flow.Packets}, n_bytes={flow.Bytes}, ");
            text.Append(CultureInfo.InvariantCulture, $"priority={flow.Priority}{(match.Length > 0 ? "," : "")}{match},actions={FlowText.Format(flow.Instructions)}\n");
        }

        return text.ToString();
    }

    private static string Coverage(PacketSwitch packets)
        => string.Create(CultureInfo.InvariantCulture, $"flow_cache_hit {packets.Cache.Hits}\nflow_cache_miss {packets.Cache.Misses}\npacket_malformed {packets.Malformed}\nconnections {packets.Connections.Count}\n");

    private static string ConnectionCounts(PacketSwitch packets)
        => $"Connections Stats:\n    Total: {packets.Connections.Count}\n" + string.Concat(packets.Connections.All.GroupBy(connection => connection.Original.Protocol)
            .OrderBy(group => group.Key).Select(group => $"  {group.Key.ToString().ToUpperInvariant()}: {group.Count()}\n"));

    private static string DumpConnections(PacketSwitch packets, ushort? zone)
        => string.Concat(packets.Connections.All.Where(connection => zone is null || connection.Zone == zone).Select(connection => ConnectionText.Format(connection) + "\n"));

    private static string Flush(PacketSwitch packets, ushort? zone)
    {
        packets.Connections.Flush(connection => zone is null || connection.Zone == zone);
        return "";
    }

    private static string Show(PacketSwitch packets)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"netdev@ovs-netdev: hit:{packets.Cache.Hits} missed:{packets.Cache.Misses}\n"));
        foreach (var bridge in packets.Bridges.Values.OrderBy(bridge => bridge.Name, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {bridge.Name}:\n");
            foreach (var port in bridge.Ports.Values.OrderBy(port => port.Number))
            {
                uint number = port.Number == OfPort.Local ? 65534 : port.Number;
                string kind = port.IsPatch ? $"none: (patch: peer={port.Peer?.Bridge.Ports[port.Peer.Value.Port].Name})" : $"{port.Device}: ({(port.Number == OfPort.Local ? "tap" : "system")})";
                text.Append(CultureInfo.InvariantCulture, $"    {port.Name} {number}/{kind}\n");
            }
        }

        return text.ToString();
    }

    private static string FlushAddresses(PacketSwitch packets, string[] given)
    {
        foreach (var bridge in given.Length > 0 ? [BridgeOf(packets, given)] : packets.Bridges.Values)
        {
            bridge.Macs.Flush();
        }

        return "table successfully flushed\n";
    }

    private static string ShowAddresses(PacketSwitch packets, Bridge bridge)
    {
        var text = new StringBuilder(" port  VLAN  MAC                Age\n");
        foreach (var (mac, vlan, port, seenAt) in bridge.Macs.All.OrderBy(entry => entry.Port))
        {
            string name = port == OfPort.Local ? "LOCAL" : port.ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{name,5}  {vlan,4}  {new MacAddress(mac)}  {(packets.Now - seenAt) / 1000,3}\n");
        }

        return text.ToString();
    }

    private static string Trace(PacketSwitch packets, string[] given)
        => given.Length < 2 ? throw new FormatException("ofproto/trace takes a bridge and a flow") : FlowTrace.Run(packets, BridgeOf(packets, given), string.Join(' ', given.Skip(1)));

    private string Exit()
    {
        _exit();
        return "";
    }

    private string List() => "The available commands are:\n" + string.Concat(_commands.Select(command => $"  {command.Name,-32}{command.Usage}\n"));
}
