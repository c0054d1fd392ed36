using System.Text.Json.Serialization;

namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>
/// One piece of a group's definition. On the wire it looks like an object of its own, with a path below the group; it is written and
/// deleted with the group, but for the lists that have an address to add to.
/// </summary>
[Family(
    typeof(Condition), typeof(ConjunctionOperator), typeof(ExternalIDExpression), typeof(IPAddressExpression),
    typeof(IdentityGroupExpression), typeof(MACAddressExpression), typeof(NestedExpression), typeof(PathExpression))]
internal abstract record Expression : TypedPart
{
    /// <summary>Given or made up; the last piece of the path.</summary>
    [JsonPropertyOrder(-8), AtMost(255)]
    public string? Id { get; init; }

    [JsonPropertyOrder(-7), AtMost(255)]
    public string? DisplayName { get; init; }

    [JsonPropertyOrder(-6), AtMost(1024)]
    public string? Description { get; init; }

    [JsonPropertyOrder(-5), AtMost(30)]
    public IReadOnlyList<Tag>? Tags { get; init; }

    [JsonPropertyOrder(80), ServerSet]
    public string? Path { get; init; }

    [JsonPropertyOrder(81), ServerSet]
    public string? RelativePath { get; init; }

    [JsonPropertyOrder(82), ServerSet]
    public string? ParentPath { get; init; }

    [JsonPropertyOrder(83), ServerSet]
    public string? RemotePath { get; init; }

    [JsonPropertyOrder(84), ServerSet]
    public string? UniqueId { get; init; }

    [JsonPropertyOrder(85), ServerSet]
    public string? RealizationId { get; init; }

    [JsonPropertyOrder(86), ServerSet]
    public string? OwnerId { get; init; }

    [JsonPropertyOrder(87), ServerSet]
    public bool MarkedForDelete { get; init; }

    [JsonPropertyOrder(88), ServerSet]
    public bool Overridden { get; init; }

    [JsonPropertyOrder(90), JsonPropertyName("_create_user"), ServerSet]
    public string? CreateUser { get; init; }

    [JsonPropertyOrder(91), JsonPropertyName("_create_time"), ServerSet]
    public long? CreateTime { get; init; }

    [JsonPropertyOrder(92), JsonPropertyName("_last_modified_user"), ServerSet]
    public string? LastModifiedUser { get; init; }

    [JsonPropertyOrder(93), JsonPropertyName("_last_modified_time"), ServerSet]
    public long? LastModifiedTime { get; init; }

    [JsonPropertyOrder(94), JsonPropertyName("_system_owned"), ServerSet]
    public bool? SystemOwned { get; init; }

    [JsonPropertyOrder(95), JsonPropertyName("_protection"), ServerSet]
    public string Protection { get; init; } = "NOT_PROTECTED";

    [JsonPropertyOrder(96), JsonPropertyName("_revision"), ServerSet]
    public long? Revision { get; init; }

    /// <summary>Where below the group such expressions stand.</summary>
    [JsonIgnore]
    public abstract string Collection { get; }
}

/// <summary>A property that members have, such as a tag or a name.</summary>
internal sealed record Condition : Expression
{
    public ExcludedMembersList? Exclude { get; init; }

    [Mandatory, OneOf("Tag", "Name", "OSName", "ComputerName", "NodeType", "GroupType", "ALL", "IPAddress", "PodCidr")]
    public string Key { get; init; } = "";

    [Mandatory, OneOf(
        "IPSet", "VirtualMachine", "LogicalPort", "LogicalSwitch", "Segment", "SegmentPort", "Pod", "Service", "Namespace", "TransportNode", "Group", "DVPG",
        "DVPort", "IPAddress", "VpcSubnet", "KubernetesCluster", "KubernetesNamespace", "AntreaEgress", "AntreaIPPool", "KubernetesIngress", "KubernetesGateway",
        "KubernetesService", "KubernetesNode", "VpcSubnetPort")]
    public string MemberType { get; init; } = "";

    [OneOf("EQUALS", "CONTAINS", "STARTSWITH", "ENDSWITH", "NOTEQUALS", "NOTIN", "MATCHES", "IN")]
    public string Operator { get; init; } = "EQUALS";

    [OneOf("EQUALS", "NOTEQUALS")]
    public string? ScopeOperator { get; init; }

    /// <summary>Of a tag: <c>scope|tag</c>, either of which may be empty.</summary>
    [Mandatory]
    public string Value { get; init; } = "";

    [JsonIgnore]
    public override string Collection => "condition-expressions";
}

/// <summary>Members that a condition finds and that are left out all the same.</summary>
internal sealed record ExcludedMembersList
{
    public IPAddressExpression? IpAddressExpression { get; init; }

    public PathExpression? PathExpression { get; init; }
}

/// <summary>What joins the expressions on its two sides.</summary>
internal sealed record ConjunctionOperator : Expression
{
    [JsonPropertyName("conjunction_operator"), Mandatory, OneOf("OR", "AND")]
    public string Word { get; init; } = "";

    [JsonIgnore]
    public override string Collection => "conjunction-expressions";
}

/// <summary>Members named by the ids that hypervisors know them by.</summary>
internal sealed record ExternalIDExpression : Expression
{
    [Mandatory, AtLeast(1)]
    public IReadOnlyList<string> ExternalIds { get; init; } = [];

    [Mandatory, OneOf("VirtualMachine", "VirtualNetworkInterface", "CloudNativeServiceInstance", "PhysicalServer")]
    public string MemberType { get; init; } = "";

    [JsonIgnore]
    public override string Collection => "external-id-expressions";
}

/// <summary>Addresses, subnets and ranges.</summary>
internal sealed record IPAddressExpression : Expression
{
    [Mandatory, AtMost(4000), WrittenAs(TextForm.IpOrCidrOrRange)]
    public IReadOnlyList<string> IpAddresses { get; init; } = [];

    [JsonIgnore]
    public override string Collection => "ip-address-expressions";
}

/// <summary>MAC addresses.</summary>
internal sealed record MACAddressExpression : Expression
{
    [Mandatory, AtMost(4000), WrittenAs(TextForm.Mac)]
    public IReadOnlyList<string> MacAddresses { get; init; } = [];

    [JsonIgnore]
    public override string Collection => "mac-address-expressions";
}

/// <summary>Conditions on one type of member that must hold together.</summary>
internal sealed record NestedExpression : Expression
{
    [Mandatory, AtLeast(1)]
    public IReadOnlyList<Expression> Expressions { get; init; } = [];

    [JsonIgnore]
    public override string Collection => "nested-expressions";
}

/// <summary>Members named by their paths: segments, ports, groups, virtual machines.</summary>
internal sealed record PathExpression : Expression
{
    [Mandatory, AtLeast(1)]
    public IReadOnlyList<string> Paths { get; init; } = [];

    [JsonIgnore]
    public override string Collection => "path-expressions";
}

/// <summary>Users, as the directory knows them.</summary>
internal sealed record IdentityGroupExpression : Expression
{
    [Mandatory, AtLeast(1), AtMost(500)]
    public IReadOnlyList<DirectoryGroupName> IdentityGroups { get; init; } = [];

    [JsonIgnore]
    public override string Collection => "identity-group-expressions";
}

/// <summary>A group of a directory (IdentityGroupInfo in the API).</summary>
internal sealed record DirectoryGroupName
{
    [Mandatory]
    public string DistinguishedName { get; init; } = "";

    [Mandatory]
    public string DomainBaseDistinguishedName { get; init; } = "";

    public string? Sid { get; init; }
}
