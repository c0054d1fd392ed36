using System.Text.Json.Serialization;

namespace Fabric.Manager.Catalog.Policy.Tenancy;

/// <summary>Objects that the provider lets projects use.</summary>
internal sealed record Share : PolicyResource
{
    [JsonPropertyName("sharedWith")]
    public IReadOnlyList<string>? SharedWith { get; init; }

    [OneOf("NONE_DESCENDANTS", "ALL_DESCENDANTS")]
    public string SharingStrategy { get; init; } = "NONE_DESCENDANTS";
}

/// <summary>Some of the objects of a share.</summary>
internal sealed record SharedResource : PolicyResource
{
    [AtMost(5000)]
    public IReadOnlyList<ResourceObject>? ResourceObjects { get; init; }

    [ServerSet]
    public IReadOnlyList<string>? ShareSharedWith { get; init; }

    [ServerSet]
    public string? ShareSharingStrategy { get; init; }
}

/// <summary>One shared object, with or without what is below it.</summary>
internal sealed record ResourceObject
{
    [PathTo]
    public string? ResourcePath { get; init; }

    public bool IncludeChildren { get; init; }
}
