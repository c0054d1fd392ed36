using System.Text.Json.Serialization;

namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>What rules match above IP, under a name.</summary>
internal sealed record Service : PolicyResource
{
    /// <summary>Came with the manager.</summary>
    [ServerSet]
    public bool IsDefault { get; init; }

    public IReadOnlyList<ServiceEntry>? ServiceEntries { get; init; }

    /// <summary>ETHER or NON_ETHER, as the entries are.</summary>
    [OneOf("ETHER", "NON_ETHER")]
    public string? ServiceType { get; init; }
}

/// <summary>One kind of match.</summary>
[Family(
    typeof(ALGTypeServiceEntry), typeof(EtherTypeServiceEntry), typeof(ICMPTypeServiceEntry), typeof(IGMPTypeServiceEntry),
    typeof(IPProtocolServiceEntry), typeof(L4PortSetServiceEntry), typeof(NestedServiceServiceEntry))]
internal abstract record ServiceEntry : PolicyResource;

/// <summary>A protocol that opens connections of its own.</summary>
internal sealed record ALGTypeServiceEntry : ServiceEntry
{
    [Mandatory, OneOf("ORACLE_TNS", "FTP", "SUN_RPC_TCP", "SUN_RPC_UDP", "MS_RPC_TCP", "MS_RPC_UDP", "NBNS_BROADCAST", "NBDG_BROADCAST", "TFTP")]
    public string Alg { get; init; } = "";

    [Mandatory, AtLeast(1), AtMost(15), WrittenAs(TextForm.PortOrRange)]
    public IReadOnlyList<string> DestinationPorts { get; init; } = [];

    [AtMost(15), WrittenAs(TextForm.PortOrRange)]
    public IReadOnlyList<string>? SourcePorts { get; init; }
}

/// <summary>An Ethernet type, in policies of category Ethernet.</summary>
internal sealed record EtherTypeServiceEntry : ServiceEntry
{
    [Mandatory, Within(0, 65_535)]
    public long EtherType { get; init; }
}

/// <summary>ICMP, all of it or one type.</summary>
internal sealed record ICMPTypeServiceEntry : ServiceEntry
{
    [Within(0, 255)]
    public long? IcmpCode { get; init; }

    [Within(0, 255)]
    public long? IcmpType { get; init; }

    [Mandatory, OneOf("ICMPv4", "ICMPv6")]
    public string Protocol { get; init; } = "ICMPv4";
}

/// <summary>IGMP.</summary>
internal sealed record IGMPTypeServiceEntry : ServiceEntry;

/// <summary>An IP protocol by number.</summary>
internal sealed record IPProtocolServiceEntry : ServiceEntry
{
    [Mandatory, Within(0, 255)]
    public long ProtocolNumber { get; init; }
}

/// <summary>TCP or UDP ports.</summary>
internal sealed record L4PortSetServiceEntry : ServiceEntry
{
    [AtMost(15), WrittenAs(TextForm.PortOrRange)]
    public IReadOnlyList<string>? DestinationPorts { get; init; }

    [JsonPropertyName("l4_protocol"), Mandatory, OneOf("TCP", "UDP")]
    public string L4Protocol { get; init; } = "TCP";

    [AtMost(15), WrittenAs(TextForm.PortOrRange)]
    public IReadOnlyList<string>? SourcePorts { get; init; }
}

/// <summary>All that another service matches.</summary>
internal sealed record NestedServiceServiceEntry : ServiceEntry
{
    [Mandatory, PathTo(typeof(Service))]
    public string NestedServicePath { get; init; } = "";
}
