using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy.Networking;
using Fabric.Manager.Catalog.Policy.Security;

namespace Fabric.Manager.Grouping;

/// <summary>Something that groups may contain, with what conditions ask of it.</summary>
internal sealed record Subject(ResourceKey Key, string Name, IReadOnlyList<Tag> Tags)
{
    /// <summary>The kind of virtual machines, whose id is the one their hypervisor gave them.</summary>
    public const string Machine = "VirtualMachine";

    /// <summary>The kind of vnics, by the id that ports are attached to.</summary>
    public const string Vif = "VirtualNetworkInterface";

    private static readonly HashSet<string> Kinds =
        [nameof(LogicalPort), nameof(LogicalSwitch), nameof(IPSet), nameof(MACSet), nameof(Segment), nameof(SegmentPort), nameof(Group), nameof(NSGroup), "VpcSubnet", "VpcSubnetPort"];

    /// <summary>Null: of a kind that no condition asks for.</summary>
    public static Subject? Of(ManagedResource resource)
    {
        var key = ResourceKey.Of(resource);
        return Kinds.Contains(key.Kind) ? new Subject(key, resource.DisplayName ?? resource.Id, resource.Tags ?? []) : null;
    }
}
