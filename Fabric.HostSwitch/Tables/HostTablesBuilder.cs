using System.Collections.Frozen;
using Fabric.Contracts.V1;
using Fabric.HostSwitch.Firewall;
using Fabric.HostSwitch.Ports;
using Fabric.HostSwitch.Routing;
using Fabric.HostSwitch.Tunnels;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Tables;

/// <summary>
/// Compiles an intent into tables, off the packet thread. Every object has been validated when it came in; a reference to what is
/// not there makes the object idle, never an error. One builder per host; it remembers the last generation.
/// </summary>
internal sealed class HostTablesBuilder(HostState state)
{
    private const int VlanIds = 4096;

    private static readonly MacAddress DefaultVdrMac = MacAddress.Parse("02:50:56:56:44:52");

    private ulong _generation;
    private RuleTables? _rules;

    public HostTables Build(HostIntent intent)
    {
        var settings = Tunnels(intent.Settings);
        var vdrMac = Mac(intent.Settings.VdrMac) ?? DefaultVdrMac;
        _rules = RuleTables.Build(intent, _rules);

        var teps = RemoteTeps(intent, settings);
        var segments = Segments(intent, settings, teps);
        var ports = intent.Ports.ToFrozenDictionary(entry => entry.Key, entry => Port(entry.Key, entry.Value, intent, segments));
        Seat(ports, segments);
        var routers = new RouterBuilder(intent, segments, vdrMac).Build();

        var tables = new HostTables
        {
            Generation = ++_generation,
            Tunnels = settings,
            VdrMac = vdrMac,
            HostMac = RouterMacs.OfHost(intent.Settings.NodeIndex),
            IsFirewallEnabled = intent.Settings.FirewallEnabled,
            Rules = _rules,
            Ports = ports,
            Segments = segments,
            SegmentsByVni = segments.Values.Where(segment => !segment.Vni.IsManagement)
                .DistinctBy(segment => segment.Vni.Value)
                .ToFrozenDictionary(segment => segment.Vni.Value),
            Routers = routers,
            Vnics = Vnics(intent, ports),
            Teps = teps,
        };
        state.Retain(tables);
        return tables;
    }

    private static TunnelSettings Tunnels(HostSettings settings) => new(
        [.. settings.Teps
            .Where(tep => tep.Ip.Length is 4 or 16)
            .Select(tep => new LocalTep(new IpPrefix(Ip(tep.Ip), PrefixLength(tep.PrefixLength, tep.Ip.Length)), tep.Label))],
        settings.Encapsulation,
        settings.UplinkMtu == 0 ? 1700 : (int)settings.UplinkMtu, // physical_uplink_mtu of NSX
        settings.BfdIntervalMs == 0 ? 1000 : (int)settings.BfdIntervalMs,
        settings.BfdMultiplier == 0 ? 3 : (int)settings.BfdMultiplier,
        settings.EmulatePmtud);

    private FrozenDictionary<IpAddress, RemoteTep> RemoteTeps(HostIntent intent, TunnelSettings settings)
    {
        var teps = new Dictionary<IpAddress, RemoteTep>();
        foreach (var tep in intent.TepLists.Values.SelectMany(list => list.Teps).Where(tep => tep.Ip.Length is 4 or 16))
        {
            var ip = Ip(tep.Ip);
            if (!settings.Owns(ip))
            {
                teps.TryAdd(ip, Remote(ip, tep.Label, tep.NodeId, tep.Segment.Length is 4 or 16 ? Ip(tep.Segment) : ip, tep.Encapsulation, settings));
            }
        }

        // The MAC table may name an endpoint before its list does: frames to it need not wait.
        foreach (var mac in intent.RemoteMacs.Values.Where(mac => mac.TepIp.Length is 4 or 16))
        {
            var ip = Ip(mac.TepIp);
            if (!settings.Owns(ip) && !teps.ContainsKey(ip))
            {
                teps.Add(ip, Remote(ip, 0, "", ip, settings.Encapsulation, settings));
            }
        }

        return teps.ToFrozenDictionary();
    }

