namespace Fabric.Manager.Catalog;

/// <summary>What holds for the whole fabric; one object.</summary>
internal sealed record FabricSettings : ManagedResource
{
    public const string TheId = "fabric";

    /// <summary>Of every distributed router's interface on every host (reference: RoutingGlobalConfig.vdr_mac).</summary>
    public string VdrMac { get; init; } = "02:50:56:56:44:52";

    /// <summary>The same inside zones with nested_nsx.</summary>
    public string VdrMacNested { get; init; } = "02:50:56:56:44:53";

    public bool FirewallEnabled { get; init; } = true;

    public bool ReplicateGlobally { get; init; }

    public bool EmulatePmtud { get; init; } = true;

    /// <summary>MTU of uplinks whose profile names none.</summary>
    public int PhysicalUplinkMtu { get; init; } = 1700;
}
