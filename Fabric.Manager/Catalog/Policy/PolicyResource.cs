using System.Text.Json.Serialization;

namespace Fabric.Manager.Catalog.Policy;

/// <summary>What every object of the Policy API has besides: its place in the tree, and whether it is on its way out.</summary>
internal abstract record PolicyResource : ManagedResource
{
    /// <summary>From the root: what other objects name it by, and its key in the model.</summary>
    [JsonPropertyOrder(80), ServerSet]
    public string Path { get; init; } = "";

    /// <summary>Its last piece, for most the id.</summary>
    [JsonPropertyOrder(81), ServerSet]
    public string RelativePath { get; init; } = "";

    /// <summary>Of the object that it stands below; empty for what stands at the root.</summary>
    [JsonPropertyOrder(82), ServerSet]
    public string ParentPath { get; init; } = "";

    [JsonPropertyOrder(83), ServerSet]
    public string? RemotePath { get; init; }

    /// <summary>A UUID that it keeps for life; the ids of what realizes it are made of it.</summary>
    [JsonPropertyOrder(84), ServerSet]
    public string? UniqueId { get; init; }

    [JsonPropertyOrder(85), ServerSet]
    public string? RealizationId { get; init; }

    [JsonPropertyOrder(86), ServerSet]
    public string? OwnerId { get; init; }

    /// <summary>Deleted, and not yet swept: only search and lists that ask for such objects show it.</summary>
    [JsonPropertyOrder(87), ServerSet]
    public bool MarkedForDelete { get; init; }

    [JsonPropertyOrder(88), ServerSet]
    public bool Overridden { get; init; }

    /// <summary>The values that it holds and no other resource may, such as addresses of a block.</summary>
    public virtual IEnumerable<Claim> Claims() => [];
}
