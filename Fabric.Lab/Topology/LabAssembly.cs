using Fabric.Packets.Addresses;
using YamlDotNet.RepresentationModel;

namespace Fabric.Lab.Topology;

/// <summary>Builds the topology from a document that fits the schema, fills in what was left open, and collects what cannot be.</summary>
internal sealed class LabAssembly(YamlMappingNode root, string? name)
{
    private const int DefaultMtu = 1700; // NSX-T's global physical_uplink_mtu (reference: nsx-dataplane.md, 1.2)
    private const string DefaultUnderlay = "192.168.250.0/24";
    private readonly List<LabProblem> _problems = [];
    private readonly Dictionary<string, NetworkPlan> _networks = [];
    private readonly Dictionary<string, YamlNode> _groups = [];
    private readonly HashSet<string> _pods = [];
    private readonly HashSet<string> _declared = [];
    private string _lab = "";

    public IReadOnlyList<LabProblem> Problems => _problems;

    public LabTopology Assemble()
    {
        _lab = name ?? root.Text("name")!;
        var overlay = OverlayOf(root) ?? Overlay.Geneve;
        var underlay = Prefix(root, "underlay", DefaultUnderlay);
        foreach (var network in root.Maps("networks"))
        {
            ReadNetwork(network);
        }

        ReserveGivenAddresses();
        var hypervisors = root.Maps("hypervisors").Select(h => ReadHypervisor(h, underlay)).ToList();
        Unique(root.Maps("hypervisors"), "hypervisor");
        Unique(root.Maps("hypervisors").SelectMany(h => h.Maps("nodes")), "node");
        Unique(AllPods(), "pod");
        Unique(root.Maps("rules"), "rule");
        var external = root.Maps("external").Select(e => ReadExternal(e, overlay, underlay)).ToList();
        var groups = root.Maps("groups").Select(ReadGroup).ToList();
        var rules = root.Maps("rules").Select(ReadRule).ToList();
        return new LabTopology(
            _lab,
            overlay,
            root.Number("mtu") ?? DefaultMtu,
            underlay,
            root.Text("spoofguard") != "false",
            [.. _networks.Values.Select(n => n.Network)],
            hypervisors,
            external,
            groups,
            rules);
    }

    private IEnumerable<YamlMappingNode> AllPods() => root.Maps("hypervisors").SelectMany(h => h.Maps("nodes")).SelectMany(n => n.Maps("pods"));

    private void ReadNetwork(YamlMappingNode node)
    {
        _declared.Add(node.Text("name")!);
        var plans = new List<AddressPlan>();
        foreach (var subnet in node.Scalars("subnets"))
        {
            if (!IpPrefix.TryParse(subnet.Value, out var prefix))
            {
                Report(subnet, $"\"{subnet.Value}\" is no subnet; expected one such as 10.10.1.0/24");
            }
            else if (prefix.Address != prefix.Network)
            {
                Report(subnet, $"\"{subnet.Value}\" has host bits set; the subnet is {new IpPrefix(prefix.Network, prefix.Length)}");
            }
            else if (plans.Any(p => p.Subnet.Address.IsIpv4 == prefix.Address.IsIpv4))
            {
                Report(subnet, "a network has one subnet of each family; put the second into a network of its own");
            }
            else
            {
                plans.Add(new AddressPlan(prefix));
            }
        }

        if (!plans.Exists(p => p.Subnet.Address.IsIpv4))
        {
            if (plans.Count == node.Scalars("subnets").Count())
            {
                Report(node, $"network \"{node.Text("name")}\" needs an IPv4 subnet, such as 10.10.1.0/24");
            }

            return;
        }

        var network = new LabNetwork(
            node.Text("name")!, [.. plans.Select(p => p.Subnet)], Gateways(node, plans), node.Text("router"), node.Number("vni"));
        if (!_networks.TryAdd(network.Name, new NetworkPlan(network, plans)))
        {
            Report(node, $"a second network \"{network.Name}\"; give it another name");
        }
    }

