using Fabric.Contracts.V1;

namespace Fabric.HostSwitch.Tests.Firewall;

/// <summary>Sections and rules in few words.</summary>
internal static class Rules
{
    public static HostRuleSection Section(long position, params HostRule[] rules)
    {
        var section = new HostRuleSection { Position = position, Stateful = true };
        section.Rules.AddRange(rules);
        return section;
    }

    public static HostRuleSection Strict(long position, params HostRule[] rules)
    {
        var section = Section(position, rules);
        section.TcpStrict = true;
        return section;
    }

    public static HostRuleSection Stateless(long position, params HostRule[] rules)
    {
        var section = Section(position, rules);
        section.Stateful = false;
        return section;
    }

    public static HostRuleSection Layer2(long position, params HostRule[] rules)
    {
        var section = Section(position, rules);
        section.Layer2 = true;
        section.Stateful = false;
        return section;
    }

    public static HostRule Allow(uint id) => Any(id, RuleAction.Allow);

    public static HostRule Drop(uint id) => Any(id, RuleAction.Drop);

    public static HostRule Reject(uint id) => Any(id, RuleAction.Reject);

    public static HostRule From(this HostRule rule, params string[] sets)
    {
        rule.AnySource = false;
        rule.SourceSets.AddRange(sets);
        return rule;
    }

    public static HostRule To(this HostRule rule, params string[] sets)
    {
        rule.AnyDestination = false;
        rule.DestinationSets.AddRange(sets);
        return rule;
    }

    public static HostRule NotFrom(this HostRule rule, params string[] sets)
    {
        rule.SourcesExcluded = true;
        return rule.From(sets);
    }

    public static HostRule Tcp(this HostRule rule, params uint[] ports) => rule.Ports(6, ports);

    public static HostRule Udp(this HostRule rule, params uint[] ports) => rule.Ports(17, ports);

    public static HostRule Icmp(this HostRule rule, uint? type = null)
    {
        var entry = new ServiceEntry { Kind = ServiceEntry.Types.Kind.IcmpType, Protocol = 1 };
        if (type is not null)
        {
            entry.IcmpType = type.Value;
        }

        rule.Services.Add(entry);
        return rule;
    }

    public static HostRule EtherType(this HostRule rule, uint type)
    {
        rule.Services.Add(new ServiceEntry { Kind = ServiceEntry.Types.Kind.EtherType, EtherType = type });
        return rule;
    }

    public static HostRule Way(this HostRule rule, RuleDirection direction)
    {
        rule.Direction = direction;
        return rule;
    }

    public static HostRule Family(this HostRule rule, RuleIpProtocol family)
    {
        rule.IpProtocol = family;
        return rule;
    }

    public static HostRule On(this HostRule rule, params string[] ports)
    {
        rule.AllPorts = false;
        rule.AppliedToPortIds.AddRange(ports);
        return rule;
    }

    private static HostRule Any(uint id, RuleAction action)
        => new() { Id = id, Action = action, AnySource = true, AnyDestination = true, AllPorts = true };

    private static HostRule Ports(this HostRule rule, uint protocol, uint[] ports)
    {
        var entry = new ServiceEntry { Kind = ServiceEntry.Types.Kind.L4PortSet, Protocol = protocol };
        entry.DestinationPorts.AddRange(ports.Select(port => new PortRange { First = port, Last = port }));
        rule.Services.Add(entry);
        return rule;
    }
}
