using System.Text.Json.Nodes;
using Fabric.Manager.Catalog.Policy.Addressing;
using Fabric.Packets.Addresses;
using Microsoft.AspNetCore.Http;

namespace Fabric.Manager.Endpoints.Policy.Networking;

/// <summary>Which addresses of an IP block are out and which are left, as ranges.</summary>
internal static class BlockUsageView
{
    public static IResult Answer(PolicyCall call)
    {
        var block = call.Of<IpAddressBlock>();
        var used = BlockSpace.TakenFrom(call.Model, block).Select(taken => taken.Range).OrderBy(range => range.First).ToList();
        return Answers.Ok(new JsonObject
        {
            ["used_ip_ranges"] = Texts(used),
            ["available_ip_ranges"] = Texts(BlockSpace.SpacesOf(block).SelectMany(space => Left(space, used))),
        });
    }

    private static IEnumerable<AddressRange> Left(AddressRange space, List<AddressRange> used)
    {
        var from = space.First;
        foreach (var range in used.Where(space.Overlaps))
        {
            if (from < range.First)
            {
                yield return new AddressRange(from, new IpAddress(range.First.Bits - 1));
            }

            from = new IpAddress(range.Last.Bits + 1);
        }

        if (from <= space.Last)
        {
            yield return new AddressRange(from, space.Last);
        }
    }

    private static JsonArray Texts(IEnumerable<AddressRange> ranges) => [.. ranges.Select(range => (JsonNode)$"{range.First}-{range.Last}")];
}
