namespace Fabric.Manager.Catalog.Policy.Addressing;

/// <summary>Virtual network identifiers that overlay segments and EVPN get.</summary>
internal sealed record VniPoolConfig : PolicyResource
{
    [Mandatory, Within(75_001, 16_777_215)]
    public int Start { get; init; }

    [Mandatory, Within(75_001, 16_777_215)]
    public int End { get; init; }
}
