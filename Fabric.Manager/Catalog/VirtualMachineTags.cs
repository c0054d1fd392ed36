namespace Fabric.Manager.Catalog;

/// <summary>
/// The tags that somebody gave a virtual machine; its id is the machine's external id. Hosts report machines and users label them, so the
/// labels are all of a machine that is stored. Not served itself: both APIs show the tags on the machine.
/// </summary>
internal sealed record VirtualMachineTags : ManagedResource;
