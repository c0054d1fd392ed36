namespace Fabric.Manager.Security;

/// <summary>The parts of the product over which roles differ.</summary>
internal enum Area
{
    Networking,
    LoadBalancing,
    Vpn,
    Security,
    Inventory,
    Tools,
    System,
    Identity,
    Everyone,
}

/// <summary>A feature: what a role may read or write, and the paths that belong to it.</summary>
internal sealed record Feature(string Name, string Description, Area Area, params string[] Paths);

/// <summary>
/// Every feature with its paths, below the prefix of either API and, in the Policy API, below infra, a project or a VPC. A star stands for one
/// segment. The longest path that fits decides. What is named nowhere is the system's.
/// </summary>
internal static class FeatureTable
{
    public static readonly IReadOnlyList<Feature> All =
    [
        new("login", "Who one is", Area.Everyone, "session", "aaa/user-info", "node/version", "spec", "reverse-proxy/node/health", "operational/application", "search", "api/session"),
        new("policy_segment", "Segments", Area.Networking, "segments", "tier-1s/*/segments", "fixed-segments", "vlan-backed-segments", "subnets"),
        new("policy_segment_profiles", "Segment profiles", Area.Networking, "segment-security-profiles", "spoofguard-profiles", "ip-discovery-profiles", "mac-discovery-profiles", "qos-profiles"),
        new("policy_tier0", "Tier-0 gateways", Area.Networking, "tier-0s", "tier-0-gateways"),
        new("policy_tier1", "Tier-1 gateways", Area.Networking, "tier-1s", "gateway-qos-profiles"),
        new("policy_nat", "NAT", Area.Networking, "tier-0s/*/nat", "tier-1s/*/nat", "nat", "logical-routers/*/nat"),
        new("policy_dhcp", "DHCP", Area.Networking, "dhcp-server-configs", "dhcp-relay-configs", "dhcp"),
        new("policy_dns", "DNS forwarding", Area.Networking, "dns-forwarder-zones", "tier-0s/*/dns-forwarder", "tier-1s/*/dns-forwarder", "dns"),
        new("policy_ipam", "Addresses", Area.Networking, "ip-blocks", "ip-pools", "pools", "vni-pools", "ip-address-allocations"),
        new("policy_ipv6", "IPv6 profiles", Area.Networking, "ipv6-ndra-profiles", "ipv6-dad-profiles", "ipv6"),
        new("policy_routing_profiles", "Routing profiles", Area.Networking, "bfd-profiles", "bfd-config", "community-lists", "evpn-tenant-configs"),
        new("logical_switching", "Logical switches", Area.Networking, "logical-switches", "logical-ports", "switching-profiles", "bridge-endpoints", "bridge-endpoint-profiles", "bridge-clusters", "md-proxies"),
        new("logical_routing", "Logical routers", Area.Networking, "logical-routers", "logical-router-ports"),
        new("policy_lb", "Load balancing", Area.LoadBalancing, "lb-services", "lb-virtual-servers", "lb-pools", "lb-monitor-profiles", "lb-app-profiles", "lb-persistence-profiles", "lb-client-ssl-profiles", "lb-server-ssl-profiles", "loadbalancer"),
        new("policy_vpn", "VPN", Area.Vpn, "ipsec-vpn-ike-profiles", "ipsec-vpn-tunnel-profiles", "ipsec-vpn-dpd-profiles", "tier-0s/*/ipsec-vpn-services", "tier-1s/*/ipsec-vpn-services", "tier-0s/*/locale-services/*/ipsec-vpn-services", "tier-1s/*/locale-services/*/ipsec-vpn-services", "tier-0s/*/l2vpn-services", "tier-1s/*/l2vpn-services", "vpn"),
        new("policy_dfw", "Distributed firewall", Area.Security, "domains/*/security-policies", "domains/*/redirection-policies", "domains/*/endpoint-policies", "firewall", "settings/firewall", "security-policies", "firewall-session-timer-profiles", "firewall-flood-protection-profiles"),
        new("policy_gateway_firewall", "Gateway firewall", Area.Security, "domains/*/gateway-policies", "gateway-policies", "tier-0s/*/gateway-firewall", "tier-1s/*/gateway-firewall", "tier-0s/*/security-config", "tier-1s/*/security-config"),
        new("policy_ids", "Intrusion detection", Area.Security, "domains/*/intrusion-service-policies", "domains/*/intrusion-service-gateway-policies", "settings/firewall/security/intrusion-services"),
        new("policy_context_profiles", "Context profiles", Area.Security, "context-profiles", "l7-access-profiles"),
        new("policy_domains", "Domains", Area.Inventory, "domains"),
        new("policy_grouping", "Groups", Area.Inventory, "domains/*/groups", "ns-groups", "ip-sets", "mac-sets", "groups"),
        new("policy_services", "Services", Area.Inventory, "services", "ns-services", "ns-service-groups"),
        new("inventory", "Virtual machines and what they run in", Area.Inventory, "fabric/virtual-machines", "fabric/vifs", "realized-state", "fabric/container-clusters", "fabric/container-projects", "fabric/container-applications", "inventory"),
        new("traceflow", "Traceflow and captures", Area.Tools, "traceflows", "livetraces", "pktcap", "mirror-sessions", "ipfix-obs-points", "port-mirroring-profiles"),
        new("sites", "Sites and enforcement points", Area.System, "sites", "deployment-zones"),
        new("fabric", "Nodes, zones and their profiles", Area.System, "fabric", "transport-zones", "transport-nodes", "transport-node-profiles", "transport-node-collections", "edge-clusters", "host-switch-profiles", "host-transport-node-profiles", "cluster-profiles"),
        new("tenancy", "Projects and VPCs", Area.System, "orgs", "orgs/*/projects", "orgs/*/projects/*/vpcs"),
        new("node", "The manager itself", Area.System, "node", "cluster", "licenses", "license", "proxy", "alarms", "events", "backup", "faults", "requests", "systemhealth"),
        new("certificates", "Certificates", Area.System, "trust-management/certificates", "trust-management/crls", "trust-management/csrs", "certificates", "crls"),
        new("users", "Users and roles", Area.Identity, "node/users", "node/aaa", "aaa", "trust-management/principal-identities", "trust-management/token-principal-identities"),
    ];

