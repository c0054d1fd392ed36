namespace Fabric.Manager.Seeds;

/// <summary>Names and ports of the services that come with the manager, as NSX-T ships them: <c>name=ports</c>, one after the other.</summary>
internal static class BuiltInServiceTable
{
    public const string Tcp = """
        AD Server=1024; Active Directory Server=464; CIM-HTTP=5988; CIM-HTTPS=5989; DCM Java Object Cache port=7100; DNS=53; DNS-TCP=53;
        Directory Services=5725; EdgeSync service=50636; EdgeSync service/ADAM=50389; Enterprise Manager RMI port=1850;
        Enterprise Manager Reporting port=3339; Enterprise Manager Servlet port SSL=1810; Enterprise ManagerAgent port=1831;
        For X.400 connections over TCP=102; H323 Call Signaling=1720; HBR Server App=5480; HTTP=80; HTTPS=443;
        HTTPS, net.tcp binding=32843,32844,32845; IBM DB2=5000; IMAP=143; IMAP_SSL=993; Java Object Cache port=7000; KERBEROS=88; KERBEROS-TCP=88;
        LDAP=389; LDAP Global Catalog=3268; LDAP-over-SSL=636; Log Loader=44000; MGCP (TCP)=2428; MS Customizable=64327;
        MS Replication service=808; MS Unified Messaging server=5060,5061,5062; MS Unified Messaging server - Client Access=5075,5076,5077;
        MS Unified Messaging server-Phone=5060,5061,5065,5066,5067,5068; MS-DS=445; MS-DS-TCP=445; MS-SQL-M-TCP=1434; MS-SQL-S=1433; MSN (TCP)=1863;
        Microsoft Media Server (TCP)=1755; MySQL=3306; NBSS=139; NFS (TCP)=2049; NFS Client=111; NFS-Server-TCP=2049; NNTP=119; NNTP_SSL=563;
        NetBios Datagram (TCP)=138; NetBios Name Service (TCP)=137; NetBios Session Service (TCP)=139; OC4J Forms / Reports Instance=8888;
        OC4J Forms / Reports Instance (8889)=8889; ORACLE-FORM-SERVICES=9000; ORACLE-HTTP=7777; ORACLE-XDB-FTP=2100; OS Agent=14000;
        Office Server Web Services, HTTP, SSL=56737,56738; Office communication server=5075,5076,5077; Oracle=1521;
        Oracle Connection Manager (CMAN)=1630; Oracle Connection Manager Admin (CMAN)=1830; Oracle Enterprise Manager Web Console=5500;
        Oracle Forms Server 6 / 6i=9000; Oracle GIOP IIOP=2481; Oracle GIOP IIOP for SSL=2482; Oracle HTTP Server Diagnostic Port=7200;
        Oracle HTTP Server Jserv port=8007; Oracle HTTP Server Port Tunneling=7501; Oracle HTTP Server SSL port=4443;
        Oracle HTTP Server listen port=7778; Oracle HTTP Server port=7777; Oracle Intelligent Agent (1748)=1748; Oracle Intelligent Agent (1754)=1754;
        Oracle Intelligent Agent (1808)=1808; Oracle Intelligent Agent (1809)=1809; Oracle Internet Directory(SSL)=636;
        Oracle Internet Directory(SSL, 4031)=4031; Oracle Internet Directory(non-SSL)=389; Oracle Internet Directory(non-SSL, 4032)=4032;
        Oracle JDBC for Rdb Thin Server=1701; Oracle Names=1575; Oracle Net Listener=1526;
        Oracle Net Listener / Enterprise Manager Repository port=1521; Oracle Notification Service local port=6100;
        Oracle Notification Service remote port=6200; Oracle Notification Service request port=6003; Oracle OC4J AJP=3301; Oracle OC4J IIOP=3401;
        Oracle OC4J IIOPS1=3501; Oracle OC4J IIOPS2=3601; Oracle OC4J JMS=3701; Oracle OC4J RMI=3201; Oracle SOAP Server=9998;
        Oracle Times Ten (15000)=15000; Oracle Times Ten (15002)=15002; Oracle Times Ten (15004)=15004; Oracle TimesTen=4662;
        Oracle TimesTen (4758)=4758; Oracle TimesTen (4759)=4759; Oracle TimesTen (4761)=4761; Oracle TimesTen (4764)=4764;
        Oracle TimesTen (4766)=4766; Oracle TimesTen (4767)=4767; Oracle XMLDB FTP Port=2100; Oracle XMLDB HTTP port=8080; Oracle-2=1526;
        Oracle9iAS Clickstream Collector Agent=6668; Oracle9iAS Web Cache Admin port=4000; Oracle9iAS Web Cache HTTP Listen(SSL) port=4444;
        Oracle9iAS Web Cache HTTP Listen(non-SSL) port=7779; Oracle9iAS Web Cache Invalidation port=4001; Oracle9iAS Web Cache Statistics port=4002;
        OracleAS Certificate Authority (OCA) - Mutual Authentication=4401; OracleAS Certificate Authority (OCA) - Server Authentication=4400;
        PC Anywhere (TCP)=5631; POP3=110; POP3_SSL=995; PostgreSQL=5432; RDP=3389; RFB=5900-5964; RPC, DFSR (SYSVOL)=5722; RTSP (TCP)=554;
        Routing Engine service=691; SAP Admin console=20005; SAP Alert Server=30011; SAP Backup Server=30017; SAP Cache Server=1095;
        SAP Central Software Deployment Manager=20201; SAP Comm=20003; SAP Content Server=1090; SAP Cruiser=30008; SAP Design Time Repository=50015;
        SAP Dispatcher=3200; SAP Enqueue Repl 2=50116; SAP Enqueue Svr=3201; SAP Exchange Groupware Connector (DCOM)=135; SAP File Adapter=8230;
        SAP GRMG Service (Heartbeat)=30006; SAP HTTP=50000; SAP HTTP Server=30005; SAP HTTP Server 2=8353; SAP HTTPS=50001; SAP HostControl=1128;
        SAP HostControlS=1129; SAP IBM=50000,4402; SAP ICM HTTP=8000; SAP IIOP=50007; SAP IIOP initial=50002; SAP IIOPS=50003;
        SAP IPC Dispatcher Mobile client=4444; SAP IPC Dispatcher Mobile client 2=4363; SAP IPC Server=9999; SAP IPC data loader=4445;
        SAP Import Mgr=20006; SAP Index Server=30003; SAP Index Server 2=8351; SAP Inst=21212,21213; SAP Inst on IBM=59975,59976;
        SAP Inter Server COmm=20004; SAP JDBCAdapter=8220; SAP JMS=50010; SAP JMS Adapter=8210; SAP JMS/JDBC/File Adapter Server=8200;
        SAP Java Debug=50021; SAP Java Join=50020; SAP Layout Server=31596,31597,31604; SAP Layout Server 2=31596;
        SAP Layout Server Adobe InDesign=31603; SAP Layout Server Quark Express=31602; SAP LiveCache=7200,7210,7269,7270,7575;
        SAP Lotus Domino - Connector=62026-62029; SAP Lotus Domino - Proxy=62126-62129; SAP MDM Server=2000-2002; SAP Mapping Manager=3909;
        SAP Message Server HTTP=8100; SAP Monitoring (GRMG)=8366; SAP Msg Svr=3600; SAP Msg Svr 2=3601; SAP Msg Svr HTTP=8101; SAP Name Server=30001;
        SAP Name Server 2=8355; SAP Oracle Listener=1527; SAP P4=50004; SAP P4 over HTTP=50005; SAP P4 over SSL=50006;
        SAP PAW Communication Server=1099; SAP PAW Servlet Engine=1089; SAP Pre Processor=30002; SAP Pre Processor 2=8357; SAP Queue Server=30004;
        SAP Queue Server 2=8352; SAP RFC Server=30007; SAP Router=3299; SAP SDM/SL=50017,50018,50019; SAP SNC secured gateway=4800;
        SAP Start Service=50013; SAP Start Service 2=50014; SAP Syndicator Service=20007; SAP Telnet=50008; SAP Upgrade=4238,4239,4240,4241;
        SAP gateway - CPIC/RFC=3300; SAP gateway/replication=3301; SAP network Test Program=3298; SAP printer spooler=515; SMB=445; SMB Server=445;
        SMTP=25; SMTP_TLS=587; SOAP=9389; SQL Analysis service=2383; SQL Server Browser service=2382; SSH=22;
        Server Message Block (SMB)=137,138,139; Site Replication service=379; Skinny=2000; Syslog (TCP)=514; Syslog-Server=514;
        T120 (Whiteboard A43)=1503; TELNET=23; Terminal Services (TCP)=3389; VMware Consolidated Backup=443; VMware VMotion=8000;
        VMware-DVS=8301,8302; VMware-DataRecovery=22024; VMware-ESXi5.x-TCP=902; VMware-HA-TCP=8182; VMware-SPS=31100,31000; VMware-SRM-H5-UI=443;
        VMware-SRM-HTTP=9008; VMware-SRM-Replication=8123; VMware-SRM-SOAP=8043; VMware-SRM-Server-Management=9086; VMware-SRM-UI=9085;
        VMware-SRM-VAMI=8080; VMware-SRM-vCentreServer=8096; VMware-SRM-vSphereReplication=31031,44046; VMware-SRMClient-Server=8095;
        VMware-UpdateMgr=9000-9100; VMware-UpdateMgr-Patching=735; VMware-UpdateMgr-SOAP=8084; VMware-UpdateMgr-VUM=9084;
        VMware-VC-DumpCollector-TCP=8000; VMware-VC-ESXi=51915; VMware-VC-RemoteConsole=903; VMware-VC-Syslog=8001; VMware-VCO-Command=8240;
        VMware-VCO-Data=8244; VMware-VCO-Messaging=8250; VMware-VCO-VCO-HTTPS=8283; VMware-VCO-WebHTTP=8280; VMware-VCO-WebHTTPS=8281;
        VMware-VCOMgr-UI=1194; VMware-VCOStdAln-Heartbeat=1199; VMware-VDM2.x-Ephemeral=1024-65535; VMware-VDM2.x-RGS=42966;
        VMware-VR-Replication-Traffic=31031,44046; VMware-VR-Server-Management-Traffic=8043; VMware-View-PCoIP=4172; VMware-View5.x-JMS=4001;
        VMware-iSCSI-Server=3260; Vmware-FT-TCP=8100,8200; Vmware-Heartbeat-PrimarySecondary=57348; Vmware-SRM-WSDL-vCentreServer=9007;
        Vmware-UpdateMgr-update=9087; Vmware-VC-HTTP=10080; Vmware-VC-VC-Internal=7500,8005,8006,8083,8085,8086,8087,8443,10109,10111,60099;
        Vmware-VC-WebAccess=8443,9443,10443; Vmware-VCHeartbeat=52267; Vmware-VCO-Lookup=8230; Vmware-VCO-VCO-HTTP=8282;
        Vmware-VCOStdAln-Remote=61616; Vmware-VDM2.x-AJP=8009; Vmware-VDM2.x-JMS=4100; WINS=42;
        Win - RPC, DCOM, EPM, DRSUAPI, NetLogonR, SamR, FRS - TCP=1025-65535; Win 2003 - RPC, DCOM, EPM, DRSUAPI, NetLogonR, SamR, FRS=1025-5000;
        Win 2008 - RPC, DCOM, EPM, DRSUAPI, NetLogonR, SamR, FRS=49152-65535; Windows-Global-Catalog=3268; Windows-Global-Catalog-over-SSL=3269;
        Yahoo Messenger (TCP)=5050; iSQLPlus 10g=5560; iSQLPlus 10g (5580)=5580
        """;

