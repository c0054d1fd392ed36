using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Catalog.Policy.Security;

namespace Fabric.Manager.Seeds.Policy;

/// <summary>The policies and context profiles that a fresh NSX-T has.</summary>
internal static class SecuritySeeds
{
    private const string Policies = "/infra/domains/default/security-policies";

    private const string Ids = "/infra/settings/firewall/security/intrusion-services";

    /// <summary>What applications are told apart by, in NSX's words.</summary>
    private const string Applications = """
        ACTIVDIR AMQP AVAST AVG AVIRA BDEFNDER BLAST CA_CERT CIFS CLRCASE CTRXCGP CTRXGOTO CTRXICA DCERPC DHCP DIAMETER DNS EPIC ESET FPROT FTP GITHUB HTTP HTTP2
        IMAP KASPRSKY KERBEROS LDAP MAXDB MCAFEE MSSQL MYSQL NFS NNTP NTBIOSNS NTP OCSP ORACLE PANDA PCOIP POP2 POP3 RADIUS RDP RTCP RTP RTSP SIP SMTP SNMP SSH SSL
        SYMUPDAT SYSLOG TELNET TFTP VNC WINS
        """;

    /// <summary>The default policies, which stand for the default sections and never go.</summary>
    public static IEnumerable<(string Path, PolicyResource Object)> Always =>
    [
        ($"{Policies}/{DefaultPolicies.Layer3}", new SecurityPolicy { SystemOwned = true, IsDefault = true, DefaultRuleId = DefaultPolicies.Layer3RuleId, DisplayName = "Default Layer3 Section", Category = "Application", SequenceNumber = int.MaxValue }),
        ($"{Policies}/{DefaultPolicies.Layer3}/rules/default-layer3-rule", new Rule { SystemOwned = true, IsDefault = true, RuleId = DefaultPolicies.Layer3RuleId, SequenceNumber = int.MaxValue }),
        ($"{Policies}/{DefaultPolicies.Layer2}", new SecurityPolicy { SystemOwned = true, IsDefault = true, DefaultRuleId = DefaultPolicies.Layer2RuleId, DisplayName = "Default Layer2 Section", Category = "Ethernet", SequenceNumber = int.MaxValue }),
        ($"{Policies}/{DefaultPolicies.Layer2}/rules/default-layer2-rule", new Rule { SystemOwned = true, IsDefault = true, RuleId = DefaultPolicies.Layer2RuleId, SequenceNumber = int.MaxValue }),
    ];

    public static IEnumerable<(string Path, PolicyResource Object)> All => Contexts.Concat(Intrusion);

    public static IReadOnlyList<string> ApplicationIds { get; } = Applications.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>One signature of our own, so that lists of them are not empty.</summary>
    private static IEnumerable<(string Path, PolicyResource Object)> Intrusion =>
    [
        ($"{Ids}/profiles/DefaultIDSProfile", new IdsProfile { SystemOwned = true, ProfileSeverity = ["CRITICAL"] }),
        ($"{Ids}/signature-versions/DEFAULT", new IdsSignatureVersion { SystemOwned = true, VersionId = "IDS_DEFAULT", State = "ACTIVE" }),
        ($"{Ids}/signature-versions/DEFAULT/signatures/1000001", new IdsSignature
        {
            SystemOwned = true, DisplayName = "SQL injection in a URI", Name = "SQL injection in a URI", SignatureId = "1000001", SignatureRevision = "1", Severity = "CRITICAL", SignatureSeverity = "1",
            ClassType = "web-application-attack", Categories = ["APPLICATION"], ProductAffected = "Web_Server_Applications", Action = "ALERT", Protocol = "HTTP",
        }),
    ];

    private static IEnumerable<(string Path, PolicyResource Object)> Contexts
        => ApplicationIds.Select(id => ($"/infra/context-profiles/{id}", (PolicyResource)new PolicyContextProfile
        {
            SystemOwned = true,
            Description = id,
            Attributes = [new PolicyAttributes { Key = "APP_ID", Value = [id], AttributeSource = "SYSTEM" }],
        }));
}
