using Fabric.Contracts.V1;

namespace Fabric.HostSwitch.Tables;

/// <summary>
/// All that a generation of tables is made from: the controller's objects in force and the vnics plugged on this hypervisor.
/// Plain data, complete each time, never changed once it is handed over.
/// </summary>
internal sealed record HostIntent
{
    public HostSettings Settings { get; init; } = new();

    public IReadOnlyDictionary<string, HostSwitchSegment> Switches { get; init; } = new Dictionary<string, HostSwitchSegment>();

    public IReadOnlyDictionary<string, HostPort> Ports { get; init; } = new Dictionary<string, HostPort>();

    public IReadOnlyDictionary<string, HostRouter> Routers { get; init; } = new Dictionary<string, HostRouter>();

    /// <summary>By switch id.</summary>
    public IReadOnlyDictionary<string, HostTepList> TepLists { get; init; } = new Dictionary<string, HostTepList>();

    /// <summary>By switch id / MAC.</summary>
    public IReadOnlyDictionary<string, HostRemoteMac> RemoteMacs { get; init; } = new Dictionary<string, HostRemoteMac>();

    /// <summary>By switch id / IP.</summary>
    public IReadOnlyDictionary<string, HostNeighbor> Neighbors { get; init; } = new Dictionary<string, HostNeighbor>();

    public IReadOnlyDictionary<string, HostAddressSet> AddressSets { get; init; } = new Dictionary<string, HostAddressSet>();

    public IReadOnlyDictionary<string, HostRuleSection> RuleSections { get; init; } = new Dictionary<string, HostRuleSection>();

    /// <summary>By VIF id.</summary>
    public IReadOnlyDictionary<string, Vnic> Vnics { get; init; } = new Dictionary<string, Vnic>();

    /// <summary>By port id: what was discovered before a restart. Taken for ports that have discovered nothing in this life.</summary>
    public IReadOnlyDictionary<string, PortDiscovery> Discoveries { get; init; } = new Dictionary<string, PortDiscovery>();
}