    public const string Udp = """
        Active Directory Server UDP=464; DHCP, MADCAP=2535; DHCP-Client=68; DHCP-Server=67; DHCPv6 Client=546; DHCPv6 Server=547; DNS-UDP=53;
        Exchange ActiveSync=2883; H323 Gatekeeper Discovery=1718; H323 Gatekeeper RAS=1719; IKE (Key Exchange)=500; IKE (NAT Traversal)=4500;
        ISAKMP=500; KERBEROS-UDP=88; LDAP-UDP=389; LDAP-over-SSL-UDP=636; MGCP (UDP)=2427; MS-DS-UDP=445; MS-SQL-M=1434; MSN (UDP)=1863;
        Microsoft Media Server (UDP)=1755; NBDG-Broadcast-V1=138; NBDG-Unicast=138; NBNS-Broadcast-V1=137; NBNS-Unicast=137; NFS (UDP)=2049;
        NFS Client UDP=111; NFS-Server-UDP=2049; NTP=123; NTP Time Server=123; NetBios Datagram (UDP)=138; NetBios Name Service (UDP)=137;
        NetBios Session Service (UDP)=139; PC Anywhere (UDP)=5632; RTSP (UDP)=554; SAP Dispatcher Netweaver App Server=3200;
        SAP Gateway Netweaver App Server=3300; SIP 5060=5060; SIP 5061=5061; SMB Server UDP=445; SNMP=161; SNMP-Recieve=161; SNMP-Send=162;
        Syslog (UDP)=514; Syslog-Server-UDP=514; Terminal Services (UDP)=3389; VMware-CIMSLP=427; VMware-ESXi5.x-UDP=902; VMware-HA-UDP=8182;
        VMware-VC-DPM=623; VMware-VC-DumpSvr=6500; VMware-View5.x-PCoIP-UDP=4172; Vmware-FT-UDP=8100,8200; WINS-UDP=42;
        Win - RPC, DCOM, EPM, DRSUAPI, NetLogonR, SamR, FRS - UDP=1025-65535; Yahoo Messenger (UDP)=5050
        """;

