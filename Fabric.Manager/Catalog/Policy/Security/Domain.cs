namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>Where groups and policies that belong together live; nearly everybody uses the one named default.</summary>
internal sealed record Domain : PolicyResource;
