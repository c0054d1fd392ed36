using Fabric.Contracts.V1;

namespace Fabric.HostSwitch.Firewall;

/// <summary>Turns a section as the controller says it into rules ready to be asked.</summary>
internal static class RuleCompiler
{
    /// <summary>Null: nothing is wrong with the section; else what is.</summary>
    public static string? FindFault(HostRuleSection section)
    {
        foreach (var rule in section.Rules)
        {
            if (rule.Action == RuleAction.JumpToApplication)
            {
                return $"rule {rule.Id}: JUMP_TO_APPLICATION is not supported by this host";
            }

            if (!Enum.IsDefined(rule.Action) || !Enum.IsDefined(rule.Direction) || !Enum.IsDefined(rule.IpProtocol))
            {
                return $"rule {rule.Id}: its action, direction or IP protocol is unknown to this host";
            }

            if (section.Layer2 && rule.Action == RuleAction.Reject)
            {
                return $"rule {rule.Id}: REJECT is not offered for layer 2";
            }

            foreach (var entry in rule.Services)
            {
                if (!RuleService.TryCreate(entry, out _, out string reason))
                {
                    return $"rule {rule.Id}: {reason}";
                }
            }
        }

        return null;
    }

    /// <param name="section">Without a fault.</param>
    /// <param name="numberOf">The number of an address set.</param>
    /// <param name="countersOf">The counters of a rule id; one policy rule may be several rules here, with one id.</param>
    public static CompiledRule[] Compile(HostRuleSection section, Func<string, int> numberOf, Func<uint, RuleCounters> countersOf)
        => [.. section.Rules.Select(rule => Compile(section, rule, numberOf, countersOf))];

    private static CompiledRule Compile(
        HostRuleSection section, HostRule rule, Func<string, int> numberOf, Func<uint, RuleCounters> countersOf) => new()
        {
            Id = rule.Id,
            Action = rule.Action,
            IsStateful = section.Stateful && !section.Layer2,
            IsStrict = section.TcpStrict,
            MatchesOut = rule.Direction != RuleDirection.In,
            MatchesIn = rule.Direction != RuleDirection.Out,
            MatchesIpv4 = section.Layer2 || rule.IpProtocol != RuleIpProtocol.Ipv6,
            MatchesIpv6 = section.Layer2 || rule.IpProtocol != RuleIpProtocol.Ipv4,
            Sources = new RuleAddresses(rule.AnySource, [.. rule.SourceSets.Select(numberOf)], rule.SourcesExcluded),
            Destinations = new RuleAddresses(rule.AnyDestination, [.. rule.DestinationSets.Select(numberOf)], rule.DestinationsExcluded),
            Services = [.. rule.Services.Select(ServiceOf)],
            HasNoService = rule.NoService,
            AppliedTo = rule.AllPorts ? null : rule.AppliedToPortIds.ToHashSet(),
            Counters = countersOf(rule.Id),
        };

    private static RuleService ServiceOf(ServiceEntry entry)
        => RuleService.TryCreate(entry, out var service, out string reason) ? service! : throw new ArgumentException(reason, nameof(entry));
}
