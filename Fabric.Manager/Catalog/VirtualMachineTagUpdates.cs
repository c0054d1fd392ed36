namespace Fabric.Manager.Catalog;

/// <summary>Tags for a virtual machine, as the Manager API is asked to set, add or remove them.</summary>
internal sealed record VirtualMachineTagUpdate
{
    [Mandatory]
    public string ExternalId { get; init; } = "";

    [Mandatory]
    public IReadOnlyList<Tag> Tags { get; init; } = [];
}

/// <summary>All tags of a virtual machine, as the Policy API is asked to set them.</summary>
internal sealed record VirtualMachineTagsUpdate
{
    [Mandatory]
    public string VirtualMachineId { get; init; } = "";

    [Mandatory]
    public IReadOnlyList<Tag> Tags { get; init; } = [];
}
