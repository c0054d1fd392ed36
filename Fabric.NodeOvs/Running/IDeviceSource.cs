using Fabric.Packets.Links;

namespace Fabric.NodeOvs.Running;

/// <summary>Where a switch's devices come from: the kernel, or wires in memory.</summary>
internal interface IDeviceSource
{
    /// <summary>Opens a device that is there.</summary>
    /// <exception cref="LinkException">It is not.</exception>
    (ILink Link, ulong Mac) Open(string name);

    /// <summary>Makes a device whose other end is the kernel's.</summary>
    /// <exception cref="LinkException">The kernel does not let us.</exception>
    (ILink Link, ulong Mac) Make(string name, int mtu);
}

/// <summary>The kernel's devices in a network namespace; null: this process's.</summary>
internal sealed class KernelDevices(string? namespacePath = null) : IDeviceSource
{
    public (ILink Link, ulong Mac) Open(string name)
    {
        var link = PacketSocketLink.Open(name, namespacePath);
        return (link, link.Mac.Value);
    }

    public (ILink Link, ulong Mac) Make(string name, int mtu)
    {
        var link = TapLink.Create(name, mtu, namespacePath);
        return (link, link.Mac.Value);
    }
}
