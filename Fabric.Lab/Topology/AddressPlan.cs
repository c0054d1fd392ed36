using Fabric.Packets.Addresses;

namespace Fabric.Lab.Topology;

/// <summary>Hands out the addresses of one subnet, lowest first, around those that the file names.</summary>
internal sealed class AddressPlan(IpPrefix subnet)
{
    private readonly HashSet<IpAddress> _taken = [];
    private UInt128 _next = 1;

    public IpPrefix Subnet => subnet;

    /// <summary>False if the address is taken.</summary>
    public bool Take(IpAddress address) => _taken.Add(address);

    /// <summary>The next free address, or null when the subnet is full.</summary>
    public IpAddress? Allocate()
    {
        while (true)
        {
            var address = new IpAddress(subnet.Network.Bits + _next++);
            if (!subnet.Contains(address) || (address.IsIpv4 && address == subnet.Last))
            {
                return null;
            }

            if (_taken.Add(address))
            {
                return address;
            }
        }
    }
}