    private List<IpPrefix> Gateways(YamlMappingNode node, List<AddressPlan> plans)
    {
        var given = new List<IpPrefix>();
        foreach (var gateway in node.Scalars("gateways"))
        {
            var plan = IpAddress.TryParse(gateway.Value, out var address) ? plans.Find(p => p.Subnet.Contains(address)) : null;
            if (plan is null || !plan.Take(address))
            {
                Report(gateway, $"\"{gateway.Value}\" is in no subnet of this network; expected an address in {Listing(plans.Select(p => p.Subnet))}");
                continue;
            }

            given.Add(new IpPrefix(address, plan.Subnet.Length));
        }

        return [.. plans.Select(plan => given.Exists(g => plan.Subnet.Contains(g.Address))
            ? given.Find(g => plan.Subnet.Contains(g.Address))
            : new IpPrefix(plan.Allocate() ?? plan.Subnet.Network, plan.Subnet.Length))];
    }

    /// <summary>Addresses that pods ask for come first, so that none is allocated to another before.</summary>
    private void ReserveGivenAddresses()
    {
        foreach (var pod in AllPods())
        {
            foreach (string key in (string[])["ip", "ipv6"])
            {
                if (pod.Text(key) is not { } text || !_networks.TryGetValue(pod.Text("network")!, out var network))
                {
                    continue;
                }

                bool isValid = IpAddress.TryParse(text, out var address) && address.IsIpv4 == (key == "ip");
                var plan = isValid ? network.Plans.FirstOrDefault(p => p.Subnet.Contains(address)) : null;
                if (plan is null)
                {
                    Report(pod.Child(key)!, $"\"{text}\" is not in network \"{network.Network.Name}\"; expected an address in {Listing(network.Network.Subnets)}");
                }
                else if (!plan.Take(address))
                {
                    Report(pod.Child(key)!, $"\"{text}\" is taken, by another pod or as gateway; leave it out to have one allocated");
                }
            }
        }
    }

    private LabHypervisor ReadHypervisor(YamlMappingNode node, IpPrefix underlay)
    {
        var nodes = node.Maps("nodes").Select(ReadNode).ToList();
        return new LabHypervisor(node.Text("name")!, Tep(node, underlay), nodes);
    }

    private IpAddress? Tep(YamlMappingNode node, IpPrefix underlay)
    {
        if (node.Text("tep") is not { } text)
        {
            return null;
        }

        if (!IpAddress.TryParse(text, out var tep) || !underlay.Contains(tep))
        {
            Report(node.Child("tep")!, $"\"{text}\" is not in the underlay; expected an address in {underlay}");
        }

        return tep;
    }

    private LabNode ReadNode(YamlMappingNode node)
    {
        string name = node.Text("name")!;
        var taken = new HashSet<int>();
        foreach (var pod in node.Maps("pods"))
        {
            if (pod.Number("vlan") is { } vlan && !taken.Add(vlan))
            {
                Report(pod.Child("vlan")!, $"VLAN {vlan} is another pod's on node \"{name}\"; leave it out to have one allocated");
            }
        }

        int next = 11;
        var pods = node.Maps("pods").Select(p => ReadPod(p, name, taken, ref next)).OfType<LabPod>().ToList();
        return new LabNode(name, NamedId.Uuid(_lab, "node", name), NamedId.Mac(_lab, "node", name), pods);
    }

    private LabPod? ReadPod(YamlMappingNode node, string owner, HashSet<int> taken, ref int next)
    {
        string name = node.Text("name")!;
        _pods.Add(name);
        if (!_networks.TryGetValue(node.Text("network")!, out var network))
        {
            NoNetwork(node.Child("network")!);
            return null;
        }

        int vlan = node.Number("vlan") ?? 0;
        while (vlan == 0)
        {
            vlan = taken.Add(next) ? next : 0;
            next++;
        }

        return new LabPod(
            name,
            network.Network.Name,
            NamedId.Uuid(_lab, "pod", owner, name),
            NamedId.Mac(_lab, "pod", owner, name),
            new VlanId((ushort)vlan),
            Addresses(node, network),
            node.Labels("labels"),
            node.Text("run"));
    }

