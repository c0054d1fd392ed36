using System.Collections.Concurrent;
using Fabric.HostSwitch.Ports;
using Fabric.HostSwitch.Tunnels;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Tables;

/// <summary>
/// The things that live longer than a generation of tables, by name: the builder finds or makes them, the packet thread owns what
/// is inside.
/// </summary>
internal sealed class HostState
{
    private readonly ConcurrentDictionary<string, PortState> _ports = new();
    private readonly ConcurrentDictionary<string, SegmentState> _segments = new();
    private readonly ConcurrentDictionary<string, VnicPort> _vnics = new();
    private readonly ConcurrentDictionary<IpAddress, BfdSession> _sessions = new();
    private uint _numbers;

    public PortState Port(string id) => _ports.GetOrAdd(id, key => new PortState(key, Interlocked.Increment(ref _numbers)));

    public SegmentState Segment(string id) => _segments.GetOrAdd(id, key => new SegmentState(key, Interlocked.Increment(ref _numbers)));

    public VnicPort Vnic(string vifId) => _vnics.GetOrAdd(vifId, static key => new VnicPort(key));

    public BfdSession Session(IpAddress remote)
        => _sessions.GetOrAdd(remote, key => new BfdSession(key, Interlocked.Increment(ref _numbers)));

    /// <summary>Lets go of what this generation no longer names. Called by whoever builds tables, one generation after another.</summary>
    public void Retain(HostTables tables)
    {
        Drop(_ports, tables.Ports.ContainsKey);
        Drop(_segments, tables.Segments.ContainsKey);
        Drop(_sessions, tables.Teps.ContainsKey);
        Drop(_vnics, vif => tables.Vnics.Keys.Any(vnic => vnic.VifId == vif) || _vnics[vif].IsUp);
    }

    private static void Drop<TKey, TValue>(ConcurrentDictionary<TKey, TValue> from, Func<TKey, bool> isNamed)
        where TKey : notnull
    {
        foreach (var key in from.Keys)
        {
            if (!isNamed(key))
            {
                from.TryRemove(key, out _);
            }
        }
    }
}
