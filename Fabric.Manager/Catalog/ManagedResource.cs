using System.Text.Json.Serialization;

namespace Fabric.Manager.Catalog;

/// <summary>What every resource of the Manager API has: identity, labels, revision and audit.</summary>
internal abstract record ManagedResource
{
    private WireForm _wire;

    [JsonPropertyOrder(-9), JsonPropertyName("resource_type")]
    public string ResourceType => WireNameAttribute.Of(GetType());

    [JsonPropertyOrder(-8)]
    public string Id { get; init; } = "";

    [JsonPropertyOrder(-7), AtMost(255)]
    public string? DisplayName { get; init; }

    [JsonPropertyOrder(-6), AtMost(1024)]
    public string? Description { get; init; }

    [JsonPropertyOrder(-5), AtMost(30)]
    public IReadOnlyList<Tag>? Tags { get; init; }

    [JsonPropertyOrder(90), JsonPropertyName("_create_user"), ServerSet]
    public string CreateUser { get; init; } = "system";

    /// <summary>Milliseconds since 1970, as every time in the API.</summary>
    [JsonPropertyOrder(91), JsonPropertyName("_create_time"), ServerSet]
    public long CreateTime { get; init; }

    [JsonPropertyOrder(92), JsonPropertyName("_last_modified_user"), ServerSet]
    public string LastModifiedUser { get; init; } = "system";

    [JsonPropertyOrder(93), JsonPropertyName("_last_modified_time"), ServerSet]
    public long LastModifiedTime { get; init; }

    [JsonPropertyOrder(94), JsonPropertyName("_system_owned"), ServerSet]
    public bool SystemOwned { get; init; }

    [JsonPropertyOrder(95), JsonPropertyName("_protection"), ServerSet]
    public string Protection { get; init; } = "NOT_PROTECTED";

    /// <summary>The policy object that this one is made from; null: somebody made it by itself.</summary>
    [JsonPropertyOrder(97), Hidden]
    public string? IntentPath { get; init; }

    /// <summary>Counts writes; a PUT must carry the one it read.</summary>
    [JsonPropertyOrder(96), JsonPropertyName("_revision")]
    public long Revision { get; init; }

    /// <summary>The JSON of an answer.</summary>
    internal byte[] ToWire() => _wire.Of(this);

    /// <summary>Whether this differs from another state of the same resource in nothing but its revision and audit fields.</summary>
    internal bool SaysTheSameAs(ManagedResource other) => ResourceJson.Store(other) == ResourceJson.Store(this with
    {
        Revision = other.Revision,
        CreateTime = other.CreateTime,
        CreateUser = other.CreateUser,
        LastModifiedTime = other.LastModifiedTime,
        LastModifiedUser = other.LastModifiedUser,
    });
}

/// <summary>A part of a resource whose <c>resource_type</c> names its kind.</summary>
internal abstract record TypedPart
{
    [JsonPropertyOrder(-9), JsonPropertyName("resource_type")]
    public string ResourceType => WireNameAttribute.Of(GetType());
}

/// <summary>A part of a resource whose <c>type</c> names its kind.</summary>
internal abstract record KindedPart
{
    [JsonPropertyOrder(-9), JsonPropertyName("type")]
    public string Type => WireNameAttribute.Of(GetType());
}

/// <summary>A label with a scope, by which groups and clients find resources.</summary>
internal sealed record Tag
{
    [AtMost(128)]
    public string Scope { get; init; } = "";

    [JsonPropertyName("tag"), AtMost(256)]
    public string Value { get; init; } = "";
}

/// <summary>Another resource, or an address, named by type and id.</summary>
internal record ResourceReference
{
    [AtMost(64)]
    public string? TargetId { get; init; }

    [AtMost(255)]
    public string? TargetType { get; init; }

    [AtMost(255), ServerSet]
    public string? TargetDisplayName { get; init; }

    [ServerSet]
    public bool? IsValid { get; init; }
}

/// <summary>A key and its value, kept for a client.</summary>
internal sealed record KeyValuePair
{
    [Mandatory, AtMost(255)]
    public string Key { get; init; } = "";

    [Mandatory]
    public string Value { get; init; } = "";
}
