using System.Text.Json.Nodes;
using Fabric.Lab.Api;
using Fabric.Lab.Topology;

namespace Fabric.Lab.Configuration;

/// <summary>A VNI that a lab file states must lie in a pool of the manager; where it lies in none, one is made for it.</summary>
internal sealed class VniPools(NsxClient api, FabricObjects objects, LabTopology lab)
{
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        int[] stated = [.. lab.Networks.Select(n => n.Vni).OfType<int>()];
        if (stated.Length == 0)
        {
            return;
        }

        var pools = await api.ListAsync("pools/vni-pools", cancellation).ConfigureAwait(false);
        foreach (int vni in stated.Where(v => !pools.Any(p => Contains(p, v))))
        {
            string name = $"{lab.Name}-vni-{vni}";
            var ranges = new[] { new { start = vni, end = vni } };
            await objects.EnsureAsync("pools/vni-pools", name, new { display_name = name, ranges, tags = objects.Tags() }, cancellation).ConfigureAwait(false);
        }
    }

    private static bool Contains(JsonObject pool, int vni)
        => (pool["ranges"] as JsonArray ?? []).Any(r => (int?)r?["start"] <= vni && vni <= (int?)r?["end"]);
}
