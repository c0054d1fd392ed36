namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>A limit on what users may configure, with the words that they are refused with.</summary>
[StorageOnly]
internal sealed record Constraint : PolicyResource
{
    public ConstraintExpression? ConstraintExpression { get; init; }

    public IReadOnlyList<ConstraintExpression>? ConstraintExpressions { get; init; }

    [AtMost(1024)]
    public string? Message { get; init; }

    public ConstraintTarget? Target { get; init; }

    [OneOf("GM", "LM", "ALL")]
    public string? TargetOwnerType { get; init; }

    public IReadOnlyList<ConstraintTarget>? Targets { get; init; }
}

/// <summary>What objects are limited, and which field of theirs.</summary>
internal sealed record ConstraintTarget
{
    public string? Attribute { get; init; }

    public string? PathPrefix { get; init; }

    [Mandatory]
    public string TargetResourceType { get; init; } = "";
}

/// <summary>The limit itself.</summary>
[Family(
    typeof(EntityInstanceCountConstraintExpression), typeof(FieldSanityConstraintExpression), typeof(RelatedAttributeConditionalExpression),
    typeof(ValueConstraintExpression))]
internal abstract record ConstraintExpression : TypedPart
{
    public string? Id { get; init; }

    [AtMost(255)]
    public string? DisplayName { get; init; }

    [AtMost(1024)]
    public string? Description { get; init; }
}

/// <summary>How many objects there may be.</summary>
internal sealed record EntityInstanceCountConstraintExpression : ConstraintExpression
{
    [Mandatory, Within(0, int.MaxValue)]
    public long Count { get; init; }

    [Mandatory]
    public string Operator { get; init; } = "";

    public string? TargetResourceType { get; init; }
}

/// <summary>What kinds of addresses a field may hold.</summary>
internal sealed record FieldSanityConstraintExpression : ConstraintExpression
{
    [Mandatory, AtLeast(1), OneOf("ALL_PUBLIC_IPS", "ALL_PRIVATE_IPS", "ALL_IPV6_CIDRS", "ALL_IPV6_IPS", "ALL_IPV4_CIDRS", "ALL_IPV4_IPS")]
    public IReadOnlyList<string> Checks { get; init; } = [];

    [Mandatory, OneOf("OR", "AND")]
    public string Operator { get; init; } = "";
}

/// <summary>A limit that holds where another field has some value.</summary>
internal sealed record RelatedAttributeConditionalExpression : ConstraintExpression
{
    [Mandatory]
    public ConditionalValueConstraintExpression? Condition { get; init; }

    [Mandatory]
    public RelatedAttribute? RelatedAttribute { get; init; }
}

/// <summary>What values a field may hold.</summary>
internal sealed record ValueConstraintExpression : ConstraintExpression
{
    [Mandatory, OneOf("INCLUDES", "EXCLUDES", "EQUALS")]
    public string Operator { get; init; } = "";

    public IReadOnlyList<string>? Values { get; init; }

    public ConstraintValue? ValuesWithType { get; init; }
}

/// <summary>The other field's values, and what follows.</summary>
internal sealed record ConditionalValueConstraintExpression
{
    [Mandatory, OneOf("INCLUDES", "INCLUDES_ANY", "EXCLUDES", "EQUALS")]
    public string Operator { get; init; } = "";

    public IReadOnlyList<string>? RhsValue { get; init; }

    public ConstraintValue? RhsValueWithType { get; init; }

    [Mandatory]
    public ValueConstraintExpression? ValueConstraint { get; init; }
}

/// <summary>The other field.</summary>
internal sealed record RelatedAttribute
{
    [Mandatory]
    public string Attribute { get; init; } = "";
}

/// <summary>Values of one type.</summary>
[Family(typeof(CidrArrayConstraintValue), typeof(IntegerArrayConstraintValue), typeof(StringArrayConstraintValue))]
internal abstract record ConstraintValue : TypedPart;

/// <summary>Addresses, subnets or ranges.</summary>
internal sealed record CidrArrayConstraintValue : ConstraintValue
{
    [Mandatory, AtMost(100), WrittenAs(TextForm.IpOrCidrOrRange)]
    public IReadOnlyList<string> Values { get; init; } = [];
}

/// <summary>Whole numbers.</summary>
internal sealed record IntegerArrayConstraintValue : ConstraintValue
{
    [Mandatory, AtMost(100)]
    public IReadOnlyList<long> Values { get; init; } = [];
}

/// <summary>Words.</summary>
internal sealed record StringArrayConstraintValue : ConstraintValue
{
    [Mandatory, AtMost(100)]
    public IReadOnlyList<string> Values { get; init; } = [];
}
