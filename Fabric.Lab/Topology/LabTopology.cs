using Fabric.Packets.Addresses;

namespace Fabric.Lab.Topology;

/// <summary>A lab as its file states it, whole: what the file left open (addresses, VLANs, MACs) is filled in.</summary>
internal sealed record LabTopology(
    string Name,
    Overlay Overlay,
    int Mtu,
    IpPrefix Underlay,
    bool SpoofGuard,
    IReadOnlyList<LabNetwork> Networks,
    IReadOnlyList<LabHypervisor> Hypervisors,
    IReadOnlyList<ExternalEndpoint> External,
    IReadOnlyList<LabGroup> Groups,
    IReadOnlyList<LabRule> Rules)
{
    public LabApi Api { get; init; }

    public IEnumerable<LabNode> Nodes => Hypervisors.SelectMany(h => h.Nodes);

    public IEnumerable<LabPod> Pods => Nodes.SelectMany(n => n.Pods);

    public LabNetwork NetworkOf(LabPod pod) => Networks.First(n => n.Name == pod.Network);

    public LabHypervisor HypervisorOf(LabNode node) => Hypervisors.First(h => h.Nodes.Contains(node));

    public LabNode NodeOf(LabPod pod) => Nodes.First(n => n.Pods.Contains(pod));

    public IEnumerable<string> Routers => Networks.Select(n => n.Router).OfType<string>().Distinct();
}

/// <summary>By which API a lab says its networks and rules to the manager.</summary>
internal enum LabApi
{
    Manager,
    Policy,
}

/// <summary>How hypervisors wrap each other's frames.</summary>
internal enum Overlay
{
    Geneve,
    Vxlan,
}

/// <summary>A logical switch with its subnets (at most one of each family).</summary>
internal sealed record LabNetwork(string Name, IReadOnlyList<IpPrefix> Subnets, IReadOnlyList<IpPrefix> Gateways, string? Router, int? Vni);

/// <summary>A hypervisor: one host switch, one tunnel endpoint.</summary>
internal sealed record LabHypervisor(string Name, IpAddress? Tep, IReadOnlyList<LabNode> Nodes);

/// <summary>A node VM. Its vnic is known to the fabric by its VIF id only.</summary>
internal sealed record LabNode(string Name, string VifId, MacAddress Mac, IReadOnlyList<LabPod> Pods);

/// <summary>A pod: its own namespace behind its node's VLAN tagger.</summary>
internal sealed record LabPod(
    string Name,
    string Network,
    string VifId,
    MacAddress Mac,
    VlanId Vlan,
    IReadOnlyList<IpPrefix> Addresses,
    IReadOnlyDictionary<string, string> Labels,
    string? Run)
{
    public IpAddress Ipv4 => Addresses.First(a => a.Address.IsIpv4).Address;
}

/// <summary>A tunnel endpoint that runs no host switch of ours: a Linux vxlan device, an Open vSwitch.</summary>
internal sealed record ExternalEndpoint(string Name, IpAddress Tep, Overlay Overlay);

/// <summary>What a rule's from and to may name.</summary>
internal sealed record LabGroup(
    string Name,
    IReadOnlyList<string> Pods,
    IReadOnlyList<string> Networks,
    IReadOnlyList<string> Addresses,
    IReadOnlyDictionary<string, string> Labels);

/// <summary>A firewall rule; null from or to means any.</summary>
internal sealed record LabRule(string Name, string? From, string? To, LabService Service, string Action);

/// <summary>What a rule matches above IP: <c>any</c>, <c>icmp</c>, <c>icmpv6</c>, <c>tcp</c> or <c>udp</c>, with ports where it has them.</summary>
internal sealed record LabService(string Protocol, IReadOnlyList<string> Ports)
{
    public static LabService Any { get; } = new("any", []);

    /// <summary>Parses what the schema's pattern has let through, such as tcp/80,443.</summary>
    public static LabService Parse(string text)
    {
        string[] parts = text.Split('/', 2);
        return new LabService(parts[0], parts.Length == 2 ? parts[1].Split(',') : []);
    }
}
