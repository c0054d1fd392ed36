using Fabric.Manager.Catalog.Edge;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Dhcp;

/// <summary>Checks of DHCP servers, of what they lease, and of relays.</summary>
internal static class DhcpChecks
{
    public static Checked<DhcpRelayProfile> Complete(WriteScope scope, DhcpRelayProfile? before, DhcpRelayProfile profile)
        => profile.ServerAddresses.Count == 0 ? ApiErrors.Field("server_addresses has 0 items, at least 1 are needed")
            : profile.ServerAddresses.FirstOrDefault(address => !IpAddress.TryParse(address, out _)) is { } wrong ? ApiErrors.Field($"server_addresses '{wrong}' is not an IP address")
            : profile;

    public static Checked<DhcpProfile> Complete(WriteScope scope, DhcpProfile? before, DhcpProfile profile)
    {
        var members = (scope.Model.Find<EdgeCluster>(profile.EdgeClusterId)?.Members ?? []).Select(member => (long)member.MemberIndex!).ToList();
        foreach (long index in profile.EdgeClusterMemberIndexes ?? [])
        {
            if (!members.Contains(index))
            {
                return ApiErrors.Field($"edge_cluster_member_indexes has {index}; edge cluster {profile.EdgeClusterId} has {string.Join(", ", members)}");
            }
        }

        return profile;
    }

    public static Checked<LogicalDhcpServer> Complete(WriteScope scope, LogicalDhcpServer? before, LogicalDhcpServer server)
    {
        if (server.Ipv4DhcpServer is not { } own)
        {
            return server;
        }

        var subnet = IpPrefix.Parse(own.DhcpServerIp);
        if (!subnet.Address.IsIpv4)
        {
            return ApiErrors.Field($"ipv4_dhcp_server.dhcp_server_ip {own.DhcpServerIp} is not of IPv4");
        }

        return own.GatewayIp is { } gateway && !subnet.Contains(IpAddress.Parse(gateway))
            ? ApiErrors.Field($"ipv4_dhcp_server.gateway_ip {gateway} is not in {own.DhcpServerIp}")
            : server;
    }

    /// <summary>A server's pools and bindings go with it; a port that it serves does not let it go.</summary>
    public static ApiError? Release(WriteScope scope, LogicalDhcpServer server, DeleteWishes wishes)
    {
        _ = wishes;
        if (PortOf(scope.Model, server) is { } port)
        {
            return ApiErrors.InUse(ResourceKey.Of(server), [ResourceKey.Of(port)]);
        }

        foreach (var key in scope.Model.ReferrersOf(ResourceKey.Of(server)).ToList())
        {
            scope.Remove(key);
        }

        return null;
    }

    public static LogicalDhcpServer Show(FabricModel model, LogicalDhcpServer server) => server with { AttachedLogicalPortId = PortOf(model, server)?.Id };

    public static Checked<DhcpIpPool> Complete(WriteScope scope, DhcpIpPool? before, DhcpIpPool pool)
    {
        var ranges = new List<(IpAddress First, IpAddress Last)>();
        var others = scope.Model.All<DhcpIpPool>().Where(other => other.ServerId == pool.ServerId && other.Id != pool.Id).SelectMany(other => other.AllocationRanges).ToList();
        foreach (var (range, at) in pool.AllocationRanges.Select((range, at) => (range, at)))
        {
            if (!TextForms.TryRange($"{range.Start}-{range.End}", out var first, out var last))
            {
                return ApiErrors.Field($"allocation_ranges[{at}] {range.Start}-{range.End} is not a range");
            }

            bool overlaps = ranges.Any(other => first <= other.Last && other.First <= last)
                || others.Any(other => first <= IpAddress.Parse(other.End) && IpAddress.Parse(other.Start) <= last);
            if (overlaps)
            {
                return ApiErrors.Field($"allocation_ranges[{at}] {range.Start}-{range.End} overlaps another range of the server");
            }

            ranges.Add((first, last));
        }

        return pool;
    }

    public static Checked<DhcpStaticBinding> Complete(WriteScope scope, DhcpStaticBinding? before, DhcpStaticBinding binding)
        => scope.Model.All<DhcpStaticBinding>().FirstOrDefault(other => other.ServerId == binding.ServerId && other.Id != binding.Id
            && (string.Equals(other.MacAddress, binding.MacAddress, StringComparison.OrdinalIgnoreCase) || other.IpAddress == binding.IpAddress)) is { } same
            ? ApiErrors.Field($"static binding {same.Id} of the server has {same.MacAddress} {same.IpAddress} already")
            : binding with { HostName = binding.HostName ?? $"client-{binding.IpAddress.Replace('.', '-').Replace(':', '-')}" };

    private static LogicalPort? PortOf(FabricModel model, LogicalDhcpServer server)
        => model.HolderOf(ResourceLinks.Attachment(new LogicalPortAttachment { AttachmentType = "DHCP_SERVICE", Id = server.Id })) is { } key ? model.Find(key) as LogicalPort : null;
}
