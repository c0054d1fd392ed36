using System.Globalization;
using Fabric.Contracts.V1;
using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Ports;
using Fabric.HostSwitch.Tables;
using Fabric.Packets.Addresses;
using Fabric.Packets.Tunnels;
using Google.Protobuf;
using LearnedMacs = Fabric.Contracts.V1.LearnedMacs;

namespace Fabric.HostSwitch.Agent;

/// <summary>
/// What the host knows at one moment: counters, discoveries, learned MACs, tunnels. The packet thread only copies what another
/// thread cannot read; counters have one writer, and a reader may be a packet late.
/// </summary>
internal sealed class HostReadings
{
    private HostReadings(Copies copies, TimeProvider time, string nodeId, string uplink)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var tables = copies.Tables;
        Drops = [.. Enumerable.Range(1, DropReasons.Count - 1)
            .Where(reason => copies.Drops[reason] > 0)
            .Select(reason => KeyValuePair.Create(((DropReason)reason).CounterName(), (ulong)copies.Drops[reason]))];
        Ports = [.. tables.Ports.Values.Select(port => Statistics(port.State, nodeId, now))];
        Rules = [.. tables.Rules.Counters.Select(counters => counters.Read(nodeId))];
        Discoveries = [.. copies.Addresses.Select(entry => Discovery(entry.Key.Id, entry.Value.Seen, entry.Value.Realized))];
        Macs = [.. copies.Macs.Select(entry => Learned(entry.Key.Id, entry.Value))];
        Tunnels = [.. tables.Teps.Values
            .Where(tep => tables.Tunnels.Teps.Length > 0)
            .Select(tep => Tunnel(tep, tables.Tunnels.Teps[tep.LocalPlace].Ip, uplink))];
        Flows = copies.Flows;
        LinksUp = copies.LinksUp;
    }

    public IReadOnlyList<PortStatistics> Ports { get; }

    public IReadOnlyList<RuleStatistics> Rules { get; }

    /// <summary>Of the whole host, by counter name; those that are not zero.</summary>
    public IReadOnlyList<KeyValuePair<string, ulong>> Drops { get; }

    public IReadOnlyList<PortDiscovery> Discoveries { get; }

    public IReadOnlyList<LearnedMacs> Macs { get; }

    public IReadOnlyList<TunnelStatus> Tunnels { get; }

    /// <summary>VIFs whose device is there.</summary>
    public IReadOnlySet<string> LinksUp { get; }

    /// <summary>Entries of the flow cache.</summary>
    public int Flows { get; }

    public static async Task<HostReadings> TakeAsync(PacketWorker packets, TimeProvider time, string nodeId, string uplink)
    {
        var copies = await packets.AskAsync(static datapath => new Copies(datapath)).ConfigureAwait(false);
        return new HostReadings(copies, time, nodeId, uplink);
    }

    private static PortStatistics Statistics(PortState port, string nodeId, long now)
    {
        var counters = port.Counters;
        var statistics = new PortStatistics
        {
            PortId = port.Id,
            NodeId = nodeId,
            RxPackets = (ulong)counters.RxPackets,
            RxBytes = (ulong)counters.RxBytes,
            RxDropped = (ulong)counters.RxDropped,
            RxMulticastBroadcast = (ulong)counters.RxMulticastBroadcast,
            TxPackets = (ulong)counters.TxPackets,
            TxBytes = (ulong)counters.TxBytes,
            TxDropped = (ulong)counters.TxDropped,
            TxMulticastBroadcast = (ulong)counters.TxMulticastBroadcast,
            MacsLearned = (ulong)port.Macs.Count,
            TimestampMs = now,
        };
        for (int reason = 1; reason < counters.Drops.Length; reason++)
        {
            if (counters.Drops[reason] > 0)
            {
                statistics.Drops.Add(((DropReason)reason).CounterName(), (ulong)counters.Drops[reason]);
            }
        }

        return statistics;
    }

    private static PortDiscovery Discovery(string portId, DiscoveredAddress[] seen, DiscoveredAddress[] realized)
    {
        var discovery = new PortDiscovery { PortId = portId };
        discovery.Discovered.AddRange(seen.Select(Binding));
        discovery.Realized.AddRange(realized.Select(Binding));
        return discovery;
    }

    private static PortBinding Binding(DiscoveredAddress address) => new()
    {
        Mac = Bytes(address.Mac),
        Ip = ByteString.CopyFrom(address.Ip.ToBytes()),
        Vlan = address.Vlan,
        Source = address.Source,
        TimestampMs = address.FirstSeen,
    };

    private static LearnedMacs Learned(string portId, MacAddress[] macs)
    {
        var learned = new LearnedMacs { PortId = portId };
        learned.Macs.AddRange(macs.OrderBy(mac => mac.Value).Select(mac => new MacEntry { Mac = Bytes(mac), Learned = true }));
        return learned;
    }

    private static TunnelStatus Tunnel(RemoteTep tep, IpAddress local, string uplink) => new()
    {
        Name = $"{tep.Encapsulation.ToString().ToLowerInvariant()}-{tep.Ip}",
        LocalIp = ByteString.CopyFrom(local.ToBytes()),
        RemoteIp = ByteString.CopyFrom(tep.Ip.ToBytes()),
        RemoteNodeId = tep.NodeId,
        Encapsulation = tep.Encapsulation,
        BfdState = NameOf(tep.Session.State),
        RemoteBfdState = NameOf(tep.Session.RemoteState),
        Diagnostic = ((int)tep.Session.Diagnostic).ToString(CultureInfo.InvariantCulture),
        RemoteDiagnostic = ((int)tep.Session.RemoteDiagnostic).ToString(CultureInfo.InvariantCulture),
        LastUpdatedMs = tep.Session.ChangedAt,
        EgressInterface = uplink,
    };

    private static string NameOf(BfdState state) => state switch
    {
        BfdState.AdminDown => "ADMIN_DOWN",
        BfdState.Down => "DOWN",
        BfdState.Init => "INIT",
        _ => "UP",
    };

    private static ByteString Bytes(MacAddress mac) => ByteString.CopyFrom(mac.ToBytes());

    /// <summary>Made on the packet thread, so it does no more than it must.</summary>
    private sealed class Copies
    {
        public Copies(Datapath datapath)
        {
            Tables = datapath.Tables;
            Drops = [.. datapath.Context.Counters.Drops];
            Flows = datapath.CachedFlows;
            foreach (var vnic in Tables.Vnics.Keys)
            {
                if (vnic.IsUp)
                {
                    LinksUp.Add(vnic.VifId);
                }
            }

            foreach (var port in Tables.Ports.Values)
            {
                Addresses[port.State] = ([.. port.State.Addresses.Seen], port.State.Addresses.Realized);
                Macs[port.State] = port.State.Macs.Count == 0 ? [] : [.. port.State.Macs.Addresses];
            }
        }

        public HostTables Tables { get; }

        public long[] Drops { get; }

        public int Flows { get; }

        public HashSet<string> LinksUp { get; } = [];

        public Dictionary<PortState, (DiscoveredAddress[] Seen, DiscoveredAddress[] Realized)> Addresses { get; } = [];

        public Dictionary<PortState, MacAddress[]> Macs { get; } = [];
    }
}
