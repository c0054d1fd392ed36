using Fabric.Manager.Catalog.Edge;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Checks;

/// <summary>Checks of transport nodes, and the TEPs they get: an address and a label for each, kept as long as the node asks for the same.</summary>
internal static class TransportNodeChecks
{
    /// <summary>Tag scope of a node that runs no host switch of ours; the tag is what it speaks: geneve or vxlan.</summary>
    public const string ExternalTepScope = "fabric/external-tep";

    public static Checked<TransportNode> Complete(WriteScope scope, TransportNode? before, TransportNode node)
    {
        var standard = (node.HostSwitchSpec as StandardHostSwitchSpec)?.HostSwitches ?? [];
        var named = standard.Select(hostSwitch => string.IsNullOrEmpty(hostSwitch.HostSwitchId) ? hostSwitch with { HostSwitchId = scope.Ids.Next() } : hostSwitch).ToList();
        var external = (node.Tags ?? []).FirstOrDefault(tag => tag.Scope == ExternalTepScope);
        if (external is not null && (external.Value is not ("geneve" or "vxlan") || named.Any(hostSwitch => hostSwitch.IpAssignmentSpec is not StaticIpListSpec)))
        {
            return ApiErrors.Field($"tag {ExternalTepScope} must be geneve or vxlan, on a node whose host switches have a StaticIpListSpec");
        }

        // An edge is an object here unless it is tagged as a TEP that somebody else runs: hosts would flood to an address that nobody has.
        bool hasTeps = node.NodeDeploymentInfo is not EdgeNode || external is not null;
        var free = (before?.Teps ?? []).ToList();
        var teps = new List<TunnelEndpoint>();
        foreach (var (hostSwitch, at) in (hasTeps ? named : []).Select((hostSwitch, at) => (hostSwitch, at)))
        {
            if (Endpoints(scope, node, hostSwitch, $"host_switch_spec.host_switches[{at}]", free, teps) is { } error)
            {
                return error;
            }
        }

        foreach (var tep in free.Where(tep => tep.PoolId is not null))
        {
            AddressPools.GiveBack(scope, tep.PoolId!, tep.Ip);
        }

        return node with
        {
            HostSwitchSpec = node.HostSwitchSpec is StandardHostSwitchSpec ? new StandardHostSwitchSpec { HostSwitches = named } : node.HostSwitchSpec,
            NodeId = node.Id,
            NodeDeploymentInfo = node.NodeDeploymentInfo is { } info ? Deployed(info with { Id = node.Id, DisplayName = info.DisplayName ?? node.DisplayName }) : null,
            NodeIndex = before?.NodeIndex ?? Numbering.NextNodeIndex(scope),
            Teps = teps,
        };
    }

    private static Node Deployed(Node node)
        => node is EdgeNode edge ? edge with { DeploymentType = edge.DeploymentConfig is null ? "PHYSICAL_MACHINE" : "VIRTUAL_MACHINE" } : node;

    public static ApiError? Release(WriteScope scope, TransportNode node, DeleteWishes wishes)
    {
        _ = wishes;
        foreach (var tep in node.Teps.Where(tep => tep.PoolId is not null))
        {
            // The node goes first, or the address would be claimed twice.
            scope.Remove(ResourceKey.Of(node));
            AddressPools.GiveBack(scope, tep.PoolId!, tep.Ip);
        }

        return null;
    }

    private static ApiError? Endpoints(
        WriteScope scope, TransportNode node, StandardHostSwitch hostSwitch, string path, List<TunnelEndpoint> free, List<TunnelEndpoint> teps)
    {
        var zones = (hostSwitch.TransportZoneEndpoints ?? node.TransportZoneEndpoints ?? []).Select(endpoint => scope.Model.Find<TransportZone>(endpoint.TransportZoneId)).ToList();
        if (zones.Count(zone => zone?.TransportType == "OVERLAY") is var overlays && overlays != 1)
        {
            return overlays == 0 ? null : ApiErrors.Field($"{path}.transport_zone_endpoints names {overlays} overlay zones, a host switch can be in one");
        }

        int count = UplinksOf(scope, hostSwitch);
        switch (hostSwitch.IpAssignmentSpec)
        {
            case StaticIpPoolSpec spec when scope.Model.Find<IpPool>(spec.IpPoolId) is { } pool:
                for (int i = 0; i < count; i++)
                {
                    var (address, error) = Kept(free, hostSwitch, pool.Id, null) is { } kept ? (kept, null) : FromPool(scope, pool, hostSwitch, teps);
                    if (address is null)
                    {
                        return error;
                    }

                    teps.Add(address);
                }

                return null;
            case StaticIpPoolSpec spec:
                return ApiErrors.MissingReference($"{path}.ip_assignment_spec.ip_pool_id", ResourceKey.Of<IpPool>(spec.IpPoolId));
            case StaticIpListSpec spec:
                return FromList(scope, spec, hostSwitch, path, count, free, teps);
            default:
                return ApiErrors.Field($"{path}.ip_assignment_spec must be a StaticIpPoolSpec or a StaticIpListSpec: the fabric assigns TEP addresses itself");
        }
    }

