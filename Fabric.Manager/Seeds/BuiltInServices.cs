using Fabric.Manager.Catalog;

namespace Fabric.Manager.Seeds;

/// <summary>The services that come with the manager, by NSX's names; ports as registered with IANA or used by the product named.</summary>
internal static class BuiltInServices
{
    public static readonly IReadOnlyList<NSService> All =
    [
        Tcp("HTTP", "80"), Tcp("HTTPS", "443"), Tcp("SSH", "22"), Tcp("Telnet", "23"), Tcp("SMTP", "25"), Tcp("SMTP_TLS", "587"),
        Tcp("POP3", "110"), Tcp("IMAP", "143"), Tcp("IMAP_SSL", "993"), Tcp("LDAP", "389"), Tcp("LDAP-over-SSL", "636"),
        Tcp("LDAP Global Catalog", "3268"), Tcp("Active Directory Server", "464"), Udp("Active Directory Server UDP", "464"),
        Tcp("DNS-TCP", "53"), Udp("DNS-UDP", "53"), Tcp("DNS", "53"), Udp("DHCP-Client", "68"), Udp("DHCP-Server", "67"),
        Udp("DHCPv6 Client", "546"), Udp("DHCPv6 Server", "547"), Udp("TFTP", "69"), Udp("NTP", "123"), Udp("NTP Time Server", "123"),
        Udp("SNMP-Send", "161"), Udp("SNMP-Recieve", "162"), Tcp("Syslog (TCP)", "514"), Udp("Syslog (UDP)", "514"), Tcp("SMB", "445"),
        Tcp("CIFS (TCP)", "445"), Tcp("KERBEROS-TCP", "88"), Udp("KERBEROS-UDP", "88"), Tcp("RDP", "3389"), Tcp("VNC", "5900"),
        Tcp("MySQL", "3306"), Tcp("PostgreSQL", "5432"), Tcp("MS-SQL-S", "1433"), Tcp("MS-SQL-M-TCP", "1434"), Udp("MS-SQL-M-UDP", "1434"),
        Tcp("Oracle", "1521"), Tcp("MongoDB", "27017"), Tcp("Redis", "6379"), Tcp("BGP", "179"), Tcp("NFS Client", "111"),
        Tcp("NFS-Server-TCP", "2049"), Udp("NFS-Server-UDP", "2049"), Udp("ISAKMP", "500"), Udp("IPSec NAT-T", "4500"), Udp("L2TP", "1701"),
        Tcp("PPTP", "1723"), Tcp("SIP 5060", "5060"), Udp("RADIUS", "1812"), Udp("RADIUS-Accounting", "1813"), Udp("BFD-Control", "3784"),
        Udp("Geneve", "6081"), Udp("VXLAN", "4789"), Tcp("Kubernetes API", "6443"), Tcp("etcd", "2379-2380"), Tcp("Kubelet", "10250"),
        Tcp("TCP-All", "1-65535"), Udp("UDP-All", "1-65535"), Tcp("RabbitMQ", "5672"), Tcp("Elasticsearch", "9200"), Tcp("HTTP-Alternate", "8080"),
        Alg("FTP", "FTP", "21"), Alg("ORACLE_TNS", "ORACLE_TNS", "1521"), Alg("SUN_RPC_TCP", "SUN_RPC_TCP", "111"), Alg("SUN_RPC_UDP", "SUN_RPC_UDP", "111"),
        Alg("MS_RPC_TCP", "MS_RPC_TCP", "135"), Alg("MS_RPC_UDP", "MS_RPC_UDP", "135"), Alg("NBNS-Broadcast", "NBNS_BROADCAST", "137"),
        Alg("NBDG-Broadcast", "NBDG_BROADCAST", "138"), Alg("TFTP-ALG", "TFTP", "69"),
        Icmp("ICMP ALL", "ICMPv4"), Icmp("ICMP Echo Request", "ICMPv4", 8), Icmp("ICMP Echo", "ICMPv4", 0), Icmp("ICMP Destination Unreachable", "ICMPv4", 3),
        Icmp("ICMP Redirect", "ICMPv4", 5), Icmp("ICMP Time Exceeded", "ICMPv4", 11), Icmp("ICMP Router Advertisement", "ICMPv4", 9),
        Icmp("ICMP Router Solicitation", "ICMPv4", 10), Icmp("ICMP Source Quench", "ICMPv4", 4),
        Icmp("ICMPv6-ALL", "ICMPv6"), Icmp("IPv6-ICMP Echo", "ICMPv6", 129), Icmp("IPv6-ICMP Echo Request", "ICMPv6", 128),
        Icmp("IPv6-ICMP Destination Unreachable", "ICMPv6", 1), Icmp("IPv6-ICMP Packet Too Big", "ICMPv6", 2), Icmp("IPv6-ICMP Time Exceeded", "ICMPv6", 3),
        Icmp("IPv6-ICMP Router Solicitation", "ICMPv6", 133), Icmp("IPv6-ICMP Router Advertisement", "ICMPv6", 134),
        Icmp("IPv6-ICMP Neighbor Solicitation", "ICMPv6", 135), Icmp("IPv6-ICMP Neighbor Advertisement", "ICMPv6", 136),
        Protocol("GRE", 47), Protocol("ESP", 50), Protocol("AH", 51), Protocol("IPv6-IPv4", 41), Protocol("OSPF", 89), Protocol("VRRP", 112), Protocol("SCTP", 132),
        BuiltIn("IGMP", new IGMPTypeNSService()),
        Ether("ARP", 0x0806), Ether("IPv4", 0x0800), Ether("IPv6", 0x86DD), Ether("RARP", 0x8035), Ether("LLDP", 0x88CC), Ether("MPLSuni", 0x8847),
    ];

    private static NSService BuiltIn(string name, NSServiceElement element)
        => new() { DisplayName = name, DefaultService = true, SystemOwned = true, NsserviceElement = element };

    private static NSService Tcp(string name, string ports) => BuiltIn(name, new L4PortSetNSService { L4Protocol = "TCP", DestinationPorts = [ports], SourcePorts = [] });

    private static NSService Udp(string name, string ports) => BuiltIn(name, new L4PortSetNSService { L4Protocol = "UDP", DestinationPorts = [ports], SourcePorts = [] });

    private static NSService Alg(string name, string alg, string port) => BuiltIn(name, new ALGTypeNSService { Alg = alg, DestinationPorts = [port], SourcePorts = [] });

    private static NSService Icmp(string name, string protocol, int? type = null) => BuiltIn(name, new ICMPTypeNSService { Protocol = protocol, IcmpType = type });

    private static NSService Protocol(string name, int number) => BuiltIn(name, new IPProtocolNSService { ProtocolNumber = number });

    private static NSService Ether(string name, int type) => BuiltIn(name, new EtherTypeNSService { EtherType = type });
}
