using Fabric.Contracts.V1;
using Fabric.Controller.Intent;
using Fabric.Packets.Addresses;
using Google.Protobuf;

namespace Fabric.Controller.Compute;

/// <summary>Names an address set by the reference it stands for, so that all rules with the same reference share one set.</summary>
internal readonly record struct AddressSetId(string TargetType, string TargetId)
{
    public static AddressSetId Of(ResourceReference reference) => new(reference.TargetType, reference.TargetId);

    public static AddressSetId Parse(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new AddressSetId("", text) : new AddressSetId(text[..slash], text[(slash + 1)..]);
    }

    public override string ToString() => $"{TargetType}/{TargetId}";
}

/// <summary>
/// The addresses behind what rules refer to. A reference that comes to nothing is an empty set, which matches nothing
/// (reference: nsx-dataplane.md, 4.3).
/// </summary>
internal sealed class AddressSets(FabricIntent intent, Groups groups, Bindings bindings)
{
    public HostAddressSet Describe(string setId)
    {
        var id = AddressSetId.Parse(setId);
        return id.TargetType switch
        {
            "NSGroup" => OfGroup(groups[id.TargetId]),
            "LogicalPort" => Build(OfPort(id.TargetId), MacsOfPort(id.TargetId)),
            "LogicalSwitch" => OfGroup(GroupMembers.None with { Ports = intent.PortsOfSwitch[id.TargetId] }),
            "IPSet" => Build(OfIpSet(id.TargetId), []),
            "MACSet" => Build([], OfMacSet(id.TargetId)),
            _ => OfLiteral(id.TargetId),
        };
    }

    private HostAddressSet OfGroup(GroupMembers members) => Build(
        members.Ports.SelectMany(OfPort).Concat(members.IpSets.SelectMany(OfIpSet)),
        members.Ports.SelectMany(MacsOfPort).Concat(members.MacSets.SelectMany(OfMacSet)));

    private IEnumerable<AddressRange> OfPort(string port)
        => bindings.RealizedOf(port).Select(binding => binding.Prefix).OfType<IpPrefix>().Select(AddressRange.Of);

    // A vnic's MAC, and whatever MACs the port is bound to: a port that is not attached yet has only those.
    private IEnumerable<MacAddress> MacsOfPort(string port)
        => bindings.MacsOf(port).Concat(bindings.RealizedOf(port).Select(binding => binding.Mac).OfType<MacAddress>());

    private IEnumerable<AddressRange> OfIpSet(string id)
    {
        foreach (var stated in intent.IpSets[id]?.Ranges ?? [])
        {
            if (AddressRange.TryRead(stated, out var range))
            {
                yield return range;
            }
        }
    }

    private IEnumerable<MacAddress> OfMacSet(string id)
        => (intent.MacSets[id]?.Macs ?? []).Where(mac => mac.Length == MacAddress.Length).Select(mac => MacAddress.Read(mac.Span));

    private static HostAddressSet OfLiteral(string text)
        => AddressRange.TryParse(text, out var range) ? Build([range], [])
            : MacAddress.TryParse(text, out var mac) ? Build([], [mac])
            : new HostAddressSet();

    private static HostAddressSet Build(IEnumerable<AddressRange> ranges, IEnumerable<MacAddress> macs)
    {
        var set = new HostAddressSet();
        set.Ranges.AddRange(AddressRange.Normalize(ranges).Select(range => range.ToMessage()));
        set.Macs.AddRange(macs.Select(mac => mac.Value).Distinct().Order().Select(mac => ByteString.CopyFrom(new MacAddress(mac).ToBytes())));
        return set;
    }
}
