namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>The security profiles of a segment port.</summary>
internal sealed record PortSecurityProfileBindingMap : PolicyResource
{
    [PathTo(typeof(SegmentSecurityProfile))]
    public string? SegmentSecurityProfilePath { get; init; }

    [PathTo(typeof(SpoofGuardProfile))]
    public string? SpoofguardProfilePath { get; init; }
}

/// <summary>The discovery profiles of a segment port.</summary>
internal sealed record PortDiscoveryProfileBindingMap : PolicyResource
{
    [PathTo(typeof(IPDiscoveryProfile))]
    public string? IpDiscoveryProfilePath { get; init; }

    [PathTo(typeof(MacDiscoveryProfile))]
    public string? MacDiscoveryProfilePath { get; init; }
}

/// <summary>The QoS profile of a segment port.</summary>
[WireName("PortQoSProfileBindingMap")]
internal sealed record PortQosProfileBindingMap : PolicyResource
{
    [PathTo(typeof(QosProfile))]
    public string? QosProfilePath { get; init; }
}

/// <summary>The mirroring and IPFIX profiles of a segment port.</summary>
internal sealed record PortMonitoringProfileBindingMap : PolicyResource
{
    [PathTo(typeof(PortMirroringProfile))]
    public string? PortMirroringProfilePath { get; init; }

    public string? IpfixL2ProfilePath { get; init; }
}
