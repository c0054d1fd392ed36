using Fabric.Manager.Catalog;
using Fabric.Manager.Errors;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Storage;

/// <summary>An address taken from a pool, with the subnet it lies in.</summary>
internal sealed record PoolAddress(string Ip, IpPrefix Subnet, string? Gateway);

/// <summary>Takes addresses from the pools and gives them back.</summary>
internal static class AddressPools
{
    /// <summary>The lowest free address; or the one asked for. It is held once the caller stores what claims it;
    /// until then the caller says what it has taken.</summary>
    public static (PoolAddress? Address, ApiError? Error) Take(
        WriteScope scope, IpPool pool, string? wanted = null, HashSet<string>? taken = null)
    {
        if (wanted is not null)
        {
            if (!IpAddress.TryParse(wanted, out var address) || Containing(pool, address) is not { } subnet)
            {
                return (null, ApiErrors.NotInPool(pool.Id, wanted));
            }

            string ip = address.ToString();
            return Holder(scope.Model, pool, ip) is { } holder && !Rested(scope, holder)
                ? (null, scope.Model.Find(holder) is AllocationIpAddress { FreeAt: not null }
                    ? ApiErrors.AddressUnavailable(pool.Id, ip)
                    : ApiErrors.AddressAllocated(pool.Id, ip))
                : (Taken(scope, pool, subnet, ip), null);
        }

        foreach (var subnet in pool.Subnets ?? [])
        {
            foreach (var range in subnet.AllocationRanges)
            {
                var last = IpAddress.Parse(range.End);
                for (var address = IpAddress.Parse(range.Start); address <= last; address = new IpAddress(address.Bits + 1))
                {
                    string ip = address.ToString();
                    if (ip != subnet.GatewayIp && taken?.Contains(ip) != true && (Holder(scope.Model, pool, ip) is not { } holder || Rested(scope, holder)))
                    {
                        return (Taken(scope, pool, subnet, ip), null);
                    }
                }
            }
        }

        return (null, ApiErrors.PoolExhausted(pool.Id));
    }

    /// <summary>The address rests for the pool's release delay, then is free.</summary>
    public static void GiveBack(WriteScope scope, string poolId, string ip)
    {
        if (scope.Model.Find<IpPool>(poolId) is { IpReleaseDelay: > 0 } pool)
        {
            scope.Put(new AllocationIpAddress { Id = IdOf(poolId, ip), AllocationId = ip, PoolId = poolId, FreeAt = scope.Now + pool.IpReleaseDelay });
        }
        else
        {
            scope.Remove(ResourceKey.Of<AllocationIpAddress>(IdOf(poolId, ip)));
        }
    }

    public static string IdOf(string poolId, string ip) => $"{poolId}/{ip}";

    /// <summary>Every address of the pool that someone has: taken on request, or a TEP's.</summary>
    public static IEnumerable<string> Allocated(FabricModel model, string poolId)
        => model.ReferrersOf(ResourceKey.Of<IpPool>(poolId)).Select(model.Find).SelectMany(holder => holder switch
        {
            AllocationIpAddress { FreeAt: null, AllocationId: { } ip } => [ip],
            LogicalPort { Allocation: { Ip: { } ip } allocation } when allocation.PoolId == poolId => [ip],
            TransportNode node => node.Teps.Where(tep => tep.PoolId == poolId).Select(tep => tep.Ip),
            _ => [],
        });

    public static long Size(IpPool pool)
        => (pool.Subnets ?? []).SelectMany(subnet => subnet.AllocationRanges)
            .Sum(range => (long)UInt128.Min(IpAddress.Parse(range.End).Bits - IpAddress.Parse(range.Start).Bits + 1, int.MaxValue));

    private static PoolAddress Taken(WriteScope scope, IpPool pool, IpPoolSubnet subnet, string ip)
    {
        var resting = ResourceKey.Of<AllocationIpAddress>(IdOf(pool.Id, ip));
        if (scope.Model.Find(resting) is not null)
        {
            scope.Remove(resting);
        }

        return new PoolAddress(ip, IpPrefix.Parse(subnet.Cidr), subnet.GatewayIp);
    }

    private static ResourceKey? Holder(FabricModel model, IpPool pool, string ip) => model.HolderOf(ResourceLinks.PoolAddress(pool.Id, ip));

    private static bool Rested(WriteScope scope, ResourceKey holder)
        => scope.Model.Find(holder) is AllocationIpAddress { FreeAt: { } free } && free <= scope.Now;

    private static IpPoolSubnet? Containing(IpPool pool, IpAddress address)
        => (pool.Subnets ?? []).FirstOrDefault(subnet => subnet.AllocationRanges.Any(range =>
            TextForms.TryRange($"{range.Start}-{range.End}", out var first, out var last) && first.IsIpv4 == address.IsIpv4 && first <= address && address <= last));
}
