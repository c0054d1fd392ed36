using Fabric.Lab.Topology;
using Fabric.Packets.Addresses;

namespace Fabric.Lab.Configuration;

/// <summary>The lab's hypervisors and external endpoints as transport nodes, with the profile of their uplinks and the pool of their TEPs.</summary>
internal sealed class TransportNodes(FabricObjects objects, LabTopology lab)
{
    /// <summary>Tells the manager that a transport node runs no host switch of ours, and what it speaks.</summary>
    public const string ExternalScope = "fabric/external-tep";

    public async Task EnsureAsync(string zone, CancellationToken cancellation)
    {
        string profile = await objects.EnsureAsync(
            "host-switch-profiles",
            $"{lab.Name}-uplink",
            new
            {
                resource_type = "UplinkHostSwitchProfile",
                display_name = $"{lab.Name}-uplink",
                mtu = lab.Mtu,
                transport_vlan = 0,
                overlay_encap = lab.Overlay.ToString().ToUpperInvariant(),
                teaming = new
                {
                    policy = "FAILOVER_ORDER",
                    active_list = new[] { new { uplink_name = "uplink-1", uplink_type = "PNIC" } },
                },
                tags = objects.Tags(),
            },
            cancellation).ConfigureAwait(false);
        string pool = await PoolAsync(cancellation).ConfigureAwait(false);
        foreach (var hypervisor in lab.Hypervisors)
        {
            object addresses = hypervisor.Tep is { } tep ? StaticList(tep) : new { resource_type = "StaticIpPoolSpec", ip_pool_id = pool };
            await TransportNodeAsync(hypervisor.Name, zone, profile, addresses, objects.Tags(), cancellation).ConfigureAwait(false);
        }

        foreach (var external in lab.External)
        {
            var tags = objects.Tags([(ExternalScope, external.Overlay.ToString().ToLowerInvariant())]);
            await TransportNodeAsync(external.Name, zone, profile, StaticList(external.Tep), tags, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The whole underlay less the addresses that hypervisors have of their own; .1 is left to a router there may be.</summary>
    private Task<string> PoolAsync(CancellationToken cancellation)
    {
        var taken = lab.Hypervisors.Select(h => h.Tep).Concat(lab.External.Select(e => (IpAddress?)e.Tep)).OfType<IpAddress>().Order().ToList();
        var ranges = new List<object>();
        var first = new IpAddress(lab.Underlay.Network.Bits + 2);
        var last = new IpAddress(lab.Underlay.Last.Bits - 1);
        foreach (var address in taken.Where(a => a >= first))
        {
            Add(first, new IpAddress(address.Bits - 1));
            first = new IpAddress(address.Bits + 1);
        }

        Add(first, last);
        return objects.EnsureAsync(
            "pools/ip-pools",
            $"{lab.Name}-teps",
            new
            {
                display_name = $"{lab.Name}-teps",
                subnets = new[] { new { cidr = new IpPrefix(lab.Underlay.Network, lab.Underlay.Length).ToString(), allocation_ranges = ranges } },
                tags = objects.Tags(),
            },
            cancellation);

        void Add(IpAddress from, IpAddress to)
        {
            if (from <= to)
            {
                ranges.Add(new { start = from.ToString(), end = to.ToString() });
            }
        }
    }

    private object StaticList(IpAddress tep)
        => new
        {
            resource_type = "StaticIpListSpec",
            ip_list = new[] { tep.ToString() },
            subnet_mask = IpAddress.FromIpv4(uint.MaxValue << (32 - lab.Underlay.Length)).ToString(),
            default_gateway = new IpAddress(lab.Underlay.Network.Bits + 1).ToString(),
        };

    private Task<string> TransportNodeAsync(
        string name, string zone, string profile, object addresses, object[] tags, CancellationToken cancellation)
        => objects.EnsureAsync(
            "transport-nodes",
            name,
            new
            {
                display_name = name,
                node_deployment_info = new { resource_type = "HostNode", display_name = name, os_type = "UBUNTUSERVER" },
                host_switch_spec = new
                {
                    resource_type = "StandardHostSwitchSpec",
                    host_switches = new[]
                    {
                        new
                        {
                            host_switch_name = "nsxDefaultHostSwitch",
                            host_switch_profile_ids = new[] { new { key = "UplinkHostSwitchProfile", value = profile } },
                            pnics = new[] { new { device_name = "uplink0", uplink_name = "uplink-1" } },
                            ip_assignment_spec = addresses,
                            transport_zone_endpoints = new[] { new { transport_zone_id = zone } },
                        },
                    },
                },
                tags,
            },
            cancellation);
}
