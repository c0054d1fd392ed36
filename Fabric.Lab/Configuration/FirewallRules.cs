using Fabric.Lab.Topology;

namespace Fabric.Lab.Configuration;

/// <summary>Rules of a lab file in the Manager API's form.</summary>
internal static class FirewallRules
{
    /// <param name="rule">The rule.</param>
    /// <param name="lab">The lab whose groups it may name.</param>
    /// <param name="groupId">The id of a group's NSGroup.</param>
    public static object Body(LabRule rule, LabTopology lab, Func<string, string> groupId)
    {
        var body = new Dictionary<string, object>
        {
            ["display_name"] = rule.Name,
            ["action"] = rule.Action.ToUpperInvariant(),
            ["direction"] = "IN_OUT",
            ["ip_protocol"] = "IPV4_IPV6",
        };
        Add("sources", rule.From);
        Add("destinations", rule.To);
        if (Service(rule.Service) is { } service)
        {
            body["services"] = new[] { new { service } };
        }

        return body;

        void Add(string key, string? party)
        {
            if (party is not null)
            {
                body[key] = new[] { Party(party, lab, groupId) };
            }
        }
    }

    private static object Party(string party, LabTopology lab, Func<string, string> groupId)
    {
        if (lab.Groups.Any(g => g.Name == party))
        {
            return new { target_type = "NSGroup", target_id = groupId(party), target_display_name = party };
        }

        string family = party.Contains(':', StringComparison.Ordinal) ? "IPv6Address" : "IPv4Address";
        return new { target_type = family, target_id = party, target_display_name = party };
    }

    private static object? Service(LabService service)
        => service.Protocol switch
        {
            "any" => null,
            "icmp" => new { resource_type = "ICMPTypeNSService", protocol = "ICMPv4" },
            "icmpv6" => new { resource_type = "ICMPTypeNSService", protocol = "ICMPv6" },
            _ => new
            {
                resource_type = "L4PortSetNSService",
                l4_protocol = service.Protocol.ToUpperInvariant(),
                destination_ports = service.Ports,
            },
        };
}
