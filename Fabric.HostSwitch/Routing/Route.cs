using Fabric.HostSwitch.Tables;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Routing;

/// <summary>What to do with packets to a prefix.</summary>
internal abstract record Route
{
    /// <summary>The subnet of an interface: the destination is its own next hop.</summary>
    public sealed record Connected(RouterInterface Interface) : Route;

    /// <summary>One of these neighbors, chosen by flow.</summary>
    public sealed record Via(NextHop[] NextHops) : Route;

    /// <summary>Another router of this host goes on with it.</summary>
    public sealed record Continue(LogicalRouter Router) : Route;

    /// <summary>Discarded without a word.</summary>
    public sealed record BlackHole : Route;
}

/// <summary>A neighbor router, and the interface it is behind.</summary>
internal readonly record struct NextHop(RouterInterface Interface, IpAddress Address);