    private static readonly (string[] Path, Feature Feature)[] Longest =
        [.. All.SelectMany(feature => feature.Paths.Select(path => (Path: path.Split('/'), Feature: feature))).OrderByDescending(entry => entry.Path.Length)];

    private static readonly Feature Default = All.First(feature => feature.Name == "node");

    /// <summary>The feature of a request's path; null for the root of the Policy tree, where each object inside is asked for by itself.</summary>
    public static Feature? Of(string path)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        int start = parts switch
        {
            ["policy", "api", "v1", ..] => 3,
            ["api", "v1", ..] or ["fabric", "v1", ..] => 2,
            _ => 0,
        };
        start = parts.AsSpan(start) switch
        {
            ["orgs", _, "projects", _, "infra", ..] => start + 5,
            ["orgs", _, "projects", _, "vpcs", _, _, ..] => start + 6,
            ["infra", ..] => start + 1,
            _ => start,
        };
        var rest = parts.AsSpan(start);
        if (rest.IsEmpty || rest is ["org-root"])
        {
            return null;
        }

        foreach (var (pattern, feature) in Longest)
        {
            if (Fits(pattern, rest))
            {
                return feature;
            }
        }

        return Default;
    }

    private static bool Fits(string[] pattern, ReadOnlySpan<string> path)
    {
        if (pattern.Length > path.Length)
        {
            return false;
        }

        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != "*" && !pattern[i].Equals(path[i], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }
}
