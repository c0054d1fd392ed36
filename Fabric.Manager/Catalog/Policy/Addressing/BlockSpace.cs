using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Policy.Addressing;

/// <summary>Carves networks and addresses from IP blocks. Whoever stores what was carved, and names the block, has it until it is deleted.</summary>
internal static class BlockSpace
{
    /// <summary>A network of that many addresses (a power of two): the first free one, or the one that starts where asked.</summary>
    public static (IpPrefix? Network, ApiError? Error) Take(WriteScope scope, IpAddressBlock block, UInt128 size, IpAddress? start = null)
    {
        bool ipv4 = SpacesOf(block).FirstOrDefault().First.IsIpv4;
        int length = (ipv4 ? 32 : 128) - (int)UInt128.Log2(size);
        if (length < 0)
        {
            return (null, NetworkErrors.BlockExhausted(block.Path, $"{size} addresses"));
        }

        if (start is { } first)
        {
            var wanted = new IpPrefix(first, length);
            return wanted.Network != first ? (null, NetworkErrors.NotInBlock(block.Path, $"A network of {size} addresses that starts at {first}"))
                : Check(scope.Model, block, AddressRange.Of(wanted), $"{wanted}", except: null) is { } error ? (null, error)
                : (wanted, null);
        }

        var spaces = SpacesOf(block).ToList();
        var taken = TakenFrom(scope.Model, block).Select(one => one.Range).Concat(Kept(block));
        return AddressRange.FirstFree(spaces, taken, size) is { } free
            ? (new IpPrefix(free.First, length), null)
            : (null, NetworkErrors.BlockExhausted(block.Path, $"{size} addresses are wanted"));
    }

    /// <summary>Whether somebody may have that range of the block, whom it does not belong to yet.</summary>
    public static ApiError? Check(FabricModel model, IpAddressBlock block, AddressRange wanted, string text, ResourceKey? except)
    {
        if (!SpacesOf(block).Any(space => space.Contains(wanted)))
        {
            return NetworkErrors.NotInBlock(block.Path, text);
        }

        if ((block.ExcludedIps ?? []).Select(AddressRange.Of).Any(excluded => excluded.Overlaps(wanted)))
        {
            return NetworkErrors.SubnetTaken(block.Path, text, block.Path);
        }

        foreach (var (range, holder) in TakenFrom(model, block))
        {
            if (holder != except && range.Overlaps(wanted))
            {
                return NetworkErrors.SubnetTaken(block.Path, text, holder.Id);
            }
        }

        return null;
    }

    /// <summary>Everything that somebody has of the block.</summary>
    public static IEnumerable<(AddressRange Range, ResourceKey Holder)> TakenFrom(FabricModel model, IpAddressBlock block)
    {
        foreach (var key in model.ReferrersOf(ResourceKey.Of(block)))
        {
            if (model.Find(key) is PolicyResource { MarkedForDelete: false } holder and ITakesFromBlock taker)
            {
                foreach (string taken in taker.TakenFrom(block.Path))
                {
                    yield return (AddressRange.Parse(taken), ResourceKey.Of(holder));
                }
            }
        }
    }

    public static IEnumerable<AddressRange> SpacesOf(IpAddressBlock block)
        => (block.Cidr is { } cidr ? [cidr] : Array.Empty<string>()).Concat(block.Cidrs ?? []).Select(AddressRange.Parse).Concat((block.Ranges ?? []).Select(AddressRange.Of));

    public static Claim Claim(string block, string network) => new("ip-block", $"{block} {network}");

    private static IEnumerable<AddressRange> Kept(IpAddressBlock block) => (block.ExcludedIps ?? []).Concat(block.ReservedIps ?? []).Select(AddressRange.Of);
}
