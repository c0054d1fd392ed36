using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy.Tenancy;
using Fabric.Manager.Errors;

namespace Fabric.Manager.Realization.Networking;

/// <summary>A VPC brings its own router, a tier-1 below the gateway that its project lends it; its subnets are that router's switches.</summary>
internal static class VpcRealizers
{
    public static IEnumerable<ManagedResource> Gateway(IntentReader reader, Vpc vpc)
    {
        string router = RealizedId.Of(vpc);
        yield return new LogicalRouter { Id = router, RouterType = "TIER1", HighAvailabilityMode = "ACTIVE_STANDBY", FailoverMode = "NON_PREEMPTIVE" };
        yield return GatewayRealizers.Advertisement(router, ["TIER1_CONNECTED", "TIER1_STATIC_ROUTES", "TIER1_NAT", "TIER1_LB_VIP"]);
        foreach (var port in GatewayRealizers.Link(reader, vpc, vpc.DefaultGatewayPath ?? (reader.Find<Project>(vpc.ParentPath)?.Tier0s is [var lent, ..] ? lent : null)))
        {
            yield return port;
        }
    }

    public static IEnumerable<ManagedResource> Subnet(IntentReader reader, VpcSubnet subnet)
    {
        if (reader.Zone(null, overlay: true) is not { } zone)
        {
            reader.Refuse(ApiErrors.Realization($"There is no overlay transport zone for subnet {subnet.Path}."));
            return [];
        }

        bool isRouted = subnet.AccessMode != "L2_Only" && subnet.AdvancedConfig.ConnectivityState == "CONNECTED";
        return
        [
            new LogicalSwitch { Id = RealizedId.Of(subnet), TransportZoneId = zone.Id, ReplicationMode = "MTEP", SwitchingProfileIds = ProfileRealizers.OfSegment(reader, subnet) },
            .. SegmentRealizer.Downlink(reader, subnet, isRouted ? GatewayPaths.GatewayOf(subnet.Path) : null, subnet.AdvancedConfig.GatewayAddresses ?? [], urpfMode: null),
        ];
    }

    public static IEnumerable<ManagedResource> Port(IntentReader reader, VpcSubnetPort port)
    {
        if (reader.Find<VpcSubnet>(port.ParentPath) is { } subnet)
        {
            yield return new LogicalPort
            {
                Id = RealizedId.Of(port),
                LogicalSwitchId = RealizedId.Of(subnet),
                AdminState = port.AdminState,
                Attachment = SegmentPortRealizer.Attachment(port.Attachment is null ? null : port.Attachment with { AllocateAddresses = null }), // the subnet has given its addresses already
                AddressBindings = AddressBindings.Of([.. port.AllocatedAddresses ?? [], .. port.AddressBindings ?? []]),
                IgnoreAddressBindings = AddressBindings.Of(port.IgnoredAddressBindings),
                SwitchingProfileIds = ProfileRealizers.OfPort(reader, port),
                InitState = port.InitState,
            };
        }
    }
}
