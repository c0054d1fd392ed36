using System.Globalization;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Policy.Addressing;

/// <summary>Checks of policy IP pools, their subnets and the addresses taken from them.</summary>
internal static class PolicyPoolChecks
{
    public static IpAddressPool Show(FabricModel model, IpAddressPool pool)
    {
        var ranges = PoolSpace.RangesOf(model, pool).ToList();
        long total = (long)UInt128.Min(PoolSpace.Sum(ranges), long.MaxValue);
        int allocated = model.ChildrenOf(nameof(IpAddressAllocation), pool.Path).Count;
        return pool with
        {
            IpAddressType = (ranges.Any(range => range.First.IsIpv4), ranges.Any(range => !range.First.IsIpv4)) switch
            {
                (true, true) => "DUAL",
                (false, true) => "IPV6",
                _ => "IPV4",
            },
            PoolUsage = new PolicyPoolUsage { TotalIps = total, AllocatedIpAllocations = allocated, RequestedIpAllocations = allocated, AvailableIps = Math.Max(0, total - allocated) },
        };
    }

    public static Checked<IpAddressPoolSubnet> Complete(WriteScope scope, IpAddressPoolSubnet? before, IpAddressPoolSubnet subnet)
    {
        var done = subnet switch
        {
            IpAddressPoolBlockSubnet block => Carve(scope, before as IpAddressPoolBlockSubnet, block),
            IpAddressPoolStaticSubnet stated => Check(stated),
            _ => subnet,
        };
        return done.Error is not null ? done : CheckRanges(scope, before, done.Resource!) is { } error ? error : done;
    }

    /// <summary>A subnet stays while addresses of it are out.</summary>
    public static ApiError? Release(WriteScope scope, IpAddressPoolSubnet subnet, DeleteWishes wishes)
    {
        var ranges = PoolSpace.RangesOf(subnet).ToList();
        int taken = Allocated(scope.Model, subnet.ParentPath).Count(ip => ranges.Any(range => range.Contains(ip)));
        return taken > 0 ? NetworkErrors.SubnetInUse(subnet.Path, taken) : null;
    }

    public static Checked<IpAddressAllocation> Complete(WriteScope scope, IpAddressAllocation? before, IpAddressAllocation allocation)
    {
        if (before?.AllocatedIp is not null)
        {
            return allocation;
        }

        if (scope.Model.Find<IpAddressPool>(allocation.ParentPath) is not { } pool)
        {
            return ApiErrors.InvalidPath(allocation.ParentPath);
        }

        var (ip, error) = PoolSpace.Take(scope, pool, allocation.AllocationIp, scope.Model.ChildrenOf(nameof(IpAddressAllocation), pool.Path).Count);
        return ip is null ? error! : allocation with { AllocatedIp = ip, PoolId = pool.UniqueId };
    }

    public static Checked<VniPoolConfig> Complete(WriteScope scope, VniPoolConfig? before, VniPoolConfig pool)
        => pool.End < pool.Start ? ApiErrors.Field("end may not be before start")
            : scope.Model.All<VniPoolConfig>().FirstOrDefault(other => other.Path != pool.Path && !other.MarkedForDelete && pool.Start <= other.End && other.Start <= pool.End) is { } overlapped
                ? NetworkErrors.Overlap(pool.Path, $"{overlapped.Start}-{overlapped.End}", overlapped.Path)
                : pool;

    private static IEnumerable<IpAddress> Allocated(FabricModel model, string pool)
        => model.ChildrenOf<IpAddressAllocation>(pool).Where(allocation => allocation.AllocatedIp is not null).Select(allocation => IpAddress.Parse(allocation.AllocatedIp!));

    private static Checked<IpAddressPoolSubnet> Carve(WriteScope scope, IpAddressPoolBlockSubnet? before, IpAddressPoolBlockSubnet subnet)
    {
        if (before is not null)
        {
            return subnet;
        }

        var size = subnet.SubnetSize is { } text && UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var large) ? large : (UInt128)Math.Max(0, subnet.Size ?? 0);
        if (size < 1 || !UInt128.IsPow2(size))
        {
            return ApiErrors.Field("size must be a power of 2");
        }

        if (scope.Model.Find<IpAddressBlock>(subnet.IpBlockPath) is not { MarkedForDelete: false } block)
        {
            return ApiErrors.InvalidPath(subnet.IpBlockPath);
        }

        var (network, error) = BlockSpace.Take(scope, block, size, subnet.StartIp is { } start ? IpAddress.Parse(start) : null);
        if (network is not { } carved)
        {
            return error!;
        }

        bool hasEdges = carved.Address.IsIpv4 && carved.Length < 31; // the network's own address and the broadcast address
        var first = hasEdges ? new IpAddress(carved.Network.Bits + 1) : carved.Network;
        var last = hasEdges ? new IpAddress(carved.Last.Bits - 1) : carved.Last;
        bool hasGateway = subnet.AutoAssignGateway && first < last;
        return subnet with
        {
            Cidr = carved.ToString(),
            NetworkAddress = carved.Network.ToString(),
            BroadcastAddress = carved.Address.IsIpv4 ? carved.Last.ToString() : null,
            GatewayAddress = hasGateway ? $"{first}/{carved.Length}" : null,
            AllocationRanges = [new IpPoolRange { Start = (hasGateway ? new IpAddress(first.Bits + 1) : first).ToString(), End = last.ToString() }],
        };
    }

    private static Checked<IpAddressPoolSubnet> Check(IpAddressPoolStaticSubnet subnet)
    {
        var cidr = IpPrefix.Parse(subnet.Cidr);
        if (subnet.GatewayIp is { } gateway && !cidr.Contains(IpAddress.Parse(gateway)))
        {
            return ApiErrors.Field($"gateway_ip {gateway} is not in {subnet.Cidr}");
        }

        return subnet.AllocationRanges.FirstOrDefault(range => !BlockChecks.IsRange(range) || !AddressRange.Of(cidr).Contains(AddressRange.Of(range))) is { } stray
            ? ApiErrors.Field($"allocation_ranges {stray.Start}-{stray.End} is not a range in {subnet.Cidr}")
            : subnet;
    }

    private static ApiError? CheckRanges(WriteScope scope, IpAddressPoolSubnet? before, IpAddressPoolSubnet subnet)
    {
        var own = PoolSpace.RangesOf(subnet).ToList();
        if (own.Where((range, at) => own.Take(at).Any(range.Overlaps)).Any())
        {
            return ApiErrors.Field("allocation_ranges overlap each other");
        }

        if (before is not null)
        {
            var old = PoolSpace.RangesOf(before).ToList();
            var left = Allocated(scope.Model, subnet.ParentPath).Where(ip => old.Any(range => range.Contains(ip)) && !own.Any(range => range.Contains(ip))).ToList();
            if (left.Count > 0)
            {
                return NetworkErrors.RangeInUse(subnet.Path, left[0].ToString());
            }
        }

        bool everywhere = scope.Model.Find<IpAddressPool>(subnet.ParentPath)?.CheckOverlapWithExistingPools == true;
        var others = everywhere ? scope.Model.All<IpAddressPoolSubnet>() : scope.Model.ChildrenOf<IpAddressPoolSubnet>(subnet.ParentPath);
        return others.FirstOrDefault(other => other.Path != subnet.Path && !other.MarkedForDelete && PoolSpace.RangesOf(other).Any(theirs => own.Any(theirs.Overlaps))) is { } overlapped
            ? NetworkErrors.Overlap(subnet.Path, "the ranges", overlapped.Path)
            : null;
    }
}
