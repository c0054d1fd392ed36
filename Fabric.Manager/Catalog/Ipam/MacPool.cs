namespace Fabric.Manager.Catalog.Ipam;

/// <summary>MAC addresses that the fabric hands out.</summary>
internal sealed record MacPool : ManagedResource
{
    [Mandatory]
    public IReadOnlyList<MacRange> Ranges { get; init; } = [];
}

/// <summary>A range of MAC addresses, both ends included.</summary>
internal sealed record MacRange
{
    [Mandatory, WrittenAs(TextForm.Mac)]
    public string End { get; init; } = "";

    [Mandatory, WrittenAs(TextForm.Mac)]
    public string Start { get; init; } = "";
}