    private List<IpPrefix> Addresses(YamlMappingNode pod, NetworkPlan network)
    {
        var addresses = new List<IpPrefix>();
        foreach (var plan in network.Plans)
        {
            string? given = pod.Text(plan.Subnet.Address.IsIpv4 ? "ip" : "ipv6");
            IpAddress? address = IpAddress.TryParse(given, out var parsed) ? parsed : plan.Allocate();
            if (address is null)
            {
                Report(pod, $"subnet {plan.Subnet} is full; give network \"{network.Network.Name}\" a larger one");
                continue;
            }

            addresses.Add(new IpPrefix(address.Value, plan.Subnet.Length));
        }

        return addresses;
    }

    private ExternalEndpoint ReadExternal(YamlMappingNode node, Overlay overlay, IpPrefix underlay)
        => new(node.Text("name")!, Tep(node, underlay) ?? default, OverlayOf(node) ?? overlay);

    private LabGroup ReadGroup(YamlMappingNode node)
    {
        string name = node.Text("name")!;
        if (!_groups.TryAdd(name, node))
        {
            Report(node, $"a second group \"{name}\"; give it another name");
        }

        foreach (var pod in node.Scalars("pods").Where(p => !_pods.Contains(p.Value!)))
        {
            Report(pod, $"there is no pod \"{pod.Value}\"; known pods are {Listing(_pods)}");
        }

        foreach (var network in node.Scalars("networks").Where(n => !_networks.ContainsKey(n.Value!)))
        {
            NoNetwork(network);
        }

        return new LabGroup(name, node.Texts("pods"), node.Texts("networks"), node.Texts("addresses"), node.Labels("labels"));
    }

    private LabRule ReadRule(YamlMappingNode node)
        => new(node.Text("name")!, Party(node, "from"), Party(node, "to"), LabService.Parse(node.Text("service") ?? "any"), node.Text("action")!);

    private string? Party(YamlMappingNode rule, string key)
    {
        string? text = rule.Text(key);
        if (text is null or "any")
        {
            return null;
        }

        if (!_groups.ContainsKey(text) && !IpPrefix.TryParse(text, out _))
        {
            Report(rule.Child(key)!, $"\"{text}\" is neither a group nor an address; known groups are {Listing(_groups.Keys)}");
        }

        return text;
    }

    /// <summary>One that is there but wrong has been reported where it stands.</summary>
    private void NoNetwork(YamlNode name)
    {
        string text = ((YamlScalarNode)name).Value!;
        if (!_declared.Contains(text))
        {
            Report(name, $"there is no network \"{text}\"; known networks are {Listing(_declared)}");
        }
    }

    private static Overlay? OverlayOf(YamlMappingNode node)
        => node.Text("overlay") switch { "geneve" => Overlay.Geneve, "vxlan" => Overlay.Vxlan, _ => null };

    private IpPrefix Prefix(YamlMappingNode node, string key, string otherwise)
    {
        string text = node.Text(key) ?? otherwise;
        if (IpPrefix.TryParse(text, out var prefix) && prefix.Address.IsIpv4 && prefix.Length <= 29)
        {
            return prefix;
        }

        Report(node.Child(key)!, $"\"{text}\" is no IPv4 subnet of /29 or larger; expected one such as {otherwise}");
        return IpPrefix.Parse(otherwise);
    }

    private void Unique(IEnumerable<YamlMappingNode> nodes, string kind)
    {
        var seen = new HashSet<string>();
        foreach (var node in nodes.Where(n => !seen.Add(n.Text("name")!)))
        {
            Report(node, $"a second {kind} \"{node.Text("name")}\"; give it another name");
        }
    }

    private static string Listing<T>(IEnumerable<T> values) => string.Join(", ", values) is { Length: > 0 } list ? list : "(none)";

    private void Report(YamlNode node, string message) => _problems.Add(LabProblem.At(node.Start, message));

    /// <summary>A network, and what is left of its subnets.</summary>
    private sealed record NetworkPlan(LabNetwork Network, IReadOnlyList<AddressPlan> Plans);
}
