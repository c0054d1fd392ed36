using Fabric.Packets.Addresses;
using YamlDotNet.RepresentationModel;

namespace Fabric.Lab.Topology;

/// <summary>A network, and what is left of its subnets.</summary>
internal sealed record NetworkPlan(LabNetwork Network, IReadOnlyList<AddressPlan> Plans)
{
    /// <summary>A pod's addresses, one of each family: as the file states them, else the next that is free.</summary>
    public IReadOnlyList<IpPrefix> AddressesOf(YamlMappingNode pod, ICollection<LabProblem> problems)
    {
        var addresses = new List<IpPrefix>();
        foreach (var plan in Plans)
        {
            string? given = pod.Text(plan.Subnet.Address.IsIpv4 ? "ip" : "ipv6");
            IpAddress? address = IpAddress.TryParse(given, out var parsed) ? parsed : plan.Allocate();
            if (address is null)
            {
                problems.Add(LabProblem.At(pod.Start, $"subnet {plan.Subnet} is full; give network \"{Network.Name}\" a larger one"));
                continue;
            }

            addresses.Add(new IpPrefix(address.Value, plan.Subnet.Length));
        }

        return addresses;
    }
}
