using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy.Networking;

namespace Fabric.Manager.Realization.Networking;

/// <summary>A segment port is a logical port of the segment's switch.</summary>
internal static class SegmentPortRealizer
{
    public static IEnumerable<ManagedResource> Wants(IntentReader reader, SegmentPort port)
    {
        if (reader.Find<Segment>(port.ParentPath) is { } segment)
        {
            yield return new LogicalPort
            {
                Id = RealizedId.Of(port),
                LogicalSwitchId = RealizedId.Of(segment),
                AdminState = port.AdminState,
                Attachment = Attachment(port.Attachment),
                AddressBindings = AddressBindings.Of(port.AddressBindings),
                IgnoreAddressBindings = AddressBindings.Of(port.IgnoredAddressBindings),
                SwitchingProfileIds = ProfileRealizers.OfPort(reader, port),
                InitState = port.InitState,
            };
        }
    }

    public static LogicalPortAttachment? Attachment(PortAttachment? attachment)
        => attachment is not { Id: { Length: > 0 } vif } ? null : new LogicalPortAttachment
        {
            AttachmentType = "VIF",
            Id = vif,
            Context = attachment.Type is not ("PARENT" or "CHILD" or "INDEPENDENT") ? null : new VifAttachmentContext
            {
                VifType = attachment.Type,
                ParentVifId = attachment.Type == "CHILD" ? attachment.ContextId : null,
                TrafficTag = (int?)attachment.TrafficTag,
                AppId = attachment.AppId,
                TransportNodeUuid = attachment.Type == "INDEPENDENT" ? attachment.ContextId : null,
                AllocateAddresses = Allocation(attachment.AllocateAddresses),
            },
        };

    /// <summary>The same words, written as the other API does.</summary>
    private static string? Allocation(string? word) => word switch
    {
        "IP_POOL" => "IpPool",
        "MAC_POOL" => "MacPool",
        "BOTH" => "Both",
        "DHCP" => "Dhcp",
        "DHCPV6" => "DhcpV6",
        "SLAAC" => "SLAAC",
        "NONE" => "None",
        _ => null,
    };
}
