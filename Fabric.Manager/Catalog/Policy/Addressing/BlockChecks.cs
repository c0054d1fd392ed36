using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Addressing;

/// <summary>Checks of IP blocks: they have a network, and keep what was carved from them.</summary>
internal static class BlockChecks
{
    public static Checked<IpAddressBlock> Complete(WriteScope scope, IpAddressBlock? before, IpAddressBlock block)
    {
        if ((block.Ranges ?? []).Concat(block.ExcludedIps ?? []).Concat(block.ReservedIps ?? []).FirstOrDefault(range => !IsRange(range)) is { } wrong)
        {
            return ApiErrors.Field($"{wrong.Start}-{wrong.End} is no range of addresses");
        }

        var spaces = BlockSpace.SpacesOf(block).ToList();
        if (spaces.Count == 0)
        {
            return ApiErrors.Field("cidr may not be null");
        }

        if (spaces.Any(space => space.First.IsIpv4 != spaces[0].First.IsIpv4))
        {
            return ApiErrors.Field("cidrs and ranges must be of one IP version");
        }

        if (before is not null && BlockSpace.TakenFrom(scope.Model, before).FirstOrDefault(taken => !spaces.Any(space => space.Contains(taken.Range))) is { Holder.Id: { } holder } left)
        {
            return NetworkErrors.RangeInUse(block.Path, $"{left.Range.First}-{left.Range.Last}, of path=[{holder}]");
        }

        return block with { IpAddressType = spaces[0].First.IsIpv4 ? "IPV4" : "IPV6" };
    }

    public static bool IsRange(IpPoolRange range) => TextForms.TryRange($"{range.Start}-{range.End}", out _, out _);
}
