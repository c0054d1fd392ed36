using System.Globalization;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Checks;

/// <summary>Checks of IP pools and VNI pools.</summary>
internal static class PoolChecks
{
    public static Checked<IpPool> Complete(WriteScope scope, IpPool? before, IpPool pool)
    {
        var ranges = new List<(IpAddress First, IpAddress Last)>();
        foreach (var (subnet, at) in (pool.Subnets ?? []).Select((subnet, at) => (subnet, at)))
        {
            var cidr = IpPrefix.Parse(subnet.Cidr);
            if (subnet.GatewayIp is { } gateway && !cidr.Contains(IpAddress.Parse(gateway)))
            {
                return ApiErrors.Field($"subnets[{at}].gateway_ip {gateway} is not in {subnet.Cidr}");
            }

            foreach (var range in subnet.AllocationRanges)
            {
                var (first, last) = (IpAddress.Parse(range.Start), IpAddress.Parse(range.End));
                if (!cidr.Contains(first) || !cidr.Contains(last) || last < first)
                {
                    return ApiErrors.Field($"subnets[{at}].allocation_ranges {range.Start}-{range.End} is not a range in {subnet.Cidr}");
                }

                if (ranges.Any(other => first <= other.Last && other.First <= last))
                {
                    return ApiErrors.Field($"subnets[{at}].allocation_ranges {range.Start}-{range.End} overlaps another range of the pool");
                }

                ranges.Add((first, last));
            }
        }

        if (pool.CheckOverlapWithExistingPools && scope.Model.All<IpPool>().FirstOrDefault(other => other.Id != pool.Id && Overlaps(other, ranges)) is { } overlapped)
        {
            return ApiErrors.Field($"subnets overlap those of IP pool {overlapped.Id}");
        }

        string? left = before is null ? null : AddressPools.Allocated(scope.Model, pool.Id)
            .FirstOrDefault(ip => !ranges.Any(range => range.First <= IpAddress.Parse(ip) && IpAddress.Parse(ip) <= range.Last));
        return left is null ? pool : LeftOut(before!, ranges, IpAddress.Parse(left), pool.Id);
    }

    /// <summary>Clients tell three cases apart: the range of an address that is out was deleted, shortened, or moved.</summary>
    private static ApiError LeftOut(IpPool before, List<(IpAddress First, IpAddress Last)> ranges, IpAddress address, string pool)
    {
        var (first, last) = (before.Subnets ?? []).SelectMany(subnet => subnet.AllocationRanges)
            .Select(range => (First: IpAddress.Parse(range.Start), Last: IpAddress.Parse(range.End)))
            .First(range => range.First <= address && address <= range.Last);
        var meeting = ranges.Where(range => range.First <= last && first <= range.Last).ToList();
        return meeting.Count == 0 ? ApiErrors.RangeDeleted(pool, $"{address}")
            : meeting.All(range => first <= range.First && range.Last <= last) ? ApiErrors.RangeShrunk(pool, $"{address}")
            : ApiErrors.RangeModified(pool, $"{address}");
    }

    public static IpPool Show(FabricModel model, IpPool pool)
    {
        long total = AddressPools.Size(pool);
        long taken = AddressPools.Allocated(model, pool.Id).LongCount();
        return pool with { PoolUsage = new PoolUsage { TotalIds = total, AllocatedIds = taken, FreeIds = total - taken } };
    }

    public static ApiError? Release(WriteScope scope, IpPool pool, DeleteWishes wishes)
    {
        int taken = AddressPools.Allocated(scope.Model, pool.Id).Count();
        if (taken > 0 && !wishes.Force)
        {
            return ApiErrors.PoolInUse(pool.Id, taken);
        }

        foreach (var key in scope.Model.ReferrersOf(ResourceKey.Of(pool)).Where(key => key.Kind == nameof(AllocationIpAddress)).ToList())
        {
            scope.Remove(key);
        }

        return null;
    }

    public static Checked<VniPool> Complete(WriteScope scope, VniPool? before, VniPool pool)
    {
        foreach (var (range, at) in pool.Ranges.Select((range, at) => (range, at)))
        {
            if (range.End < range.Start)
            {
                return ApiErrors.Field($"ranges[{at}] ends before it starts");
            }

            bool overlaps = pool.Ranges.Take(at).Concat(scope.Model.All<VniPool>().Where(other => other.Id != pool.Id).SelectMany(other => other.Ranges))
                .Any(other => range.Start <= other.End && other.Start <= range.End);
            if (overlaps)
            {
                return ApiErrors.Field($"ranges[{at}] overlaps another VNI range");
            }
        }

        return before is not null && VnisIn(scope.Model, before).FirstOrDefault(vni => !Has(pool, vni)) is > 0 and var left
            ? ApiErrors.VniUnavailable(left, "a logical switch has it, so the pool cannot leave it out")
            : pool;
    }

    public static ApiError? Release(WriteScope scope, VniPool pool, DeleteWishes wishes)
        => VnisIn(scope.Model, pool).FirstOrDefault() is > 0 and var taken && !wishes.Force
            ? ApiErrors.VniUnavailable(taken, "a logical switch has it, so its pool cannot be deleted")
            : null;

    public static VniPool Show(FabricModel model, VniPool pool)
    {
        long total = pool.Ranges.Sum(range => (long)range.End - range.Start + 1);
        long taken = VnisIn(model, pool).LongCount();
        return pool with { PoolUsage = new PoolUsage { TotalIds = total, AllocatedIds = taken, FreeIds = total - taken } };
    }

    public static ApiError? CheckVni(WriteScope scope, uint vni)
    {
        if (!scope.Model.All<VniPool>().Any(pool => Has(pool, vni)))
        {
            return ApiErrors.VniUnavailable(vni, "it is in no VNI pool");
        }

        return scope.Model.HolderOf(new Claim("vni", vni.ToString(CultureInfo.InvariantCulture))) is { } holder
            ? ApiErrors.VniUnavailable(vni, $"{holder} has it")
            : null;
    }

    private static bool Has(VniPool pool, uint vni) => pool.Ranges.Any(range => range.Start <= vni && vni <= range.End);

    private static IEnumerable<uint> VnisIn(FabricModel model, VniPool pool)
        => model.All<LogicalSwitch>().Where(logical => logical.Vni is { } vni && Has(pool, vni)).Select(logical => logical.Vni!.Value);

    private static bool Overlaps(IpPool other, List<(IpAddress First, IpAddress Last)> ranges)
        => (other.Subnets ?? []).SelectMany(subnet => subnet.AllocationRanges)
            .Any(range => ranges.Any(own => own.First <= IpAddress.Parse(range.End) && IpAddress.Parse(range.Start) <= own.Last));
}
