using Fabric.Contracts.V1;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Tables;

/// <summary>An address that may be spoken from: MAC, IP or subnet, VLAN; each of them may be any.</summary>
internal readonly record struct BindingRule(MacAddress? Mac, IpPrefix? Ip, int Vlan)
{
    public bool Allows(MacAddress mac, int vlan)
        => (Mac is null || Mac.Value == mac) && (Vlan < 0 || Vlan == vlan);

    public bool Allows(MacAddress mac, IpAddress ip, int vlan)
        => Allows(mac, vlan) && (Ip is null || Ip.Value.Contains(ip));

    public static BindingRule From(AddressBinding binding)
    {
        MacAddress? mac = binding.Mac.Length == MacAddress.Length ? MacAddress.Read(binding.Mac.Span) : null;
        IpPrefix? ip = IpAddress.TryRead(binding.Ip.Span, out var address) ? new IpPrefix(address, (int)binding.PrefixLength) : null;
        return new BindingRule(mac, ip, binding.Vlan is > 0 and < 4095 ? binding.Vlan : -1);
    }
}
