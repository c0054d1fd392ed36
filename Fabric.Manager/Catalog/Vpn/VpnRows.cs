namespace Fabric.Manager.Catalog.Vpn;

/// <summary>The rows of IPsec.</summary>
internal static class VpnRows
{
    public static readonly IReadOnlyList<ResourceType> All =
    [
        ResourceType.Of<IPSecVPNDPDProfile>("/vpn/ipsec/dpd-profiles"),
        ResourceType.Of<IPSecVPNIKEProfile>("/vpn/ipsec/ike-profiles"),
        ResourceType.Of<IPSecVPNTunnelProfile>("/vpn/ipsec/tunnel-profiles"),
        ResourceType.Of<IPSecVPNService>("/vpn/ipsec/services"),
        ResourceType.Of<IPSecVPNLocalEndpoint>("/vpn/ipsec/local-endpoints"),
        ResourceType.Of<IPSecVPNPeerEndpoint>("/vpn/ipsec/peer-endpoints"),
        ResourceType.Of<IPSecVPNSession>("/vpn/ipsec/sessions"),
    ];
}