    private RemoteTep Remote(
        IpAddress ip, uint label, string nodeId, IpAddress subnet, Encapsulation encapsulation, TunnelSettings settings) => new()
        {
            Ip = ip,
            Label = label,
            NodeId = nodeId,
            Subnet = subnet,
            Encapsulation = encapsulation,
            Session = state.Session(ip),
            LocalPlace = settings.Teps.Length == 0 ? 0 : (int)(label % (uint)settings.Teps.Length),
        };

    private FrozenDictionary<string, Segment> Segments(
        HostIntent intent, TunnelSettings settings, FrozenDictionary<IpAddress, RemoteTep> teps)
    {
        var macs = intent.RemoteMacs.Values
            .Where(mac => mac.Mac.Length == MacAddress.Length && mac.TepIp.Length is 4 or 16 && !settings.Owns(Ip(mac.TepIp)))
            .ToLookup(mac => mac.SwitchId);
        var neighbors = intent.Neighbors.Values
            .Where(neighbor => neighbor.Mac.Length == MacAddress.Length && neighbor.Ip.Length is 4 or 16)
            .ToLookup(neighbor => neighbor.SwitchId);
        return intent.Switches.ToFrozenDictionary(entry => entry.Key, entry => new Segment
        {
            Id = entry.Key,
            DisplayName = entry.Value.DisplayName,
            Vni = new Vni(entry.Value.Vni & Vni.Max),
            IsUp = entry.Value.AdminUp,
            ReplicationMode = entry.Value.ReplicationMode,
            Bindings = [.. entry.Value.AddressBindings.Select(BindingRule.From)],
            TrunkVlans = [.. entry.Value.TrunkVlans.Select(range => new VlanRange(range.First, range.Last))],
            State = state.Segment(entry.Key),
            Teps = intent.TepLists.TryGetValue(entry.Key, out var list)
                ? [.. list.Teps.Where(tep => tep.Ip.Length is 4 or 16 && teps.ContainsKey(Ip(tep.Ip))).Select(tep => teps[Ip(tep.Ip)]).Distinct()]
                : [],
            RemoteMacs = macs[entry.Key].DistinctBy(mac => Mac(mac.Mac)!.Value)
                .ToFrozenDictionary(mac => Mac(mac.Mac)!.Value, mac => teps[Ip(mac.TepIp)]),
            Neighbors = neighbors[entry.Key].DistinctBy(neighbor => Ip(neighbor.Ip))
                .ToFrozenDictionary(neighbor => Ip(neighbor.Ip), neighbor => Mac(neighbor.Mac)!.Value),
        });
    }

    private LogicalPort Port(string id, HostPort port, HostIntent intent, FrozenDictionary<string, Segment> segments)
    {
        bool isChild = port.VifType == VifType.Child;
        string carrier = isChild ? port.ParentVifId : port.VifId;
        var made = new LogicalPort
        {
            Id = id,
            DisplayName = port.DisplayName,
            Segment = segments.GetValueOrDefault(port.SwitchId),
            VifId = port.VifId,
            CarrierVifId = carrier,
            Vnic = state.Vnic(carrier),
            Mac = intent.Vnics.TryGetValue(carrier, out var vnic) ? Mac(vnic.Mac) : null,
            Tag = isChild ? (int)port.TrafficTag : -1,
            IsUp = port.AdminUp,
            IsTagAmbiguous = port.TagAmbiguous,
            ManualBindings = [.. port.ManualBindings.Select(BindingRule.From)],
            BoundMacs = [.. port.ManualBindings.Where(binding => binding.Mac.Length == MacAddress.Length).Select(binding => Mac(binding.Mac)!.Value).Distinct()],
            IgnoredBindings = [.. port.IgnoreBindings.Select(BindingRule.From)],
            WithheldBindings = [.. port.Withheld.Select(Exactly)],
            SpoofGuard = port.SpoofGuard ?? new SpoofGuardProfile(),
            IpDiscovery = port.IpDiscovery ?? new IpDiscoveryProfile(),
            MacManagement = port.MacManagement ?? new MacManagementProfile(),
            Security = new SecurityPolicy(port.SwitchSecurity ?? new SwitchSecurityProfile()),
            Filter = _rules!.Of(id),
            State = state.Port(id),
            Restored = intent.Discoveries.TryGetValue(id, out var known) ? [.. known.Discovered.Select(Discovered)] : [],
        };
        return made;
    }

