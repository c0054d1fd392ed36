using Fabric.Contracts.V1;
using Fabric.Controller.Intent;

namespace Fabric.Controller.Streaming;

/// <summary>Everything that can happen to a controller, in the order it is taken up.</summary>
internal abstract record ControlInput
{
    /// <summary>The manager published a transaction.</summary>
    public sealed record Published(IntentChange Change) : ControlInput;

    /// <summary>A host has connected.</summary>
    public sealed record HostArrived(HostLink Link, Hello Hello) : ControlInput;

    /// <summary>A host reported something.</summary>
    public sealed record HostSaid(HostLink Link, HostReport Report) : ControlInput;

    /// <summary>What was last sent to a host is on its way; it can take more.</summary>
    public sealed record HostReady(HostLink Link) : ControlInput;

    /// <summary>The stream of a host has ended.</summary>
    public sealed record HostLeft(HostLink Link) : ControlInput;

    /// <summary>Hosts have had their time to come back.</summary>
    public sealed record ReturnsAwaited : ControlInput;
}
