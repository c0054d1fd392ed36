using Fabric.Contracts.V1;
using Fabric.HostSwitch.Tunnels;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Tables;

/// <summary>Another host's tunnel endpoint, and what it speaks.</summary>
internal sealed class RemoteTep
{
    public required IpAddress Ip { get; init; }

    /// <summary>Its label in the tunnel option; 0: it has none.</summary>
    public required uint Label { get; init; }

    public required string NodeId { get; init; }

    /// <summary>The address of its subnet: replication goes by this.</summary>
    public required IpAddress Subnet { get; init; }

    public required Encapsulation Encapsulation { get; init; }

    /// <summary>Which of this host's own endpoints speaks with it.</summary>
    public required int LocalPlace { get; init; }

    /// <summary>The BFD session with it; lives longer than a generation.</summary>
    public required BfdSession Session { get; init; }
}
