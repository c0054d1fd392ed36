namespace Fabric.Packets.Addresses;

/// <summary>IP protocol numbers and IPv6 next headers that the fabric reads or writes (IANA).</summary>
public enum IpProtocol : byte
{
    HopByHop = 0,
    Icmp = 1,
    Igmp = 2,
    Tcp = 6,
    Udp = 17,
    Ipv6Route = 43,
    Ipv6Fragment = 44,
    Esp = 50,
    AuthenticationHeader = 51,
    IcmpV6 = 58,
    NoNextHeader = 59,
    Ipv6DestinationOptions = 60,
    Sctp = 132,
}
