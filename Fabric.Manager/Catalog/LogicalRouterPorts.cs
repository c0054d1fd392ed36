namespace Fabric.Manager.Catalog;

/// <summary>An interface of a logical router.</summary>
[Family(
    typeof(LogicalRouterDownLinkPort), typeof(LogicalRouterLinkPortOnTIER0), typeof(LogicalRouterLinkPortOnTIER1),
    typeof(LogicalRouterUpLinkPort), typeof(LogicalRouterCentralizedServicePort), typeof(LogicalRouterLoopbackPort))]
internal abstract record LogicalRouterPort : ManagedResource
{
    [Mandatory, Immutable, RefersTo(typeof(LogicalRouter))]
    public string LogicalRouterId { get; init; } = "";

    public IReadOnlyList<ServiceBinding>? ServiceBindings { get; init; }
}

/// <summary>A service, such as a DHCP relay, on an interface.</summary>
internal sealed record ServiceBinding
{
    [Mandatory]
    public ResourceReference ServiceId { get; init; } = new();
}

/// <summary>The distributed router's interface on a logical switch: the gateway of its workloads.</summary>
internal sealed record LogicalRouterDownLinkPort : LogicalRouterPort
{
    public ResourceReference? LinkedLogicalSwitchPortId { get; init; }

    [ServerSet]
    public string? MacAddress { get; init; }

    [Mandatory, AtLeast(1)]
    public IReadOnlyList<IPSubnet> Subnets { get; init; } = [];

    [OneOf("NONE", "STRICT")]
    public string UrpfMode { get; init; } = "STRICT";

    public bool? EnableMulticast { get; init; }

    public string? NdraProfileId { get; init; }
}

/// <summary>The tier-0's end of a link between routers.</summary>
internal sealed record LogicalRouterLinkPortOnTIER0 : LogicalRouterPort
{
    [ServerSet]
    public string? LinkedLogicalRouterPortId { get; init; }

    [ServerSet]
    public string? MacAddress { get; init; }

    [ServerSet]
    public IReadOnlyList<IPSubnet>? Subnets { get; init; }
}

/// <summary>The tier-1's end of a link between routers; its addresses come from the tier-0's transit network.</summary>
internal sealed record LogicalRouterLinkPortOnTIER1 : LogicalRouterPort
{
    public ResourceReference? LinkedLogicalRouterPortId { get; init; }

    public IReadOnlyList<long>? EdgeClusterMemberIndex { get; init; }

    [ServerSet]
    public string? MacAddress { get; init; }

    [ServerSet]
    public IReadOnlyList<IPSubnet>? Subnets { get; init; }
}

/// <summary>A tier-0's interface to the physical network; realized on edges.</summary>
internal sealed record LogicalRouterUpLinkPort : LogicalRouterPort
{
    [Mandatory]
    public IReadOnlyList<long> EdgeClusterMemberIndex { get; init; } = [];

    public ResourceReference? LinkedLogicalSwitchPortId { get; init; }

    [ServerSet]
    public string? MacAddress { get; init; }

    [Within(64, 9000)]
    public int? Mtu { get; init; }

    [Mandatory, AtLeast(1)]
    public IReadOnlyList<IPSubnet> Subnets { get; init; } = [];

    [OneOf("NONE", "STRICT")]
    public string UrpfMode { get; init; } = "STRICT";

    public string? NdraProfileId { get; init; }
}

/// <summary>A service router's interface on a logical switch; realized on edges.</summary>
internal sealed record LogicalRouterCentralizedServicePort : LogicalRouterPort
{
    public bool EnableNetx { get; init; }

    public ResourceReference? LinkedLogicalSwitchPortId { get; init; }

    [Within(64, 9000)]
    public int? Mtu { get; init; }

    [Mandatory, AtLeast(1)]
    public IReadOnlyList<IPSubnet> Subnets { get; init; } = [];

    [OneOf("NONE", "STRICT")]
    public string UrpfMode { get; init; } = "STRICT";

    public string? NdraProfileId { get; init; }
}

/// <summary>An address of a tier-0 that no link holds; realized on edges.</summary>
internal sealed record LogicalRouterLoopbackPort : LogicalRouterPort
{
    [Mandatory]
    public IReadOnlyList<long> EdgeClusterMemberIndex { get; init; } = [];

    [Mandatory, AtLeast(1)]
    public IReadOnlyList<IPSubnet> Subnets { get; init; } = [];
}

/// <summary>Addresses of an interface within one subnet.</summary>
internal sealed record IPSubnet
{
    [Mandatory, AtLeast(1), AtMost(2), WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string> IpAddresses { get; init; } = [];

    [Mandatory, Within(1, 128)]
    public int PrefixLength { get; init; }
}
