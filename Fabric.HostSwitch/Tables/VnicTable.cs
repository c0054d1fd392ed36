using Fabric.HostSwitch.Ports;

namespace Fabric.HostSwitch.Tables;

/// <summary>Which logical port a frame of one vnic belongs to, by its tag (reference: nsx-dataplane.md, 2.2).</summary>
internal sealed class VnicTable(VnicPort vnic, LogicalPort? untagged, LogicalPort?[]? byTag)
{
    public int Mtu => vnic.Mtu;

    /// <summary>The vnic's own port.</summary>
    public LogicalPort? Untagged { get; } = untagged;

    /// <summary>The child with that tag. Of an ambiguous tag, one of the children: it says that it is ambiguous.</summary>
    public LogicalPort? Child(int tag) => byTag?[tag];
}