    private static ApiError? FromList(
        WriteScope scope, StaticIpListSpec spec, StandardHostSwitch hostSwitch, string path, int count, List<TunnelEndpoint> free, List<TunnelEndpoint> teps)
    {
        if (!TextForms.TryMask(spec.SubnetMask, out int length))
        {
            return ApiErrors.Field($"{path}.ip_assignment_spec.subnet_mask '{spec.SubnetMask}' is not a subnet mask");
        }

        if (spec.IpList.Count < count)
        {
            return ApiErrors.Field($"{path}.ip_assignment_spec.ip_list has {spec.IpList.Count} addresses, the teaming policy needs {count}");
        }

        foreach (string listed in spec.IpList.Take(count))
        {
            string ip = IpAddress.Parse(listed).ToString();
            if (Kept(free, hostSwitch, null, ip) is { } kept)
            {
                teps.Add(kept with { PrefixLength = length, Gateway = spec.DefaultGateway });
                continue;
            }

            if (scope.Model.HolderOf(new Claim("tep-address", ip)) is { } holder || teps.Any(tep => tep.Ip == ip))
            {
                return ApiErrors.Field($"{path}.ip_assignment_spec.ip_list: {ip} is the TEP of another transport node");
            }

            if (Labelled(scope, new TunnelEndpoint { Ip = ip, PrefixLength = length, Gateway = spec.DefaultGateway, HostSwitchId = hostSwitch.HostSwitchId! }, teps) is not { } tep)
            {
                return ApiErrors.Switching("No TEP label is left.");
            }

            teps.Add(tep);
        }

        return null;
    }

    private static (TunnelEndpoint? Tep, ApiError? Error) FromPool(WriteScope scope, IpPool pool, StandardHostSwitch hostSwitch, List<TunnelEndpoint> teps)
    {
        var (address, error) = AddressPools.Take(scope, pool, taken: teps.Where(tep => tep.PoolId == pool.Id).Select(tep => tep.Ip).ToHashSet());
        if (address is null)
        {
            return (null, error);
        }

        var tep = Labelled(
            scope,
            new TunnelEndpoint { Ip = address.Ip, PrefixLength = address.Subnet.Length, Gateway = address.Gateway, HostSwitchId = hostSwitch.HostSwitchId!, PoolId = pool.Id },
            teps);
        return tep is null ? (null, ApiErrors.Switching("No TEP label is left.")) : (tep, null);
    }

    private static TunnelEndpoint? Labelled(WriteScope scope, TunnelEndpoint tep, List<TunnelEndpoint> others)
    {
        uint? label = Numbering.NextTepLabel(scope);
        while (label is { } taken && others.Any(other => other.Label == taken))
        {
            label = Numbering.NextTepLabel(scope);
        }

        return label is { } found ? tep with { Label = found } : null;
    }

    private static TunnelEndpoint? Kept(List<TunnelEndpoint> free, StandardHostSwitch hostSwitch, string? poolId, string? ip)
    {
        var kept = free.FirstOrDefault(tep => tep.PoolId == poolId && (ip is null || tep.Ip == ip) && tep.HostSwitchId == hostSwitch.HostSwitchId)
            ?? free.FirstOrDefault(tep => tep.PoolId == poolId && (ip is null || tep.Ip == ip));
        if (kept is null)
        {
            return null;
        }

        free.Remove(kept);
        return kept with { HostSwitchId = hostSwitch.HostSwitchId! };
    }

    /// <summary>One TEP for FAILOVER_ORDER, one per active uplink for the policies that balance (reference: uplink profile).</summary>
    private static int UplinksOf(WriteScope scope, StandardHostSwitch hostSwitch)
    {
        var profile = (hostSwitch.HostSwitchProfileIds ?? []).Select(entry => scope.Model.Find<UplinkHostSwitchProfile>(entry.Value)).FirstOrDefault(found => found is not null);
        return profile is null || profile.Teaming.Policy == "FAILOVER_ORDER" ? 1 : Math.Max(1, profile.Teaming.ActiveList.Count);
    }
}
