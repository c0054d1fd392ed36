using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Ipam;

/// <summary>Checks of MAC pools.</summary>
internal static class MacPoolChecks
{
    public static Checked<MacPool> Complete(WriteScope scope, MacPool? before, MacPool pool)
    {
        int at = pool.Ranges.ToList().FindIndex(range => string.Compare(Canonical(range.End), Canonical(range.Start), StringComparison.Ordinal) < 0);
        return at >= 0 ? ApiErrors.Field($"ranges[{at}] ends before it starts") : pool;
    }

    private static string Canonical(string mac) => mac.Replace('-', ':').ToLowerInvariant();
}