    /// <summary>Each with the ALG and its port.</summary>
    public const string Alg = """
        FTP=FTP 21; MS_RPC_TCP=MS_RPC_TCP 135; MS_RPC_UDP=MS_RPC_UDP 135; NBDG-Broadcast=NBDG_BROADCAST 138; NBNS-Broadcast=NBNS_BROADCAST 137;
        ORACLE_TNS=ORACLE_TNS 1521; SUN_RPC_TCP=SUN_RPC_TCP 111; SUN_RPC_UDP=SUN_RPC_UDP 111; TFTP=TFTP 69
        """;

    /// <summary>Each with the version, the type and the code, as far as it is limited to them.</summary>
    public const string Icmp = """
        ICMP ALL=ICMPv4; ICMPv4-ALL=ICMPv4; ICMP Destination Unreachable=ICMPv4 3; ICMP Echo=ICMPv4 8; ICMP Echo Reply=ICMPv4 0 0; ICMP Echo Request=ICMPv4 8 0;
        ICMP Redirect=ICMPv4 5; ICMP Router Advertisement=ICMPv4 9 0; ICMP Router Solicitation=ICMPv4 10 0; ICMP Source Quench=ICMPv4 4 0;
        ICMP Time Exceeded=ICMPv4 11; ICMPv6-ALL=ICMPv6; IPv6-ICMP Destination Unreachable=ICMPv6 1; IPv6-ICMP Echo=ICMPv6 128;
        IPv6-ICMP Echo Reply=ICMPv6 129; IPv6-ICMP Echo Request=ICMPv6 128; IPv6-ICMP Multicast Listener Done=ICMPv6 132;
        IPv6-ICMP Multicast Listener Query=ICMPv6 130; IPv6-ICMP Multicast Listener Report=ICMPv6 131; IPv6-ICMP Neighbor Advertisement=ICMPv6 136;
        IPv6-ICMP Neighbor Solicitation=ICMPv6 135; IPv6-ICMP Packet Too Big=ICMPv6 2; IPv6-ICMP Parameter Problem=ICMPv6 4;
        IPv6-ICMP Redirect=ICMPv6 137; IPv6-ICMP Router Advertisement=ICMPv6 134; IPv6-ICMP Router Solicitation=ICMPv6 133;
        IPv6-ICMP Time Exceeded=ICMPv6 3; IPv6-ICMP Version 2 Multicast Listener=ICMPv6 143
        """;

