namespace Fabric.Manager.Catalog;

/// <summary>A set of members, named one by one or found by their properties.</summary>
internal sealed record NSGroup : ManagedResource
{
    [ServerSet]
    public long MemberCount { get; init; }

    [AtMost(500)]
    public IReadOnlyList<NSGroupSimpleExpression>? Members { get; init; }

    /// <summary>Any of them.</summary>
    [AtMost(5)]
    public IReadOnlyList<NSGroupExpression>? MembershipCriteria { get; init; }
}

/// <summary>What a member must be.</summary>
[Family(typeof(NSGroupSimpleExpression), typeof(NSGroupTagExpression), typeof(NSGroupComplexExpression))]
internal abstract record NSGroupExpression : TypedPart;

/// <summary>A property of the member and its value; a static member is named by its id.</summary>
internal sealed record NSGroupSimpleExpression : NSGroupExpression
{
    [Mandatory, OneOf("EQUALS", "CONTAINS", "STARTSWITH", "ENDSWITH", "NOTEQUALS")]
    public string Op { get; init; } = "EQUALS";

    [Mandatory]
    public string TargetProperty { get; init; } = "id";

    [ServerSet]
    public ResourceReference? TargetResource { get; init; }

    [Mandatory, OneOf("NSGroup", "IPSet", "MACSet", "LogicalSwitch", "LogicalPort", "VirtualMachine", "DirectoryGroup", "VirtualNetworkInterface", "TransportNode", "CloudNativeServiceInstance", "PhysicalServer", "LogicalRouter", "LogicalRouterPort")]
    public string TargetType { get; init; } = "";

    [Mandatory]
    public string Value { get; init; } = "";
}

/// <summary>A tag the member must have.</summary>
internal sealed record NSGroupTagExpression : NSGroupExpression
{
    [AtMost(128)]
    public string? Scope { get; init; }

    [OneOf("EQUALS")]
    public string ScopeOp { get; init; } = "EQUALS";

    [AtMost(256)]
    public string? Tag { get; init; }

    [OneOf("EQUALS", "CONTAINS", "STARTSWITH", "ENDSWITH")]
    public string TagOp { get; init; } = "EQUALS";

    [Mandatory, OneOf("LogicalSwitch", "LogicalPort", "VirtualMachine", "IPSet")]
    public string TargetType { get; init; } = "";
}

/// <summary>Several expressions that must all hold.</summary>
internal sealed record NSGroupComplexExpression : NSGroupExpression
{
    [Mandatory, AtLeast(2), AtMost(5)]
    public IReadOnlyList<NSGroupExpression> Expressions { get; init; } = [];
}

/// <summary>Members to add to a group or to take from it.</summary>
internal sealed record NSGroupExpressionList
{
    [Mandatory, AtMost(500)]
    public IReadOnlyList<NSGroupExpression> Members { get; init; } = [];
}

/// <summary>Addresses, subnets and ranges.</summary>
internal sealed record IPSet : ManagedResource
{
    [AtMost(4000), WrittenAs(TextForm.IpOrCidrOrRange)]
    public IReadOnlyList<string>? IpAddresses { get; init; }
}

/// <summary>An address to add to a set or to take from it.</summary>
internal sealed record IPAddressElement
{
    [Mandatory, WrittenAs(TextForm.IpOrCidrOrRange)]
    public string IpAddress { get; init; } = "";
}

/// <summary>MAC addresses.</summary>
internal sealed record MACSet : ManagedResource
{
    [AtMost(4000), WrittenAs(TextForm.Mac)]
    public IReadOnlyList<string>? MacAddresses { get; init; }
}

/// <summary>A MAC to add to a set.</summary>
internal sealed record MACAddressElement
{
    [Mandatory, WrittenAs(TextForm.Mac)]
    public string MacAddress { get; init; } = "";
}
