using System.Numerics;
using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Firewall;

/// <summary>Rules of one layer in their order; the first that matches decides. Ports with the same rules share a list.</summary>
internal sealed class RuleList
{
    private const int Protocols = 4; // TCP, UDP, SCTP, all others

    private readonly CompiledRule[] _rules;
    private readonly bool _layer2;
    private readonly RuleIndex[] _indexes; // by way (direction, family), then protocol
    private readonly RuleSide _sources;
    private readonly RuleSide _destinations;

    public RuleList(CompiledRule[] rules, bool layer2)
    {
        _rules = rules;
        _layer2 = layer2;
        _sources = new RuleSide([.. rules.Select(rule => rule.Sources)]);
        _destinations = new RuleSide([.. rules.Select(rule => rule.Destinations)]);
        _indexes = new RuleIndex[4 * Protocols];
        for (int way = 0; way < 4; way++)
        {
            for (int protocol = 0; protocol < Protocols; protocol++)
            {
                _indexes[(way * Protocols) + protocol] = IndexFor((Direction)(way >> 1), (way & 1) == 0, ProtocolOf(protocol));
            }
        }
    }

    public static RuleList None { get; } = new([], layer2: false);

    public bool IsEmpty => _rules.Length == 0;

    public IReadOnlyList<CompiledRule> Rules => _rules;

    /// <summary>The first rule that matches; null: none does.</summary>
    public CompiledRule? Match(in RuleQuery query, AddressIndex addresses, RuleScratch scratch)
    {
        if (_rules.Length == 0)
        {
            return null;
        }

        // A bit for each rule, narrowed down by port and by both addresses; what is left is asked in order.
        var (candidates, side) = scratch.Words(RuleBits.WordsFor(_rules.Length));
        int way = ((int)query.Direction << 1) | (query.IsIpv4 || _layer2 ? 0 : 1);
        int protocol = SlotOf(_layer2 ? IpProtocol.NoNextHeader : query.Protocol);
        _indexes[(way * Protocols) + protocol].Mark(candidates, query.DestinationPort);
        _sources.Restrict(candidates, side, _layer2 ? addresses.SetsOf(query.SourceMac) : addresses.SetsOf(query.Source));
        _destinations.Restrict(candidates, side, _layer2 ? addresses.SetsOf(query.DestinationMac) : addresses.SetsOf(query.Destination));
        for (int word = 0; word < candidates.Length; word++)
        {
            for (ulong bits = candidates[word]; bits != 0; bits &= bits - 1)
            {
                var rule = _rules[(word << 6) + BitOperations.TrailingZeroCount(bits)];
                if (rule.MatchesService(query))
                {
                    return rule;
                }
            }
        }

        return null;
    }

    private RuleIndex IndexFor(Direction direction, bool ipv4, IpProtocol? protocol)
    {
        var members = Enumerable.Range(0, _rules.Length)
            .Where(number => _rules[number].MatchesWay(direction, ipv4) && !_rules[number].HasNoService)
            .Where(number => _layer2 || CanMatch(_rules[number], protocol))
            .ToArray();
        return new RuleIndex(_rules, members, _layer2 ? null : protocol);
    }

    private static bool CanMatch(CompiledRule rule, IpProtocol? protocol)
        => rule.Services.Length == 0
            || rule.Services.Any(service => protocol is null
                ? service.Protocol is not (IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp)
                : service.Protocol is null || service.Protocol == protocol);

    private static IpProtocol? ProtocolOf(int slot) => slot switch
    {
        0 => IpProtocol.Tcp,
        1 => IpProtocol.Udp,
        2 => IpProtocol.Sctp,
        _ => null,
    };

    private static int SlotOf(IpProtocol protocol) => protocol switch
    {
        IpProtocol.Tcp => 0,
        IpProtocol.Udp => 1,
        IpProtocol.Sctp => 2,
        _ => 3,
    };
}
