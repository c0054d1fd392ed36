namespace Fabric.HostSwitch.Firewall;

/// <summary>The firewall of one logical port: its rules after Applied-To (reference: nsx-dataplane.md, 4.1).</summary>
internal sealed class PortFilter(string portId, bool isExcluded)
{
    public string PortId { get; } = portId;

    /// <summary>On the exclude list: everything passes.</summary>
    public bool IsExcluded { get; } = isExcluded;
}
