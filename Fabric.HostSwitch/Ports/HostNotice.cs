namespace Fabric.HostSwitch.Ports;

/// <summary>What the packet thread has to tell the agent.</summary>
internal abstract record HostNotice
{
    /// <summary>Addresses of a port changed; holds all of them.</summary>
    public sealed record Discovered(DiscoveryChange Change) : HostNotice;

    /// <summary>A vnic's device came or went.</summary>
    public sealed record VnicLink(string VifId, bool IsUp) : HostNotice;
}
