using Fabric.Contracts.V1;
using Fabric.HostSwitch.Pipeline;

namespace Fabric.HostSwitch.Firewall;

/// <summary>A rule ready to be asked, with what its section says of it.</summary>
internal sealed class CompiledRule
{
    public required uint Id { get; init; }

    public required RuleAction Action { get; init; }

    public required bool IsStateful { get; init; }

    /// <summary>A TCP connection under it must start with SYN.</summary>
    public required bool IsStrict { get; init; }

    public required bool MatchesOut { get; init; }

    public required bool MatchesIn { get; init; }

    public required bool MatchesIpv4 { get; init; }

    public required bool MatchesIpv6 { get; init; }

    public required RuleAddresses Sources { get; init; }

    public required RuleAddresses Destinations { get; init; }

    /// <summary>Any of them; none: any service.</summary>
    public required RuleService[] Services { get; init; }

    /// <summary>Its services resolve to nothing, so no packet is one.</summary>
    public required bool HasNoService { get; init; }

    /// <summary>Null: on every port's filter.</summary>
    public required IReadOnlySet<string>? AppliedTo { get; init; }

    public required RuleCounters Counters { get; init; }

    public bool MatchesWay(Direction direction, bool ipv4)
        => (direction == Direction.Out ? MatchesOut : MatchesIn) && (ipv4 ? MatchesIpv4 : MatchesIpv6);

    public bool MatchesService(in RuleQuery query)
    {
        foreach (var service in Services)
        {
            if (service.Matches(query))
            {
                return true;
            }
        }

        return Services.Length == 0;
    }
}
