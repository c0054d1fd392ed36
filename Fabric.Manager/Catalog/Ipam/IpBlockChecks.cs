using System.Numerics;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Ipam;

/// <summary>Checks of IP blocks, and the subnets carved from them: the lowest free place that is a multiple of the size.</summary>
internal static class IpBlockChecks
{
    public static Checked<IpBlock> Complete(WriteScope scope, IpBlock? before, IpBlock block)
    {
        var cidr = IpPrefix.Parse(block.Cidr);
        if (cidr.Network != cidr.Address)
        {
            return ApiErrors.Field($"cidr {block.Cidr} has host bits set; the network is {cidr.Network}/{cidr.Length}");
        }

        if (before is not null && before.Cidr != block.Cidr)
        {
            foreach (var subnet in SubnetsOf(scope.Model, block.Id))
            {
                var (first, last) = Range(subnet);
                if (!cidr.Contains(first) || !cidr.Contains(last))
                {
                    return ApiErrors.RangeShrunk(block.Id, subnet.Cidr!);
                }
            }
        }

        return block;
    }

    public static Checked<IpBlockSubnet> Complete(WriteScope scope, IpBlockSubnet? before, IpBlockSubnet subnet)
    {
        if (before is not null)
        {
            return subnet;
        }

        if (!BitOperations.IsPow2(subnet.Size))
        {
            return ApiErrors.Field($"size {subnet.Size} must be a power of two");
        }

        var block = scope.Model.Find<IpBlock>(subnet.BlockId)!;
        var (network, error) = Carve(IpPrefix.Parse(block.Cidr), [.. SubnetsOf(scope.Model, block.Id).Select(Range)], subnet.Size, subnet.StartIp, block.Id);
        if (network is not { } start)
        {
            return error!;
        }

        var last = new IpAddress(start.Bits + (UInt128)subnet.Size - 1);
        int length = (start.IsIpv4 ? 32 : 128) - BitOperations.Log2((ulong)subnet.Size);
        return subnet with
        {
            Cidr = $"{start}/{length}",
            StartIp = start.ToString(),
            AllocationRanges = [new IpPoolRange { Start = start.ToString(), End = last.ToString() }],
        };
    }

    /// <summary>Addresses that were taken from the subnet keep it.</summary>
    public static ApiError? Release(WriteScope scope, IpBlockSubnet subnet, DeleteWishes wishes)
    {
        int taken = AddressPools.Allocated(scope.Model, subnet.Id).Count();
        if (taken > 0 && !wishes.Force)
        {
            return ApiErrors.PoolInUse(subnet.Id, taken);
        }

        foreach (var key in scope.Model.ReferrersOf(ResourceKey.Of<IpPool>(subnet.Id)).ToList())
        {
            scope.Remove(key);
        }

        return null;
    }

    /// <summary>The subnet as the pool that addresses are taken from.</summary>
    public static IpPool AsPool(IpBlockSubnet subnet)
        => new() { Id = subnet.Id, IpReleaseDelay = 0, Subnets = [new IpPoolSubnet { Cidr = subnet.Cidr!, AllocationRanges = subnet.AllocationRanges! }] };

    public static (IpAddress First, IpAddress Last) Range(IpBlockSubnet subnet)
    {
        var cidr = IpPrefix.Parse(subnet.Cidr!);
        return (cidr.Network, cidr.Last);
    }

    private static IEnumerable<IpBlockSubnet> SubnetsOf(FabricModel model, string block)
        => model.ReferrersOf(ResourceKey.Of<IpBlock>(block)).Select(model.Find).OfType<IpBlockSubnet>();

    private static (IpAddress? Start, ApiError? Error) Carve(
        IpPrefix block, List<(IpAddress First, IpAddress Last)> taken, long size, string? wanted, string id)
    {
        taken.Sort((left, right) => left.First.CompareTo(right.First));
        var step = (UInt128)size;
        if (wanted is not null)
        {
            var start = IpAddress.Parse(wanted);
            var end = new IpAddress(start.Bits + step - 1);
            return !block.Contains(start) || !block.Contains(end) ? (null, ApiErrors.NotInPool(id, wanted))
                : start.Bits % step != 0 ? (null, ApiErrors.Field($"start_ip {wanted} must be a multiple of the size {size}"))
                : taken.Any(other => start <= other.Last && other.First <= end) ? (null, ApiErrors.AddressUnavailable(id, wanted))
                : (start, null);
        }

        var next = block.Network;
        foreach (var (first, last) in taken)
        {
            if (Fits(next, step, first))
            {
                return (next, null);
            }

            next = last < next ? next : Aligned(new IpAddress(last.Bits + 1), step);
        }

        return block.Contains(next) && block.Contains(new IpAddress(next.Bits + step - 1)) && step <= block.Last.Bits - block.Network.Bits + 1
            ? (next, null)
            : (null, ApiErrors.PoolExhausted(id));
    }

    private static bool Fits(IpAddress start, UInt128 size, IpAddress before) => start.Bits + size <= before.Bits;

    private static IpAddress Aligned(IpAddress address, UInt128 size)
    {
        var rest = address.Bits % size;
        return rest == 0 ? address : new IpAddress(address.Bits + (size - rest));
    }
}
