using Fabric.Contracts.V1;

namespace Fabric.HostSwitch.Firewall;

/// <summary>A service's ports: ranges, or any.</summary>
internal sealed class RulePorts
{
    private readonly PortRange[] _ranges;

    public RulePorts(IEnumerable<PortRange> ranges) => _ranges = [.. ranges];

    public bool IsAny => _ranges.Length == 0;

    public IReadOnlyList<PortRange> Ranges => _ranges;

    public bool Contains(ushort port)
    {
        foreach (var range in _ranges)
        {
            if (port >= range.First && port <= range.Last)
            {
                return true;
            }
        }

        return IsAny;
    }
}
