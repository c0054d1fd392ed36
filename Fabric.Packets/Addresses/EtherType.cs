namespace Fabric.Packets.Addresses;

/// <summary>EtherTypes that the fabric reads or writes (IEEE 802 numbers, IANA).</summary>
public enum EtherType : ushort
{
    None = 0,
    Ipv4 = 0x0800,
    Arp = 0x0806,
    TransparentEthernetBridging = 0x6558,
    Vlan = 0x8100,
    Ipv6 = 0x86DD,
    ServiceVlan = 0x88A8,
}
