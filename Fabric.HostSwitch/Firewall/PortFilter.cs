namespace Fabric.HostSwitch.Firewall;

/// <summary>The firewall of one logical port in one generation: its rules after Applied-To (reference: nsx-dataplane.md, 4.1).</summary>
internal sealed class PortFilter
{
    public required string PortId { get; init; }

    /// <summary>Names the port in the connection table: the same in every generation, never used for another port.</summary>
    public required int Number { get; init; }

    /// <summary>On the exclude list, or the firewall is switched off: everything passes.</summary>
    public required bool IsExcluded { get; init; }

    public required RuleList Layer2 { get; init; }

    public required RuleList Layer3 { get; init; }

    /// <summary>Which of the sets that rules name by number hold an address.</summary>
    public required AddressIndex Addresses { get; init; }

    /// <summary>Changes whenever a verdict of this filter may have changed.</summary>
    public required uint Generation { get; init; }
}
