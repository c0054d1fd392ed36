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

    public RuleList(CompiledRule[] rules, bool layer2)
    {
        _rules = rules;
        _layer2 = layer2;
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
    public CompiledRule? Match(in RuleQuery query, AddressSet[] sets, AddressMemo memo)
    {
        if (_rules.Length == 0)
        {
            return null;
        }

        memo.Begin(sets);
        int way = ((int)query.Direction << 1) | (query.IsIpv4 || _layer2 ? 0 : 1);
        var index = _indexes[(way * Protocols) + SlotOf(_layer2 ? IpProtocol.NoNextHeader : query.Protocol)];
        var wide = index.Wide;
        var narrow = index.Narrow(query.DestinationPort);
        int atWide = 0;
        int atNarrow = 0;
        while (true)
        {
            int next;
            if (atNarrow < narrow.Length && (atWide == wide.Length || narrow[atNarrow] < wide[atWide]))
            {
                next = narrow[atNarrow++];
            }
            else if (atWide < wide.Length)
            {
                next = wide[atWide++];
            }
            else
            {
                return null;
            }

            var rule = _rules[next];
            if (memo.MatchesSource(rule.Sources, query, _layer2)
                && memo.MatchesDestination(rule.Destinations, query, _layer2)
                && rule.MatchesService(query))
            {
                return rule;
            }
        }
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
