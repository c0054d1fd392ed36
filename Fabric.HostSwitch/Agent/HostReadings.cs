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

/// <summary>What the packet thread knows at one moment, copied out in one go: counters, discoveries, learned MACs, tunnels.</summary>
internal sealed class HostReadings
{
    private HostReadings(Datapath datapath, TimeProvider time, string nodeId, string uplink)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var tables = datapath.Tables;
        long[] drops = datapath.Context.Counters.Drops;
        Drops = [.. Enumerable.Range(1, DropReasons.Count - 1)
            .Where(reason => drops[reason] > 0)
            .Select(reason => KeyValuePair.Create(((DropReason)reason).CounterName(), (ulong)drops[reason]))];
        Ports = [.. tables.Ports.Values.Select(port => Statistics(port.State, nodeId, now))];
        Rules = [.. tables.Rules.Counters.Select(counters => counters.Read(nodeId))];
        Discoveries = [.. tables.Ports.Values.Select(Discovery)];
        Macs = [.. tables.Ports.Values.Select(Learned)];
        Tunnels = [.. tables.Teps.Values
            .Where(tep => tables.Tunnels.Teps.Length > 0)
            .Select(tep => Tunnel(tep, tables.Tunnels.Teps[tep.LocalPlace].Ip, uplink))];
        Flows = datapath.CachedFlows;
        LinksUp = tables.Vnics.Keys.Where(vnic => vnic.IsUp).Select(vnic => vnic.VifId).ToHashSet();
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

    public static Task<HostReadings> TakeAsync(PacketWorker packets, TimeProvider time, string nodeId, string uplink)
        => packets.AskAsync(datapath => new HostReadings(datapath, time, nodeId, uplink));

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

    private static PortDiscovery Discovery(LogicalPort port)
    {
        var discovery = new PortDiscovery { PortId = port.Id };
        discovery.Discovered.AddRange(port.State.Addresses.Seen.Select(Binding));
        discovery.Realized.AddRange(port.State.Addresses.Realized.Select(Binding));
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

    private static LearnedMacs Learned(LogicalPort port)
    {
        var learned = new LearnedMacs { PortId = port.Id };
        learned.Macs.AddRange(port.State.Macs.Addresses.Order(Comparer<MacAddress>.Create((a, b) => a.Value.CompareTo(b.Value)))
            .Select(mac => new MacEntry { Mac = Bytes(mac), Learned = true }));
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
}
