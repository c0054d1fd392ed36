namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>Copies of a port's packets, sent to the members of a group.</summary>
internal sealed record PortMirroringProfile : PolicyResource
{
    [Mandatory]
    public string DestinationGroup { get; init; } = "";

    [OneOf("REMOTE_L3_SPAN", "LOGICAL_SPAN")]
    public string ProfileType { get; init; } = "REMOTE_L3_SPAN";

    [OneOf("INGRESS", "EGRESS", "BIDIRECTIONAL")]
    public string Direction { get; init; } = "BIDIRECTIONAL";

    [OneOf("GRE", "ERSPAN_TWO", "ERSPAN_THREE")]
    public string EncapsulationType { get; init; } = "GRE";

    public int? GreKey { get; init; }

    [Within(0, 1023)]
    public int? ErspanId { get; init; }

    [Within(60, 65_535)]
    public int? SnapLength { get; init; }

    [OneOf("Default", "Mirror")]
    public string TcpIpStack { get; init; } = "Default";

    [OneOf("INCLUDE", "EXCLUDE")]
    public string? FilterAction { get; init; }

    public IReadOnlyList<PortMirrorFilter>? PortMirroringFilters { get; init; }
}

/// <summary>Which packets are mirrored.</summary>
internal sealed record PortMirrorFilter
{
    public IPAddresses? DestinationIps { get; init; }

    [WrittenAs(TextForm.PortOrRange)]
    public string? DestinationPorts { get; init; }

    [OneOf("TCP", "UDP")]
    public string? Protocol { get; init; }

    public IPAddresses? SourceIps { get; init; }

    [WrittenAs(TextForm.PortOrRange)]
    public string? SourcePorts { get; init; }
}

/// <summary>A list of addresses, blocks and ranges.</summary>
internal sealed record IPAddresses
{
    [AtLeast(1), WrittenAs(TextForm.IpOrCidrOrRange)]
    public IReadOnlyList<string>? IpAddresses { get; init; }
}
