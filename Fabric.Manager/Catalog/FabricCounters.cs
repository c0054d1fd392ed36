namespace Fabric.Manager.Catalog;

/// <summary>Where the manager's own numbering goes on. Kept with the resources, so that a number is durable with what it was given to.</summary>
internal sealed record FabricCounters : ManagedResource
{
    public const string TheId = "fabric";

    /// <summary>User rule ids start above 1000 and are never used twice (reference: DFW, rule order).</summary>
    public uint NextRuleId { get; init; } = 1001;

    /// <summary>The TEP label to try next; a freed one rests until the numbers wrap.</summary>
    public uint NextTepLabel { get; init; } = 1;

    /// <summary>The VNI to try next, where a pool has it.</summary>
    public uint NextVni { get; init; }

    /// <summary>The last three bytes of the next MAC of a router's link port.</summary>
    public uint NextLinkMac { get; init; } = 1;

    /// <summary>The last three bytes of the next MAC that a port is given.</summary>
    public uint NextPortMac { get; init; } = 1;
}
