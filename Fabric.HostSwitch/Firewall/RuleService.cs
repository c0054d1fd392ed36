using Fabric.Contracts.V1;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Firewall;

/// <summary>One entry of a rule's services, ready to be asked.</summary>
internal sealed class RuleService
{
    private readonly uint? _icmpType;
    private readonly uint? _icmpCode;
    private readonly EtherType? _etherType;

    private RuleService(IpProtocol? protocol, RulePorts sources, RulePorts destinations, ServiceEntry entry)
    {
        Protocol = protocol;
        Sources = sources;
        Destinations = destinations;
        _icmpType = entry.HasIcmpType ? entry.IcmpType : null;
        _icmpCode = entry.HasIcmpCode ? entry.IcmpCode : null;
        _etherType = entry.Kind == ServiceEntry.Types.Kind.EtherType ? (EtherType)entry.EtherType : null;
    }

    /// <summary>Null: any, as of an EtherType.</summary>
    public IpProtocol? Protocol { get; }

    public RulePorts Sources { get; }

    public RulePorts Destinations { get; }

    public bool HasPorts => !Sources.IsAny || !Destinations.IsAny;

    public static bool TryCreate(ServiceEntry entry, out RuleService? service, out string reason)
    {
        service = null;
        IpProtocol? protocol = entry.Kind switch
        {
            ServiceEntry.Types.Kind.EtherType => null,
            ServiceEntry.Types.Kind.IgmpType => IpProtocol.Igmp,
            ServiceEntry.Types.Kind.Alg when entry.Protocol == 0 => IpProtocol.Tcp,
            _ => (IpProtocol)entry.Protocol,
        };
        if (entry.Protocol > byte.MaxValue)
        {
            reason = $"{entry.Protocol} is no IP protocol";
            return false;
        }

        if (entry.Kind == ServiceEntry.Types.Kind.L4PortSet && protocol is not (IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp))
        {
            reason = $"IP protocol {entry.Protocol} has no ports";
            return false;
        }

        if (entry.SourcePorts.Concat(entry.DestinationPorts).Any(range => range.First > range.Last || range.Last > ushort.MaxValue))
        {
            reason = "a port range does not rise, or ends above 65535";
            return false;
        }

        reason = "";
        service = new RuleService(protocol, new RulePorts(entry.SourcePorts), new RulePorts(entry.DestinationPorts), entry);
        return true;
    }

    public bool Matches(in RuleQuery query)
    {
        if (_etherType is { } etherType)
        {
            return query.EtherType == etherType;
        }

        return query.Protocol == Protocol
            && (!HasPorts || (Sources.Contains(query.SourcePort) && Destinations.Contains(query.DestinationPort)))
            && (_icmpType is null || query.SourcePort == _icmpType)
            && (_icmpCode is null || query.DestinationPort == _icmpCode);
    }
}
