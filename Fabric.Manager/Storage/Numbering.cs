using System.Globalization;
using Fabric.Manager.Catalog;

namespace Fabric.Manager.Storage;

/// <summary>Numbers that the manager gives out itself: rule ids, TEP labels, node indexes, VNIs, MACs of router links.</summary>
internal static class Numbering
{
    /// <summary>17 bits (reference: pools).</summary>
    private const uint LastTepLabel = 131_071;

    public static uint NextRuleId(WriteScope scope)
    {
        var counters = Counters(scope);
        scope.Put(counters with { NextRuleId = counters.NextRuleId + 1 });
        return counters.NextRuleId;
    }

    public static uint? NextTepLabel(WriteScope scope)
    {
        var counters = Counters(scope);
        var label = FirstFree(counters.NextTepLabel, 1, LastTepLabel, label => scope.Model.HolderOf(ResourceLinks.TepLabel(label)) is null);
        if (label is { } found)
        {
            scope.Put(counters with { NextTepLabel = found == LastTepLabel ? 1 : found + 1 });
        }

        return label;
    }

    public static uint NextNodeIndex(WriteScope scope)
    {
        uint index = 1;
        while (scope.Model.HolderOf(ResourceLinks.NodeIndex(index)) is not null)
        {
            index++;
        }

        return index;
    }

    /// <summary>The next VNI of the pools, in the order of the numbers; null: all are taken.</summary>
    public static uint? NextVni(WriteScope scope)
    {
        var counters = Counters(scope);
        var ranges = scope.Model.All<VniPool>().SelectMany(pool => pool.Ranges).OrderBy(range => range.Start).ToList();
        bool Free(uint vni) => scope.Model.HolderOf(new Claim("vni", vni.ToString(CultureInfo.InvariantCulture))) is null;
        foreach (var range in ranges.Where(range => range.End >= counters.NextVni).Concat(ranges))
        {
            if (FirstFree(Math.Max(range.Start, Math.Min(counters.NextVni, range.End)), range.Start, range.End, Free) is { } vni)
            {
                scope.Put(counters with { NextVni = vni + 1 });
                return vni;
            }
        }

        return null;
    }

    public static string NextLinkMac(WriteScope scope)
    {
        var counters = Counters(scope);
        scope.Put(counters with { NextLinkMac = counters.NextLinkMac + 1 });
        uint number = counters.NextLinkMac & 0xFF_FFFF;
        return string.Create(CultureInfo.InvariantCulture, $"02:50:56:{0x80 | (number >> 16):x2}:{(number >> 8) & 0xFF:x2}:{number & 0xFF:x2}");
    }

    private static FabricCounters Counters(WriteScope scope)
        => scope.Model.Find<FabricCounters>(FabricCounters.TheId) ?? new FabricCounters { Id = FabricCounters.TheId };

    private static uint? FirstFree(uint from, uint first, uint last, Func<uint, bool> free)
    {
        if (from < first || from > last)
        {
            from = first;
        }

        uint number = from;
        do
        {
            if (free(number))
            {
                return number;
            }

            number = number == last ? first : number + 1;
        }
        while (number != from);
        return null;
    }
}
