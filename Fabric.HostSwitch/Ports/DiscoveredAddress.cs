using Fabric.Contracts.V1;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Ports;

/// <summary>An address that a port was seen to use, how that was seen, and when (milliseconds of Unix time).</summary>
internal readonly record struct DiscoveredAddress(
    MacAddress Mac,
    IpAddress Ip,
    int Vlan,
    BindingSource Source,
    long FirstSeen,
    long LastSeen,
    long ExpiresAt)
{
    public const long Never = long.MaxValue;

    public bool IsSameAs(in DiscoveredAddress other)
        => Mac == other.Mac && Ip == other.Ip && Vlan == other.Vlan && Source == other.Source;
}

/// <summary>Everything a port discovered and what of it is realized, after either changed.</summary>
internal sealed record DiscoveryChange(string PortId, DiscoveredAddress[] Discovered, DiscoveredAddress[] Realized);
