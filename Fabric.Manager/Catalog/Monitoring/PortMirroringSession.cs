using Fabric.Manager.Catalog.Policy.Networking;

namespace Fabric.Manager.Catalog.Monitoring;

/// <summary>Packets of some ports, copied to somewhere else.</summary>
[StorageOnly]
internal sealed record PortMirroringSession : ManagedResource
{
    [Mandatory, OneOf("INGRESS", "EGRESS", "BIDIRECTIONAL")]
    public string Direction { get; init; } = "";

    [Mandatory]
    public MirrorDestination? MirrorDestination { get; init; }

    [Mandatory, AtLeast(1)]
    public IReadOnlyList<MirrorSource> MirrorSources { get; init; } = [];

    public long? EncapsulationVlanId { get; init; }

    public IReadOnlyList<PortMirroringFilter>? PortMirroringFilters { get; init; }

    public bool PreserveOriginalVlan { get; init; }

    [OneOf("LogicalPortMirrorSession", "UplinkPortMirrorSession", "RspanSrcMirrorSession", "RspanDstMirrorSession", "LocalPortMirrorSession", "LogicalLocalPortMirrorSession", "L3PortMirrorSession")]
    public string SessionType { get; init; } = "LocalPortMirrorSession";

    [Within(60, 65_535)]
    public long? SnapLength { get; init; }

    [OneOf("Default", "Mirror")]
    public string? TcpIpStack { get; init; }
}

/// <summary>Which packets are copied.</summary>
internal sealed record PortMirroringFilter
{
    public IPAddresses? DstIps { get; init; }

    [WrittenAs(TextForm.PortOrRange)]
    public string? DstPorts { get; init; }

    [OneOf("MIRROR", "DO_NOT_MIRROR")]
    public string FilterAction { get; init; } = "MIRROR";

    [OneOf("TCP", "UDP")]
    public string? IpProtocol { get; init; }

    public IPAddresses? SrcIps { get; init; }

    [WrittenAs(TextForm.PortOrRange)]
    public string? SrcPorts { get; init; }
}

/// <summary>Where copies go.</summary>
[Family(typeof(IPMirrorDestination), typeof(LogicalPortMirrorDestination), typeof(PnicMirrorDestination))]
internal abstract record MirrorDestination : TypedPart;

/// <summary>To a collector, in a tunnel.</summary>
internal sealed record IPMirrorDestination : MirrorDestination
{
    [Mandatory, AtMost(3), AtLeast(1), WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string> DestinationIps { get; init; } = [];

    [Mandatory, OneOf("GRE", "ERSPAN_TWO", "ERSPAN_THREE")]
    public string EncapsulationType { get; init; } = "GRE";

    [Within(0, 1023)]
    public int? ErspanId { get; init; }

    public int? GreKey { get; init; }
}

/// <summary>To other ports.</summary>
internal sealed record LogicalPortMirrorDestination : MirrorDestination
{
    [Mandatory, AtMost(3), AtLeast(1), RefersTo(typeof(LogicalPort))]
    public IReadOnlyList<string> PortIds { get; init; } = [];
}

/// <summary>To physical links.</summary>
internal sealed record PnicMirrorDestination : MirrorDestination
{
    [Mandatory, AtMost(3), AtLeast(1)]
    public IReadOnlyList<string> DestPnics { get; init; } = [];

    [Mandatory]
    public string NodeId { get; init; } = "";
}

/// <summary>Whose packets are copied.</summary>
[Family(typeof(LogicalPortMirrorSource), typeof(LogicalSwitchMirrorSource), typeof(PnicMirrorSource), typeof(VlanMirrorSource))]
internal abstract record MirrorSource : TypedPart;

/// <summary>Those of ports.</summary>
internal sealed record LogicalPortMirrorSource : MirrorSource
{
    [Mandatory, AtLeast(1), RefersTo(typeof(LogicalPort))]
    public IReadOnlyList<string> PortIds { get; init; } = [];
}

/// <summary>Those of a switch.</summary>
internal sealed record LogicalSwitchMirrorSource : MirrorSource
{
    [Mandatory, RefersTo(typeof(LogicalSwitch))]
    public string SwitchId { get; init; } = "";
}

/// <summary>Those of physical links.</summary>
internal sealed record PnicMirrorSource : MirrorSource
{
    [Mandatory]
    public bool Encapsulated { get; init; }

    [Mandatory]
    public string NodeId { get; init; } = "";

    [Mandatory, AtLeast(1)]
    public IReadOnlyList<string> SourcePnics { get; init; } = [];
}

/// <summary>Those of VLANs.</summary>
internal sealed record VlanMirrorSource : MirrorSource
{
    [Mandatory, AtLeast(1)]
    public IReadOnlyList<long> VlanIds { get; init; } = [];
}
