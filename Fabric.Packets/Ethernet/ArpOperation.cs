namespace Fabric.Packets.Ethernet;

/// <summary>What an ARP packet wants (RFC 826).</summary>
public enum ArpOperation : ushort
{
    Request = 1,
    Reply = 2,
}
