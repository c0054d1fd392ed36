using Fabric.Manager.Catalog.Policy.Addressing;
using Fabric.Manager.Catalog.Policy.Networking;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>Checks of VPC subnet ports, and their addresses: stated, or from the subnet's pool, kept for as long as the port lives.</summary>
internal static class VpcPortChecks
{
    public static Checked<VpcSubnetPort> Complete(WriteScope scope, VpcSubnetPort? before, VpcSubnetPort port)
    {
        if (SegmentPortChecks.CheckAttachment(scope, ResourceKey.Of(port), port.Attachment) is { } error)
        {
            return error;
        }

        if (scope.Model.Find<IpAddressPool>(VpcSubnetPlan.PoolPath(port.ParentPath)) is not { } pool)
        {
            return port;
        }

        port = port with { PoolId = pool.UniqueId };
        var stated = (port.AddressBindings ?? []).Where(binding => binding.IpAddress is { } ip && IpAddress.TryParse(ip, out _)).ToList();
        if (stated.Count > 0)
        {
            foreach (var binding in stated)
            {
                if (CheckStated(scope, pool, port, $"{IpAddress.Parse(binding.IpAddress!)}") is { } refused)
                {
                    return refused;
                }
            }

            return port with { AllocatedAddresses = null };
        }

        if (port.AllocatedAddresses is { Count: > 0 } || !WantsAddress(port))
        {
            return port;
        }

        var (ip, full) = PoolSpace.Take(scope, pool, wanted: null, scope.Model.ChildrenOf(nameof(VpcSubnetPort), port.ParentPath).Count);
        return ip is null
            ? full!.Code == NetworkErrors.PoolExhausted(pool.Path).Code ? NetworkErrors.VpcSubnetFull(port.ParentPath) : full
            : port with { AllocatedAddresses = [new PortAddressBindingEntry { IpAddress = ip, MacAddress = PortAllocations.NextMac(scope) }] };
    }

    private static bool WantsAddress(VpcSubnetPort port) => port.Attachment?.AllocateAddresses is null or "IP_POOL" or "BOTH" && port.StaticIpAllocationType != "NONE";

    private static ApiError? CheckStated(WriteScope scope, IpAddressPool pool, VpcSubnetPort port, string ip)
    {
        var subnet = scope.Model.Find<VpcSubnet>(port.ParentPath);
        if (subnet?.IpAddresses?.Any(network => IpPrefix.Parse(network).Contains(IpAddress.Parse(ip))) != true)
        {
            return NetworkErrors.VpcSubnet($"{ip} is in no network of VPC subnet {port.ParentPath}.");
        }

        bool fixedIn = (subnet.AdvancedConfig.GatewayAddresses ?? []).Concat(subnet.AdvancedConfig.DhcpServerAddresses ?? []).Any(text => $"{IpPrefix.Parse(text).Address}" == ip);
        return fixedIn || (scope.Model.HolderOf(ResourceLinks.PoolAddress(pool.UniqueId!, ip)) is { } holder && holder != ResourceKey.Of(port))
            ? NetworkErrors.VpcSubnetReserved(port.ParentPath, ip)
            : null;
    }
}