    public const string IpProtocols = "GRE=47; ESP=50; AH=51; OSPF=89; VRRP=112; SCTP=132; IPv6-NoNxt=59; IPv6-Opts=60";

    public const string Igmp = "IGMP Leave Group; IGMP Membership Query; IGMP V2 Membership Report; IGMP V3 Membership Report";

    public const string EtherTypes = "IPv4=2048; IPv6=34525; ARP=2054; RARP=32821; LLDP=35020; MPLS unicast=34887; MPLS multicast=34888";

    /// <summary>Services that are several others: <c>name=member+member</c>.</summary>
    public const string Groups = """
        Heartbeat=Vmware-Heartbeat-PrimarySecondary+Vmware-VCHeartbeat; Data Recovery Appliance=VMware-DataRecovery;
        Microsoft Active Directory=Active Directory Server+Active Directory Server UDP+DNS+DNS-UDP+KERBEROS-TCP+KERBEROS-UDP+LDAP+LDAP-UDP+LDAP-over-SSL+LDAP Global Catalog+Windows-Global-Catalog-over-SSL+MS-DS-TCP+MS-DS-UDP+SOAP+NTP Time Server;
        Microsoft Exchange 2003=SMTP+POP3+POP3_SSL+IMAP+IMAP_SSL+NNTP+NNTP_SSL+HTTP+HTTPS+LDAP+Routing Engine service+Site Replication service;
        Microsoft Exchange 2007=SMTP+SMTP_TLS+POP3+POP3_SSL+IMAP+IMAP_SSL+EdgeSync service+EdgeSync service/ADAM+MS Unified Messaging server;
        Microsoft Exchange 2010=SMTP+SMTP_TLS+POP3+POP3_SSL+IMAP+IMAP_SSL+EdgeSync service+MS Replication service+MS Customizable+MS Unified Messaging server-Phone;
        MS Exchange 2007 Client Access Server=HTTP+HTTPS+POP3+POP3_SSL+IMAP+IMAP_SSL; MS Exchange 2007 Mailbox Servers=MS_RPC_TCP+LDAP+MS-DS-TCP;
        MS Exchange 2007 Transport Servers=SMTP+SMTP_TLS+EdgeSync service+LDAP; MS Exchange 2007 Unified Messaging Centre=MS Unified Messaging server;
        MS Exchange 2010 Client Access Servers=HTTP+HTTPS+POP3+POP3_SSL+IMAP+IMAP_SSL+MS Replication service;
        MS Exchange 2010 Mailbox Servers=MS_RPC_TCP+LDAP+MS Customizable+MS-DS-TCP; MS Exchange 2010 Transport Servers=SMTP+SMTP_TLS+EdgeSync service;
        MS Exchange 2010 Unified Messaging Server=MS Unified Messaging server-Phone+MS Unified Messaging server - Client Access;
        MSSQL Server Database Engine=MS-SQL-S+MS-SQL-M+MS-SQL-M-TCP; MSSQL Reporting Services=HTTP+HTTPS;
        MSSQL Server Analysis Services=SQL Analysis service+SQL Server Browser service; MSSQL Integration Services=MS_RPC_TCP;
        Microsoft SQL Server=MS-SQL-S+MS-SQL-M+MS-SQL-M-TCP+SQL Analysis service+SQL Server Browser service;
        Oracle Database=Oracle+Oracle-2+Oracle GIOP IIOP+Oracle GIOP IIOP for SSL+Oracle XMLDB FTP Port+Oracle XMLDB HTTP port;
        Oracle Application Server=Oracle HTTP Server port+Oracle HTTP Server SSL port+Oracle OC4J AJP+Oracle OC4J RMI+Oracle OC4J JMS+Log Loader;
        Oracle Enterprise Manager=Enterprise Manager Servlet port SSL+Enterprise Manager RMI port+Enterprise ManagerAgent port;
        Oracle Enterprise Manager Web=Oracle Enterprise Manager Web Console; Oracle Rdb=Oracle JDBC for Rdb Thin Server;
        Oracle Times Ten=Oracle TimesTen+Oracle TimesTen (4758)+Oracle TimesTen (4759)+Oracle TimesTen (4761); Oracle i*SQLPlus=iSQLPlus 10g+iSQLPlus 10g (5580);
        Orchestrator=Vmware-VCO-Lookup+VMware-VCO-Command+VMware-VCO-Messaging+VMware-VCO-Data+Vmware-VCO-VCO-HTTP+VMware-VCO-VCO-HTTPS;
        SharePoint 2007=HTTP+HTTPS+Office Server Web Services, HTTP, SSL; SharePoint 2010=HTTP+HTTPS+HTTPS, net.tcp binding;
        Site Recovery Manager 5.x=VMware-SRM-SOAP+VMware-SRM-HTTP+VMware-SRM-UI+VMware-SRMClient-Server+VMware-SRM-vSphereReplication;
        Update Manager=VMware-UpdateMgr+VMware-UpdateMgr-Patching+VMware-UpdateMgr-SOAP+VMware-UpdateMgr-VUM+Vmware-UpdateMgr-update;
        ESXi Syslog Collector=Syslog (TCP)+Syslog (UDP)+VMware-VC-Syslog; VMware ESXi 5.x=VMware-ESXi5.x-TCP+VMware-ESXi5.x-UDP+VMware VMotion+VMware-HA-TCP+VMware-HA-UDP;
        VMware ESXi Dump Collector=VMware-VC-DumpSvr+VMware-VC-DumpCollector-TCP; View 5.x=VMware-View-PCoIP+VMware-View5.x-JMS+VMware-View5.x-PCoIP-UDP;
        Vmware View/VDM2.x=Vmware-VDM2.x-AJP+Vmware-VDM2.x-JMS+VMware-VDM2.x-RGS; vCenter5.x=Vmware-VC-HTTP+Vmware-VC-WebAccess+VMware-VC-ESXi+HTTPS+SSH
        """;
}
