using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Firewall;

/// <summary>What rules are asked about: the first packet of a flow, or that packet as a connection remembers it.</summary>
/// <param name="Direction">As the packet passes the port.</param>
/// <param name="EtherType">Of what the Ethernet frame carries.</param>
/// <param name="SourceMac">For layer 2 rules only.</param>
/// <param name="DestinationMac">For layer 2 rules only.</param>
/// <param name="Source">Layer 3 and up, as are the rest.</param>
/// <param name="SourcePort">Of ICMP and IGMP: the type.</param>
/// <param name="DestinationPort">Of ICMP: the code.</param>
internal readonly record struct RuleQuery(
    Direction Direction,
    EtherType EtherType,
    MacAddress SourceMac,
    MacAddress DestinationMac,
    IpAddress Source,
    IpAddress Destination,
    IpProtocol Protocol,
    ushort SourcePort,
    ushort DestinationPort)
{
    public bool IsIpv4 => EtherType == EtherType.Ipv4;
}
