using System.Text.Json.Serialization;

namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>What rules match above TCP and UDP: applications, domain names, kinds of sites.</summary>
internal sealed record PolicyContextProfile : PolicyResource
{
    [Mandatory, AtLeast(1)]
    public IReadOnlyList<PolicyAttributes> Attributes { get; init; } = [];
}

/// <summary>One property of a conversation and the values that match.</summary>
internal sealed record PolicyAttributes
{
    [OneOf("SYSTEM", "CUSTOM")]
    public string? AttributeSource { get; init; }

    public bool? CustomUrlPartialMatch { get; init; }

    [Mandatory, OneOf("STRING")]
    public string Datatype { get; init; } = "STRING";

    [AtMost(1024)]
    public string? Description { get; init; }

    [JsonPropertyName("isALGType")]
    public bool? IsALGType { get; init; }

    [Mandatory, OneOf("APP_ID", "DOMAIN_NAME", "URL_CATEGORY", "URL_REPUTATION", "CUSTOM_URL")]
    public string Key { get; init; } = "";

    public IReadOnlyList<ContextProfileAttributesMetadata>? Metadata { get; init; }

    public IReadOnlyList<PolicySubAttributes>? SubAttributes { get; init; }

    [Mandatory, AtLeast(1)]
    public IReadOnlyList<string> Value { get; init; } = [];
}

/// <summary>A property of one application, such as the version of TLS.</summary>
internal sealed record PolicySubAttributes
{
    [Mandatory, OneOf("STRING")]
    public string Datatype { get; init; } = "STRING";

    [Mandatory, OneOf("TLS_CIPHER_SUITE", "TLS_VERSION", "CIFS_SMB_VERSION")]
    public string Key { get; init; } = "";

    [Mandatory, AtLeast(1)]
    public IReadOnlyList<string> Value { get; init; } = [];
}

/// <summary>Something said about an attribute's value.</summary>
internal sealed record ContextProfileAttributesMetadata
{
    [Mandatory]
    public string Key { get; init; } = "";

    [Mandatory]
    public string Value { get; init; } = "";
}

/// <summary>Values that users added to those the manager knows.</summary>
internal sealed record PolicyCustomAttributes : PolicyResource
{
    [OneOf("CUSTOM", "SYSTEM")]
    public string? AttributeSource { get; init; }

    [Mandatory, OneOf("STRING")]
    public string Datatype { get; init; } = "STRING";

    [Mandatory, OneOf("DOMAIN_NAME", "CUSTOM_URL")]
    public string Key { get; init; } = "";

    public IReadOnlyList<ContextProfileAttributesMetadata>? Metadata { get; init; }

    public IReadOnlyList<PolicySubAttributes>? SubAttributes { get; init; }

    [Mandatory]
    public IReadOnlyList<string> Value { get; init; } = [];
}

/// <summary>What a gateway lets through by application.</summary>
[StorageOnly]
internal sealed record L7AccessProfile : PolicyResource
{
    [Mandatory, OneOf("ALLOW", "REJECT", "REJECT_WITH_RESPONSE")]
    public string DefaultAction { get; init; } = "";

    public bool DefaultActionLogged { get; init; }

    [ServerSet]
    public int? EntryCount { get; init; }

    [JsonPropertyName("l7_access_entries"), AtMost(1000)]
    public IReadOnlyList<L7AccessEntry>? Entries { get; init; }
}

/// <summary>One application or site, and what becomes of it.</summary>
[StorageOnly]
internal sealed record L7AccessEntry : PolicyResource
{
    [Mandatory, OneOf("ALLOW", "REJECT", "REJECT_WITH_RESPONSE")]
    public string Action { get; init; } = "";

    [Mandatory, AtLeast(1)]
    public IReadOnlyList<PolicyAttributes> Attributes { get; init; } = [];

    public bool Disabled { get; init; }

    public bool Logged { get; init; }

    [Within(0, int.MaxValue)]
    public int? SequenceNumber { get; init; }
}
