using System.Text.Json.Nodes;

namespace Fabric.Manager.Catalog.Appliance;

/// <summary>
/// A cluster, project, node or application of a container platform, as its network plugin reports it. Not served itself: the inventory
/// shows what was reported.
/// </summary>
internal sealed record ContainerObject : ManagedResource
{
    /// <summary>The resource_type that it was reported with.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The cluster that reported it.</summary>
    public string ClusterId { get; init; } = "";

    /// <summary>Everything that was reported.</summary>
    public JsonObject Content { get; init; } = [];

    public static string IdOf(string kind, string externalId) => $"{kind}/{externalId}";
}

/// <summary>How the network plugin of a container cluster says that it is. Not served itself.</summary>
internal sealed record ContainerClusterHealth : ManagedResource
{
    public string Status { get; init; } = "UNKNOWN";

    public string? Detail { get; init; }

    /// <summary>Seconds after which the next word is due; later than twice that, nothing is known.</summary>
    public long Interval { get; init; }
}

/// <summary>A licence key that was entered; its id is the key. Not served itself, and nothing is held back for the lack of one.</summary>
internal sealed record LicenseKey : ManagedResource;
