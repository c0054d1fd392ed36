using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Policy.Addressing;

/// <summary>
/// Takes addresses from policy IP pools. An address is held by the claim of whoever stores it, under the pool's unique id: that is the id of
/// the same pool in the Manager API, so that neither API gives away what the other one gave.
/// </summary>
internal static class PoolSpace
{
    /// <summary>The address asked for, or a free one: as a rule the first behind those given so far.</summary>
    public static (string? Ip, ApiError? Error) Take(WriteScope scope, IpAddressPool pool, string? wanted, int givenSoFar, Func<string, bool>? taken = null)
    {
        var ranges = RangesOf(scope.Model, pool).ToList();
        if (wanted is not null)
        {
            var asked = IpAddress.Parse(wanted);
            return !ranges.Any(range => range.Contains(asked)) ? (null, NetworkErrors.NotInPool(pool.Path, wanted))
                : IsFree(scope.Model, pool, $"{asked}") ? ($"{asked}", null)
                : (null, NetworkErrors.AddressTaken(pool.Path, wanted));
        }

        // Nothing freed yet: the first so many are out and the next is free. Otherwise the search goes on from there, and around once.
        var total = Sum(ranges);
        for (UInt128 step = 0; step < total; step++)
        {
            string ip = At(ranges, ((UInt128)givenSoFar + step) % total).ToString();
            if (IsFree(scope.Model, pool, ip) && taken?.Invoke(ip) != true)
            {
                return (ip, null);
            }
        }

        return (null, NetworkErrors.PoolExhausted(pool.Path));
    }

    /// <summary>What the pool hands out, its gateways left out.</summary>
    public static IEnumerable<AddressRange> RangesOf(FabricModel model, IpAddressPool pool)
        => (pool.OwnRanges ?? []).Select(AddressRange.Of)
            .Concat(model.ChildrenOf<IpAddressPoolSubnet>(pool.Path).SelectMany(RangesOf));

    public static IEnumerable<AddressRange> RangesOf(IpAddressPoolSubnet subnet) => subnet switch
    {
        IpAddressPoolStaticSubnet { AllocationRanges: var ranges, GatewayIp: var gateway } => ranges.Select(AddressRange.Of).SelectMany(range => Without(range, gateway)),
        IpAddressPoolBlockSubnet { AllocationRanges: { } ranges, GatewayAddress: var gateway }
            => ranges.Select(AddressRange.Of).SelectMany(range => Without(range, gateway?[..gateway.IndexOf('/', StringComparison.Ordinal)])),
        _ => [],
    };

    public static UInt128 Sum(IEnumerable<AddressRange> ranges)
    {
        UInt128 sum = 0;
        foreach (var range in ranges)
        {
            sum += range.Count;
        }

        return sum;
    }

    private static IEnumerable<AddressRange> Without(AddressRange range, string? address)
    {
        if (address is null || !range.Contains(IpAddress.Parse(address)))
        {
            return [range];
        }

        var bits = IpAddress.Parse(address).Bits;
        return new[] { new AddressRange(range.First, new IpAddress(bits - 1)), new AddressRange(new IpAddress(bits + 1), range.Last) }.Where(part => part.First <= part.Last);
    }

    private static IpAddress At(List<AddressRange> ranges, UInt128 index)
    {
        foreach (var range in ranges)
        {
            if (index < range.Count)
            {
                return new IpAddress(range.First.Bits + index);
            }

            index -= range.Count;
        }

        throw new ArgumentOutOfRangeException(nameof(index));
    }

    private static bool IsFree(FabricModel model, IpAddressPool pool, string ip)
        => model.HolderOf(ResourceLinks.PoolAddress(pool.UniqueId ?? "", ip)) is not { } holder || model.Find(holder) is PolicyResource { MarkedForDelete: true };
}
