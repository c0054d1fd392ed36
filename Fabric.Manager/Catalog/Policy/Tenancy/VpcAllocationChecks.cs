using Fabric.Manager.Catalog.Policy.Addressing;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>Checks of address allocations of VPCs, and the addresses they get: those asked for, or the first free of the VPC's blocks.</summary>
internal static class VpcAllocationChecks
{
    public static Checked<VpcIpAddressAllocation> Complete(WriteScope scope, VpcIpAddressAllocation? before, VpcIpAddressAllocation allocation)
    {
        if (before is not null)
        {
            return allocation;
        }

        if (scope.Model.Find<Vpc>(allocation.ParentPath) is not { } vpc)
        {
            return ApiErrors.InvalidPath(allocation.ParentPath);
        }

        if (allocation.IpBlock is { } stated && scope.Model.Find<IpAddressBlock>(stated) is null)
        {
            return ApiErrors.InvalidPath(stated);
        }

        allocation = allocation with { IpAddressBlockVisibility = allocation.IpAddressBlockVisibility ?? "EXTERNAL" };
        var blocks = allocation.IpBlock is { } named ? new[] { scope.Model.Find<IpAddressBlock>(named) }.OfType<IpAddressBlock>()
            : VpcBlocks.Of(scope.Model, vpc, allocation.IpAddressBlockVisibility);
        string? wanted = allocation.AllocationIps ?? allocation.AllocationIp;
        if (wanted is not null && !TextForms.TryRange(wanted, out _, out _))
        {
            return ApiErrors.Field($"allocation_ips '{wanted}' is no address and no CIDR block");
        }

        UInt128 size = wanted is null ? (UInt128)(allocation.AllocationSize ?? 1) : AddressRange.Parse(wanted).Count;
        if (!UInt128.IsPow2(size))
        {
            return ApiErrors.Field("allocation_size must be a power of 2");
        }

        ApiError? last = null;
        foreach (var block in blocks)
        {
            (var network, last) = BlockSpace.Take(scope, block, size, wanted is null ? null : AddressRange.Parse(wanted).First);
            if (network is { } taken)
            {
                string text = size == 1 ? taken.Address.ToString() : taken.ToString();
                return allocation with { IpBlock = block.Path, AllocationIps = text, AllocationIp = size == 1 ? text : null, AllocationSize = (int)size };
            }
        }

        return last ?? NetworkErrors.VpcSubnet($"VPC {vpc.Path} has no IP block of visibility {allocation.IpAddressBlockVisibility}.");
    }

    /// <summary>Sets aside addresses of the subnet's pool that no port has.</summary>
    public static Checked<DynamicIpAddressReservation> Complete(WriteScope scope, DynamicIpAddressReservation? before, DynamicIpAddressReservation reservation)
    {
        if (before is not null && before.NumberOfIps == reservation.NumberOfIps)
        {
            return reservation;
        }

        if (scope.Model.Find<IpAddressPool>(VpcSubnetPlan.PoolPath(reservation.ParentPath)) is not { } pool)
        {
            return NetworkErrors.VpcSubnet($"VPC subnet {reservation.ParentPath} does not allocate addresses.");
        }

        var ips = (before?.Ips ?? []).Take(reservation.NumberOfIps).ToList();
        while (ips.Count < reservation.NumberOfIps)
        {
            var (ip, error) = PoolSpace.Take(scope, pool, wanted: null, ips.Count, ips.Contains);
            if (ip is null)
            {
                return error!.Code == NetworkErrors.PoolExhausted(pool.Path).Code ? NetworkErrors.VpcSubnetFull(reservation.ParentPath) : error;
            }

            ips.Add(ip);
        }

        return reservation with { Ips = ips, PoolId = pool.UniqueId };
    }

    /// <summary>Addresses are reserved before a port has them, not after.</summary>
    public static Checked<StaticIpAddressReservation> Complete(WriteScope scope, StaticIpAddressReservation? before, StaticIpAddressReservation reservation)
    {
        if (scope.Model.Find<IpAddressPool>(VpcSubnetPlan.PoolPath(reservation.ParentPath)) is not { } pool)
        {
            return NetworkErrors.VpcSubnet($"VPC subnet {reservation.ParentPath} does not allocate addresses.");
        }

        var own = ResourceKey.Of(reservation);
        foreach (string text in reservation.ReservedIps)
        {
            var range = AddressRange.Parse(text);
            if (range.Count > 65_536)
            {
                return ApiErrors.Field($"reserved_ips {text} is larger than a subnet can be");
            }

            if (scope.Model.Find<VpcSubnet>(reservation.ParentPath)?.IpAddresses?.Any(network => AddressRange.Parse(network).Contains(range)) != true)
            {
                return NetworkErrors.VpcSubnet($"{text} is in no network of VPC subnet {reservation.ParentPath}.");
            }

            for (var ip = range.First; ip <= range.Last; ip = new IpAddress(ip.Bits + 1))
            {
                if (scope.Model.HolderOf(ResourceLinks.PoolAddress(pool.UniqueId!, ip.ToString())) is { } holder && holder != own)
                {
                    return NetworkErrors.VpcSubnetReserved(reservation.ParentPath, ip.ToString());
                }
            }
        }

        return reservation with { PoolId = pool.UniqueId };
    }
}
