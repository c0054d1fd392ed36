using Fabric.Manager.Catalog.Policy.Addressing;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>Checks of VPC subnets: where their network comes from, and what is fixed in it.</summary>
internal static class VpcSubnetChecks
{
    private const int DefaultSize = 64;

    public static Checked<VpcSubnet> Complete(WriteScope scope, VpcSubnet? before, VpcSubnet subnet)
    {
        if (scope.Model.Find<Vpc>(subnet.ParentPath) is not { } vpc)
        {
            return ApiErrors.InvalidPath(subnet.ParentPath);
        }

        if (before is not null)
        {
            return Keep(scope, before, subnet);
        }

        var placed = subnet.AccessMode == "L2_Only" ? subnet : subnet.IpAddresses is { Count: > 0 } stated ? Stated(scope, vpc, subnet, stated) : Carved(scope, vpc, subnet);
        return placed.Error is not null ? placed : VpcSubnetPlan.Complete(placed.Resource!);
    }

    /// <summary>Network and access stay as they were made.</summary>
    private static Checked<VpcSubnet> Keep(WriteScope scope, VpcSubnet before, VpcSubnet subnet)
    {
        subnet = subnet with
        {
            IpAddresses = subnet.IpAddresses is { Count: > 0 } ? subnet.IpAddresses : before.IpAddresses,
            IpBlocks = before.IpBlocks,
            Ipv4SubnetSize = subnet.Ipv4SubnetSize ?? before.Ipv4SubnetSize,
        };
        if (!(subnet.IpAddresses ?? []).SequenceEqual(before.IpAddresses ?? []) || subnet.AccessMode != before.AccessMode || subnet.Ipv4SubnetSize != before.Ipv4SubnetSize)
        {
            return NetworkErrors.VpcSubnet($"ip_addresses, ipv4_subnet_size and access_mode of VPC subnet {subnet.Path} cannot be changed.");
        }

        var done = VpcSubnetPlan.Complete(subnet);
        string pool = VpcSubnetPlan.PoolPath(subnet.Path);
        if (done.Resource is { } allocating && VpcSubnetPlan.Allocates(allocating) && scope.Model.Find<IpAddressPool>(pool) is null
            && PolicyWriter.Plant(scope, pool, VpcSubnetPlan.PoolOf(allocating)) is { } error)
        {
            return error;
        }

        return done;
    }

    private static Checked<VpcSubnet> Stated(WriteScope scope, Vpc vpc, VpcSubnet subnet, IReadOnlyList<string> stated)
    {
        var ranges = stated.Select(AddressRange.Parse).ToList();
        foreach (var (other, range) in Networks(scope.Model, vpc, except: subnet.Path))
        {
            if (ranges.Any(range.Overlaps))
            {
                return NetworkErrors.Overlap(subnet.Path, $"{range.First}-{range.Last}", other);
            }
        }

        if (subnet.AccessMode == "Isolated")
        {
            return subnet with { IpAddresses = [.. stated.Select(text => IpPrefix.Parse(text)).Select(prefix => $"{prefix.Network}/{prefix.Length}")] };
        }

        var blocks = new List<string>();
        foreach (var (text, range) in stated.Zip(ranges))
        {
            if (subnet.AccessMode == "Private" && (vpc.PrivateIps ?? []).Select(AddressRange.Parse).Any(network => network.Contains(range)))
            {
                continue;
            }

            var block = VpcBlocks.Of(scope.Model, vpc, VpcBlocks.VisibilityOf(subnet.AccessMode)).FirstOrDefault(block => BlockSpace.SpacesOf(block).Any(space => space.Contains(range)));
            if (block is null)
            {
                return NetworkErrors.VpcSubnet($"{text} of VPC subnet {subnet.Path} is in none of the VPC's networks for access mode {subnet.AccessMode}.");
            }

            if (BlockSpace.Check(scope.Model, block, range, text, except: null) is { } error)
            {
                return error;
            }

            blocks.Add(block.Path);
        }

        return subnet with { IpBlocks = blocks.Count > 0 ? blocks : null, Ipv4SubnetSize = SizeOf(ranges[0]) };
    }

    private static Checked<VpcSubnet> Carved(WriteScope scope, Vpc vpc, VpcSubnet subnet)
    {
        int size = subnet.Ipv4SubnetSize ?? DefaultSize;
        if (!UInt128.IsPow2((UInt128)size))
        {
            return ApiErrors.Field("ipv4_subnet_size must be a power of 2");
        }

        if (subnet.AccessMode == "Private" && vpc.PrivateIps is { Count: > 0 } own)
        {
            var taken = Networks(scope.Model, vpc, except: subnet.Path).Select(one => one.Range);
            if (AddressRange.FirstFree(own.Select(AddressRange.Parse), taken, (UInt128)size) is not { } free)
            {
                return NetworkErrors.BlockExhausted(vpc.Path, $"{size} addresses are wanted of private_ips");
            }

            return subnet with { IpAddresses = [new IpPrefix(free.First, (free.First.IsIpv4 ? 32 : 128) - (int)UInt128.Log2((UInt128)size)).ToString()], Ipv4SubnetSize = size };
        }

        ApiError? last = null;
        foreach (var block in VpcBlocks.Of(scope.Model, vpc, VpcBlocks.VisibilityOf(subnet.AccessMode)))
        {
            (var network, last) = BlockSpace.Take(scope, block, (UInt128)size);
            if (network is { } carved)
            {
                return subnet with { IpAddresses = [carved.ToString()], IpBlocks = [block.Path], Ipv4SubnetSize = size };
            }
        }

        return last ?? NetworkErrors.VpcSubnet($"VPC {vpc.Path} has no IP block for access mode {subnet.AccessMode}, and ip_addresses of {subnet.Path} are not given.");
    }

    /// <summary>The networks that the VPC's other subnets have.</summary>
    private static IEnumerable<(string Path, AddressRange Range)> Networks(FabricModel model, Vpc vpc, string except)
        => model.ChildrenOf<VpcSubnet>(vpc.Path).Where(other => other.Path != except).SelectMany(other => (other.IpAddresses ?? []).Select(cidr => (other.Path, AddressRange.Parse(cidr))));

    private static int? SizeOf(AddressRange range) => range.First.IsIpv4 && range.Count <= 65_536 ? (int)range.Count : null;
}
