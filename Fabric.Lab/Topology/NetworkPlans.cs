using System.Diagnostics.CodeAnalysis;
using Fabric.Packets.Addresses;
using YamlDotNet.RepresentationModel;

namespace Fabric.Lab.Topology;

/// <summary>The networks of a lab file with their addresses, gateways taken and those that pods ask for.</summary>
internal sealed class NetworkPlans(List<LabProblem> problems)
{
    private readonly Dictionary<string, NetworkPlan> _plans = [];
    private readonly HashSet<string> _declared = [];

    public IEnumerable<LabNetwork> All => _plans.Values.Select(p => p.Network);

    /// <summary>The network of that name. One that is not there is reported; one that is there but wrong was, where it stands.</summary>
    public bool Find(YamlNode name, [NotNullWhen(true)] out NetworkPlan? plan)
    {
        string text = ((YamlScalarNode)name).Value!;
        bool isFound = _plans.TryGetValue(text, out plan);
        if (!isFound && !_declared.Contains(text))
        {
            Report(name, $"there is no network \"{text}\"; known networks are {Listing(_declared)}");
        }

        return isFound;
    }

    public void Read(YamlMappingNode node)
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
        if (!_plans.TryAdd(network.Name, new NetworkPlan(network, plans)))
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
    public void Reserve(IEnumerable<YamlMappingNode> pods)
    {
        foreach (var pod in pods)
        {
            foreach (string key in (string[])["ip", "ipv6"])
            {
                if (pod.Text(key) is not { } text || !_plans.TryGetValue(pod.Text("network")!, out var network))
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

    private static string Listing<T>(IEnumerable<T> values) => string.Join(", ", values);

    private void Report(YamlNode node, string message) => problems.Add(LabProblem.At(node.Start, message));
}
