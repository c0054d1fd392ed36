using Fabric.Manager.Catalog.Policy.Addressing;
using Fabric.Manager.Catalog.Policy.LoadBalancing;
using Fabric.Manager.Catalog.Policy.Networking;
using Fabric.Manager.Catalog.Policy.Security;

namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>The rows of VPCs, and of everything below them.</summary>
internal static class VpcRows
{
    private static readonly PolicyType Subnets = PolicyType.Of<VpcSubnet>(
        "subnets",
        VpcSubnetChecks.Complete,
        births: VpcSubnetPlan.Births,
        children:
        [
            PolicyType.Of<VpcSubnetPort>("ports", VpcPortChecks.Complete),
            PolicyType.Of<IpAddressPool>("ip-pools", show: PolicyPoolChecks.Show, verbs: PolicyVerbs.Read, goesWithParent: true, children: [AddressingRows.Allocations]),
            SegmentRows.DhcpBindings,
            PolicyType.Of<StaticIpAddressReservation>("static-ip-reservations", VpcAllocationChecks.Complete),
            PolicyType.Of<DynamicIpAddressReservation>("dynamic-ip-reservations", VpcAllocationChecks.Complete),
            PolicyType.Of<SubnetConnectionBindingMap>("subnet-connection-binding-maps"),
        ]);

    public static readonly PolicyType Vpcs = PolicyType.Of<Vpc>(
        "vpcs",
        ProjectChecks.Complete,
        births: _ => NatSections.Of(),
        children:
        [
            Subnets,
            PolicyType.Of<VpcIpAddressAllocation>(
                "ip-address-allocations", VpcAllocationChecks.Complete, filters: [("ip_address_block_visibility", allocation => allocation.IpAddressBlockVisibility)]),
            PolicyType.Of<VpcAttachment>("attachments"),
            GatewayRows.StaticRoutes,
            PolicyType.Of<PolicyNat>(
                "nat",
                verbs: PolicyVerbs.Read,
                goesWithParent: true,
                children: [PolicyType.Of<PolicyVpcNatRule>("nat-rules", NatChecks.Complete, order: rule => rule.SequenceNumber)]),
            .. SecurityRows.OfVpc,
            .. LoadBalancingRows.OfVpc,
        ]);
}
