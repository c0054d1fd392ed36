namespace Fabric.HostSwitch.Firewall;

/// <summary>One side of a rule: any address, or those in its sets, or those outside them. Sets are numbers into the generation's.</summary>
internal sealed record RuleAddresses(bool IsAny, int[] Sets, bool IsExcluded);
