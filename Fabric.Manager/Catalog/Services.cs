using System.Text.Json.Serialization;

namespace Fabric.Manager.Catalog;

/// <summary>What a rule matches above IP, under a name.</summary>
internal sealed record NSService : ManagedResource
{
    /// <summary>Came with the manager.</summary>
    [ServerSet]
    public bool DefaultService { get; init; }

    [Mandatory]
    public NSServiceElement NsserviceElement { get; init; } = new IGMPTypeNSService();
}

/// <summary>Several services under one name.</summary>
internal sealed record NSServiceGroup : ManagedResource
{
    [ServerSet]
    public bool DefaultService { get; init; }

    [Mandatory, AtMost(50)]
    public IReadOnlyList<ResourceReference> Members { get; init; } = [];

    [ServerSet]
    public string? ServiceType { get; init; }
}

/// <summary>One kind of match.</summary>
[Family(
    typeof(L4PortSetNSService), typeof(ICMPTypeNSService), typeof(IPProtocolNSService), typeof(IGMPTypeNSService),
    typeof(EtherTypeNSService), typeof(ALGTypeNSService))]
internal abstract record NSServiceElement : TypedPart;

/// <summary>TCP or UDP ports.</summary>
internal sealed record L4PortSetNSService : NSServiceElement
{
    [AtMost(15), WrittenAs(TextForm.PortOrRange)]
    public IReadOnlyList<string>? DestinationPorts { get; init; }

    [JsonPropertyName("l4_protocol"), Mandatory, OneOf("TCP", "UDP")]
    public string L4Protocol { get; init; } = "TCP";

    [AtMost(15), WrittenAs(TextForm.PortOrRange)]
    public IReadOnlyList<string>? SourcePorts { get; init; }
}

/// <summary>ICMP, all of it or one type.</summary>
internal sealed record ICMPTypeNSService : NSServiceElement
{
    [Within(0, 255)]
    public int? IcmpCode { get; init; }

    [Within(0, 255)]
    public int? IcmpType { get; init; }

    [Mandatory, OneOf("ICMPv4", "ICMPv6")]
    public string Protocol { get; init; } = "ICMPv4";
}

/// <summary>An IP protocol by number.</summary>
internal sealed record IPProtocolNSService : NSServiceElement
{
    [Mandatory, Within(0, 255)]
    public int ProtocolNumber { get; init; }
}

/// <summary>IGMP.</summary>
internal sealed record IGMPTypeNSService : NSServiceElement;

/// <summary>An Ethernet type, in layer 2 rules.</summary>
internal sealed record EtherTypeNSService : NSServiceElement
{
    [Mandatory, Within(0, 65_535)]
    public int EtherType { get; init; }
}

/// <summary>A protocol that opens connections of its own.</summary>
internal sealed record ALGTypeNSService : NSServiceElement
{
    [Mandatory, OneOf("ORACLE_TNS", "FTP", "SUN_RPC_TCP", "SUN_RPC_UDP", "MS_RPC_TCP", "MS_RPC_UDP", "NBNS_BROADCAST", "NBDG_BROADCAST", "TFTP")]
    public string Alg { get; init; } = "";

    [Mandatory, AtLeast(1), AtMost(15), WrittenAs(TextForm.PortOrRange)]
    public IReadOnlyList<string> DestinationPorts { get; init; } = [];

    [AtMost(15), WrittenAs(TextForm.PortOrRange)]
    public IReadOnlyList<string>? SourcePorts { get; init; }
}
