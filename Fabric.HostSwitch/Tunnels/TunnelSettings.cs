using Fabric.Contracts.V1;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Tunnels;

/// <summary>How this host tunnels: its endpoints, the underlay's MTU, the pace of BFD.</summary>
internal sealed record TunnelSettings(
    LocalTep[] Teps,
    Encapsulation Encapsulation,
    int UplinkMtu,
    int BfdIntervalMs,
    int BfdMultiplier,
    bool EmulatesPmtud)
{
    public bool Owns(IpAddress address)
    {
        foreach (var tep in Teps)
        {
            if (tep.Ip == address)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A tunnel endpoint of this host.</summary>
internal readonly record struct LocalTep(IpPrefix Address, uint Label)
{
    public IpAddress Ip => Address.Address;

    public IpAddress Subnet => Address.Network;
}