    private static void Seat(FrozenDictionary<string, LogicalPort> ports, FrozenDictionary<string, Segment> segments)
    {
        var byVif = ports.Values.Where(port => port.Tag < 0 && port.VifId.Length > 0).DistinctBy(port => port.VifId)
            .ToDictionary(port => port.VifId);
        foreach (var port in ports.Values.Where(port => port.Tag >= 0))
        {
            port.Parent = byVif.GetValueOrDefault(port.CarrierVifId);
        }

        foreach (var group in ports.Values.Where(port => port.Segment is not null).GroupBy(port => port.Segment!))
        {
            group.Key.Ports = [.. group.OrderBy(port => port.Id, StringComparer.Ordinal)];
            var own = new Dictionary<MacAddress, LogicalPort>();
            foreach (var port in group.Key.Ports)
            {
                // A child's MAC is its own, not the vnic's: its bindings name it (reference: nsx-dataplane.md, 2.1).
                foreach (var bound in port.BoundMacs)
                {
                    own.TryAdd(bound, port);
                }

                if (port.Tag < 0 && port.Mac is { } mac)
                {
                    own.TryAdd(mac, port);
                }
            }

            group.Key.StaticMacs = own.ToFrozenDictionary();
        }
    }

    private FrozenDictionary<VnicPort, VnicTable> Vnics(HostIntent intent, FrozenDictionary<string, LogicalPort> ports)
    {
        var byCarrier = ports.Values.Where(port => port.CarrierVifId.Length > 0).ToLookup(port => port.CarrierVifId);
        return byCarrier.Select(group => group.Key).Union(intent.Vnics.Keys).ToFrozenDictionary(
            state.Vnic,
            vif =>
            {
                var children = byCarrier[vif].Where(port => port.Tag is > 0 and < VlanIds - 1).ToArray();
                var byTag = children.Length == 0 ? null : new LogicalPort?[VlanIds];
                foreach (var child in children)
                {
                    byTag![child.Tag] ??= child;
                }

                return new VnicTable(state.Vnic(vif), byCarrier[vif].FirstOrDefault(port => port.Tag < 0), byTag);
            });
    }

    private static BindingRule Exactly(PortBinding binding) => new(
        Mac(binding.Mac),
        binding.Ip.Length is 4 or 16 ? new IpPrefix(Ip(binding.Ip), binding.Ip.Length * 8) : null,
        binding.Vlan > 0 ? binding.Vlan : -1);

    private static DiscoveredAddress Discovered(PortBinding binding) => new(
        Mac(binding.Mac) ?? default,
        binding.Ip.Length is 4 or 16 ? Ip(binding.Ip) : default,
        binding.Vlan,
        binding.Source,
        binding.TimestampMs,
        binding.TimestampMs,
        DiscoveredAddress.Never);

    private static IpAddress Ip(Google.Protobuf.ByteString bytes)
        => IpAddress.TryRead(bytes.Span, out var ip) ? ip : default;

    private static MacAddress? Mac(Google.Protobuf.ByteString bytes)
        => bytes.Length == MacAddress.Length ? MacAddress.Read(bytes.Span) : null;

    private static int PrefixLength(uint length, int bytes) => (int)Math.Min(length == 0 ? (uint)bytes * 8 : length, (uint)bytes * 8);
}
