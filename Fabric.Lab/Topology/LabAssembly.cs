using Fabric.Packets.Addresses;
using YamlDotNet.RepresentationModel;

namespace Fabric.Lab.Topology;

/// <summary>Builds the topology from a document that fits the schema, fills in what was left open, and collects what cannot be.</summary>
internal sealed class LabAssembly
{
    private const int DefaultMtu = 1700; // NSX-T's global physical_uplink_mtu (reference: nsx-dataplane.md, 1.2)
    private const string DefaultUnderlay = "192.168.250.0/24";
    private readonly List<LabProblem> _problems = [];
    private readonly NetworkPlans _networks;
    private readonly Dictionary<string, YamlNode> _groups = [];
    private readonly HashSet<string> _pods = [];
    private readonly YamlMappingNode _root;
    private readonly string _lab;

    /// <param name="root">The document.</param>
    /// <param name="name">A name other than the document's, or null.</param>
    public LabAssembly(YamlMappingNode root, string? name)
    {
        _root = root;
        _lab = name ?? root.Text("name")!;
        _networks = new NetworkPlans(_problems);
    }

    public IReadOnlyList<LabProblem> Problems => _problems;

    public LabTopology Assemble()
    {
        var overlay = OverlayOf(_root) ?? Overlay.Geneve;
        var underlay = Prefix(_root, "underlay", DefaultUnderlay);
        foreach (var network in _root.Maps("networks"))
        {
            _networks.Read(network);
        }

        _networks.Reserve(AllPods());
        var hypervisors = _root.Maps("hypervisors").Select(h => ReadHypervisor(h, underlay)).ToList();
        Unique(_root.Maps("hypervisors"), "hypervisor");
        Unique(_root.Maps("hypervisors").SelectMany(h => h.Maps("nodes")), "node");
        Unique(AllPods(), "pod");
        Unique(_root.Maps("rules"), "rule");
        var external = _root.Maps("external").Select(e => ReadExternal(e, overlay, underlay)).ToList();
        var groups = _root.Maps("groups").Select(ReadGroup).ToList();
        var rules = _root.Maps("rules").Select(ReadRule).ToList();
        return new LabTopology(
            _lab,
            overlay,
            _root.Number("mtu") ?? DefaultMtu,
            underlay,
            _root.Text("spoofguard") != "false",
            [.. _networks.All],
            hypervisors,
            external,
            groups,
            rules)
        {
            Api = _root.Text("api") == "policy" ? LabApi.Policy : LabApi.Manager,
        };
    }

    private IEnumerable<YamlMappingNode> AllPods() => _root.Maps("hypervisors").SelectMany(h => h.Maps("nodes")).SelectMany(n => n.Maps("pods"));

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
        if (!_networks.Find(node.Child("network")!, out var network))
        {
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
            network.AddressesOf(node, _problems),
            node.Labels("labels"),
            node.Text("run"));
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

        foreach (var network in node.Scalars("networks"))
        {
            _networks.Find(network, out _);
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
}
