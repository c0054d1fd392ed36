using Fabric.Manager.Catalog.Policy.Addressing;
using Fabric.Manager.Catalog.Policy.Tenancy;
using Fabric.Packets.Addresses;
using Microsoft.AspNetCore.Http;

namespace Fabric.Manager.Endpoints.Policy.Networking;

/// <summary>The networks of a VPC subnet with the addresses of its gateway, DHCP server and pool.</summary>
internal static class SubnetStatusView
{
    public static IResult Answer(PolicyCall call)
    {
        var subnet = call.Of<VpcSubnet>();
        string pool = VpcSubnetPlan.PoolPath(subnet.Path);
        var ranges = call.Model.Find<IpAddressPool>(pool)?.OwnRanges;
        var results = new List<VpcSubnetStatus>();
        foreach (string network in subnet.IpAddresses ?? [])
        {
            var prefix = IpPrefix.Parse(network);
            string? Inside(IReadOnlyList<string>? addresses) => addresses?.FirstOrDefault(text => prefix.Contains(IpPrefix.Parse(text).Address));
            results.Add(new VpcSubnetStatus(
                prefix.Address.IsIpv4 ? "IPV4" : "IPV6",
                network,
                Inside(subnet.AdvancedConfig.GatewayAddresses),
                Inside(subnet.AdvancedConfig.DhcpServerAddresses),
                ranges is null ? null : pool,
                ranges is { Count: > 0 } ? $"{ranges[0].Start}-{ranges[^1].End}" : null));
        }

        return Answers.Ok(new VpcSubnetStatuses(results, results.Count));
    }

    private sealed record VpcSubnetStatuses(IReadOnlyList<VpcSubnetStatus> Results, int ResultCount);

    private sealed record VpcSubnetStatus(
        string IpAddressType, string NetworkAddress, string? GatewayAddress, string? DhcpServerAddress, string? StaticIpPoolPath, string? StaticIpPoolRange);
}
