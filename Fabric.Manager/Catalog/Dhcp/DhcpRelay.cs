namespace Fabric.Manager.Catalog.Dhcp;

/// <summary>DHCP servers that requests are relayed to.</summary>
internal sealed record DhcpRelayProfile : ManagedResource
{
    [Mandatory, WrittenAs(TextForm.Ip)]
    public IReadOnlyList<string> ServerAddresses { get; init; } = [];
}

/// <summary>A relay that router ports can use.</summary>
internal sealed record DhcpRelayService : ManagedResource
{
    [Mandatory, RefersTo(typeof(DhcpRelayProfile))]
    public string DhcpRelayProfileId { get; init; } = "";
}
