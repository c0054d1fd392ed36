using System.Globalization;
using Fabric.Contracts.V1;
using Fabric.Manager.Catalog;
using Wire = Fabric.Contracts.V1;

namespace Fabric.Manager.Publishing;

/// <summary>Groups, sets, services, sections and the exclude list as controllers hear of them.</summary>
internal static class FirewallTranslation
{
    private const uint IcmpV4 = 1;
    private const uint Igmp = 2;
    private const uint Tcp = 6;
    private const uint Udp = 17;
    private const uint IcmpV6 = 58;

    public static IpSetConfig Translate(IPSet set)
    {
        var result = new IpSetConfig { DisplayName = set.DisplayName ?? set.Id };
        result.Ranges.AddRange((set.IpAddresses ?? []).Select(WireAddresses.Range).OfType<IpRange>());
        result.Tags.AddRange(SwitchingTranslation.Tags(set));
        return result;
    }

    public static MacSetConfig Translate(MACSet set)
    {
        var result = new MacSetConfig { DisplayName = set.DisplayName ?? set.Id };
        result.Macs.AddRange((set.MacAddresses ?? []).Select(WireAddresses.Mac));
        return result;
    }

    public static ServiceConfig Translate(NSService service)
    {
        var result = new ServiceConfig { DisplayName = service.DisplayName ?? service.Id };
        result.Entries.Add(Translate(service.NsserviceElement));
        return result;
    }

    public static ServiceConfig Translate(NSServiceGroup group)
    {
        var result = new ServiceConfig { DisplayName = group.DisplayName ?? group.Id };
        result.MemberIds.AddRange(group.Members.Select(member => member.TargetId).OfType<string>());
        return result;
    }

    public static ExcludeListConfig Translate(ExcludeList list)
    {
        var result = new ExcludeListConfig();
        result.Members.AddRange(list.Members.Select(Refer));
        return result;
    }

    /// <summary>Null for a section that the distributed firewall does not evaluate.</summary>
    public static FirewallSectionConfig? Translate(FirewallSection section)
    {
        bool layer2 = section.SectionType == "LAYER2";
        if (!layer2 && section.SectionType != "LAYER3")
        {
            return null;
        }

        var result = new FirewallSectionConfig
        {
            DisplayName = section.DisplayName ?? section.Id,
            Layer2 = layer2,
            Position = section.Priority,
            Stateful = section.Stateful && !layer2,
            TcpStrict = section.TcpStrict,
            IsDefault = section.IsDefault,
        };
        result.AppliedTos.AddRange((section.AppliedTos ?? []).Select(Refer));
        result.Rules.AddRange(section.Rules.Select(Translate).OfType<FirewallRuleConfig>());
        return result;
    }

    private static FirewallRuleConfig? Translate(FirewallRule rule)
    {
        RuleAction? action = rule.Action switch
        {
            "ALLOW" => RuleAction.Allow,
            "DROP" => RuleAction.Drop,
            "REJECT" => RuleAction.Reject,
            "ALLOW_CONTINUE" => RuleAction.JumpToApplication,
            _ => null, // redirection and detection belong to other services
        };
        if (action is null || !uint.TryParse(rule.Id, CultureInfo.InvariantCulture, out uint id))
        {
            return null;
        }

        var result = new FirewallRuleConfig
        {
            Id = id,
            DisplayName = rule.DisplayName ?? "",
            Action = action.Value,
            Direction = rule.Direction switch { "IN" => RuleDirection.In, "OUT" => RuleDirection.Out, _ => RuleDirection.InOut },
            IpProtocol = rule.IpProtocol switch { "IPV4" => RuleIpProtocol.Ipv4, "IPV6" => RuleIpProtocol.Ipv6, _ => RuleIpProtocol.Ipv4Ipv6 },
            Disabled = rule.Disabled,
            Logged = rule.Logged,
            Tag = rule.RuleTag ?? "",
            SourcesExcluded = rule.SourcesExcluded,
            DestinationsExcluded = rule.DestinationsExcluded,
        };
        result.Sources.AddRange((rule.Sources ?? []).Select(Refer));
        result.Destinations.AddRange((rule.Destinations ?? []).Select(Refer));
        result.AppliedTos.AddRange((rule.AppliedTos ?? []).Select(Refer));
        foreach (var service in rule.Services ?? [])
        {
            if (service.Service is { } element)
            {
                result.ServiceEntries.Add(Translate(element));
            }
            else
            {
                result.Services.Add(Refer(service));
            }
        }

        return result;
    }

    private static ServiceEntry Translate(NSServiceElement element)
    {
        switch (element)
        {
            case L4PortSetNSService ports:
                var l4 = new ServiceEntry { Kind = ServiceEntry.Types.Kind.L4PortSet, Protocol = ports.L4Protocol == "UDP" ? Udp : Tcp };
                l4.SourcePorts.AddRange(Ports(ports.SourcePorts));
                l4.DestinationPorts.AddRange(Ports(ports.DestinationPorts));
                return l4;
            case ICMPTypeNSService icmp:
                var entry = new ServiceEntry { Kind = ServiceEntry.Types.Kind.IcmpType, Protocol = icmp.Protocol == "ICMPv6" ? IcmpV6 : IcmpV4 };
                if (icmp.IcmpType is { } type)
                {
                    entry.IcmpType = (uint)type;
                }

                if (icmp.IcmpCode is { } code)
                {
                    entry.IcmpCode = (uint)code;
                }

                return entry;
            case IPProtocolNSService protocol:
                return new ServiceEntry { Kind = ServiceEntry.Types.Kind.IpProtocol, Protocol = (uint)protocol.ProtocolNumber };
            case EtherTypeNSService ether:
                return new ServiceEntry { Kind = ServiceEntry.Types.Kind.EtherType, EtherType = (uint)ether.EtherType };
            case ALGTypeNSService alg:
                bool datagrams = alg.Alg is "TFTP" or "SUN_RPC_UDP" or "MS_RPC_UDP" or "NBNS_BROADCAST" or "NBDG_BROADCAST";
                var opening = new ServiceEntry { Kind = ServiceEntry.Types.Kind.Alg, Protocol = datagrams ? Udp : Tcp };
                opening.SourcePorts.AddRange(Ports(alg.SourcePorts));
                opening.DestinationPorts.AddRange(Ports(alg.DestinationPorts));
                return opening;
            default:
                return new ServiceEntry { Kind = ServiceEntry.Types.Kind.IgmpType, Protocol = Igmp };
        }
    }

    /// <summary>"443" or "8000-8080".</summary>
    private static IEnumerable<PortRange> Ports(IReadOnlyList<string>? stated)
    {
        foreach (string text in stated ?? [])
        {
            var ends = text.Split('-', 2, StringSplitOptions.TrimEntries);
            if (ushort.TryParse(ends[0], CultureInfo.InvariantCulture, out ushort first)
                && ushort.TryParse(ends[^1], CultureInfo.InvariantCulture, out ushort last))
            {
                yield return new PortRange { First = first, Last = last };
            }
        }
    }

    private static Wire.ResourceReference Refer(Catalog.ResourceReference reference)
        => new() { TargetType = reference.TargetType ?? "", TargetId = reference.TargetId ?? "" };
}
