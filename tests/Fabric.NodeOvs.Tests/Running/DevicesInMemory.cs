using Fabric.NodeOvs.Running;
using Fabric.Packets.Links;

namespace Fabric.NodeOvs.Tests.Running;

/// <summary>Devices that are wires in memory; those named "absent" are not there.</summary>
internal sealed class DevicesInMemory : IDeviceSource
{
    private readonly Dictionary<string, MemoryLink> _far = [];

    public MemoryLink this[string name]
    {
        get
        {
            lock (_far)
            {
                return _far[name];
            }
        }
    }

    public (ILink Link, ulong Mac) Open(string name)
        => name.StartsWith("absent", StringComparison.Ordinal) ? throw new LinkException($"{name}: No such device") : Make(name, 1500);

    public (ILink Link, ulong Mac) Make(string name, int mtu)
    {
        var (near, far) = MemoryLink.CreatePair(name, mtu);
        lock (_far)
        {
            _far[name] = far;
            return (near, 0x0200_0000_1000UL + (ulong)_far.Count);
        }
    }
}
