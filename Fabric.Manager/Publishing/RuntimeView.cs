using System.Collections.Immutable;
using Fabric.Contracts.V1;
using Case = Fabric.Contracts.V1.RuntimeReport.ReportOneofCase;

namespace Fabric.Manager.Publishing;

/// <summary>The fabric as one controller knows it; a report makes the next view.</summary>
internal sealed record RuntimeView(
    ImmutableDictionary<string, FabricNodeStatus> Nodes,
    ImmutableDictionary<string, PortRuntime> Ports,
    ImmutableDictionary<string, PortStatistics> Statistics,
    ImmutableDictionary<string, SwitchTables> Switches,
    ImmutableDictionary<(ConfigKind Kind, string Id), ObjectRealization> Realizations,
    ImmutableDictionary<uint, ImmutableDictionary<string, RuleStatistics>> Rules,
    ImmutableDictionary<string, VifPresent> Vifs)
{
    public static readonly RuntimeView Empty = new(
        ImmutableDictionary<string, FabricNodeStatus>.Empty,
        ImmutableDictionary<string, PortRuntime>.Empty,
        ImmutableDictionary<string, PortStatistics>.Empty,
        ImmutableDictionary<string, SwitchTables>.Empty,
        ImmutableDictionary<(ConfigKind Kind, string Id), ObjectRealization>.Empty,
        ImmutableDictionary<uint, ImmutableDictionary<string, RuleStatistics>>.Empty,
        ImmutableDictionary<string, VifPresent>.Empty);

    public RuntimeView With(RuntimeReport report)
    {
        switch (report.ReportCase)
        {
            case Case.NodeStatus:
                return this with { Nodes = Nodes.SetItem(report.NodeStatus.NodeId, report.NodeStatus) };
            case Case.Port when report.Port.Gone:
                return this with { Ports = Ports.Remove(report.Port.PortId), Statistics = Statistics.Remove(report.Port.PortId) };
            case Case.Port:
                return this with { Ports = Ports.SetItem(report.Port.PortId, report.Port) };
            case Case.PortStatistics:
                return this with { Statistics = Statistics.SetItem(report.PortStatistics.PortId, report.PortStatistics) };
            case Case.SwitchTables when report.SwitchTables.Gone:
                return this with { Switches = Switches.Remove(report.SwitchTables.LogicalSwitchId) };
            case Case.SwitchTables:
                return this with { Switches = Switches.SetItem(report.SwitchTables.LogicalSwitchId, report.SwitchTables) };
            case Case.Realization when report.Realization.Gone:
                return this with { Realizations = Realizations.Remove((report.Realization.Key.Kind, report.Realization.Key.Id)) };
            case Case.Realization:
                return this with { Realizations = Realizations.SetItem((report.Realization.Key.Kind, report.Realization.Key.Id), report.Realization) };
            case Case.RuleStatistics:
                uint rule = report.RuleStatistics.RuleId;
                var nodes = Rules.GetValueOrDefault(rule, ImmutableDictionary<string, RuleStatistics>.Empty);
                return this with { Rules = Rules.SetItem(rule, nodes.SetItem(report.RuleStatistics.NodeId, report.RuleStatistics)) };
            case Case.VifPresent:
                return this with { Vifs = Vifs.SetItem(report.VifPresent.VifId, report.VifPresent) };
            case Case.VifGone:
                return this with { Vifs = Vifs.Remove(report.VifGone.VifId) };
            default:
                return this; // of a kind that a newer controller knows
        }
    }
}
