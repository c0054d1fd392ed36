using System.Globalization;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy.Networking;
using Fabric.Manager.Catalog.Policy.Security;
using Fabric.Manager.Errors;

namespace Fabric.Manager.Realization.Security;

/// <summary>
/// A security policy becomes a section with its rules, before all sections of the Manager API: by category, then by sequence number. The
/// default policies stand for the default sections, which are written with them.
/// </summary>
internal static class PolicyRealization
{
    private const string Any = "ANY";

    /// <summary>Below every priority that sections of the Manager API have.</summary>
    private const long First = -(1L << 50);

    public static IEnumerable<ManagedResource> Of(IntentReader reader, SecurityPolicy policy)
    {
        if (policy.IsDefault)
        {
            yield break;
        }

        var rules = new List<FirewallRule>();
        foreach (var rule in reader.Below<Rule>(policy.Path).OrderBy(RuleChecks.Order))
        {
            rules.Add(Realize(reader, rule));
        }

        yield return new FirewallSection
        {
            Id = RealizedId.Of(policy),
            SectionType = policy.Category == "Ethernet" ? "LAYER2" : "LAYER3",
            Category = policy.Category,
            Comments = policy.Comments,
            Stateful = policy.Stateful ?? policy.Category != "Ethernet",
            TcpStrict = policy.TcpStrict ?? false,
            Priority = First + ((long)PolicyOrder.RankOf(policy) << 44) + ((long)policy.SequenceNumber << 12),
            AppliedTos = Places(reader, policy.Scope),
            Rules = rules,
        };
    }

    private static FirewallRule Realize(IntentReader reader, Rule rule)
    {
        if (rule.Profiles.Any(profile => profile != Any))
        {
            reader.Refuse(ApiErrors.Firewall($"Rule {rule.Path} asks for a context profile, and this fabric enforces none above layer 4."));
        }

        return new FirewallRule
        {
            Id = rule.RuleId?.ToString(CultureInfo.InvariantCulture),
            ResourceType = nameof(FirewallRule),
            DisplayName = rule.DisplayName,
            Description = rule.Description,
            Action = rule.Action == "JUMP_TO_APPLICATION" ? "ALLOW_CONTINUE" : rule.Action,
            Sources = Ends(reader, rule.SourceGroups),
            SourcesExcluded = rule.SourcesExcluded,
            Destinations = Ends(reader, rule.DestinationGroups),
            DestinationsExcluded = rule.DestinationsExcluded,
            Services = Services(reader, rule),
            AppliedTos = Places(reader, rule.Scope),
            Direction = rule.Direction,
            IpProtocol = rule.IpProtocol,
            Disabled = rule.Disabled,
            Logged = rule.Logged,
            Notes = rule.Notes,
            RuleTag = rule.Tag,
        };
    }

    private static List<ResourceReference>? Ends(IntentReader reader, IReadOnlyList<string> ends)
    {
        var references = new List<ResourceReference>();
        foreach (string end in ends.Where(end => end != Any))
        {
            if (!end.StartsWith('/'))
            {
                references.Add(new ResourceReference { TargetType = end.Contains(':', StringComparison.Ordinal) ? "IPv6Address" : "IPv4Address", TargetId = end, TargetDisplayName = end });
            }
            else if (reader.Find<Group>(end) is { } group)
            {
                references.Add(new ResourceReference { TargetType = nameof(NSGroup), TargetId = RealizedId.Of(group) });
            }
            else
            {
                reader.Refuse(ApiErrors.InvalidPath(end)); // leaving it out would match more than was asked
            }
        }

        return references.Count == 0 ? null : references;
    }

    private static List<FirewallService>? Services(IntentReader reader, Rule rule)
    {
        var services = (rule.ServiceEntries ?? []).Where(entry => entry is not NestedServiceServiceEntry)
            .Select(entry => new FirewallService { Service = ServiceRealization.Element(entry) }).ToList();
        foreach (string path in rule.Services.Concat((rule.ServiceEntries ?? []).OfType<NestedServiceServiceEntry>().Select(entry => entry.NestedServicePath)).Where(path => path != Any))
        {
            if (ServiceRealization.Refer(reader, path) is { } reference)
            {
                services.Add(new FirewallService { TargetType = reference.TargetType, TargetId = reference.TargetId });
            }
            else
            {
                reader.Refuse(ApiErrors.Firewall($"Rule {rule.Path} asks for service {path}, which has no entries."));
            }
        }

        return services.Count == 0 ? null : services;
    }

    private static List<ResourceReference>? Places(IntentReader reader, IReadOnlyList<string>? scope)
    {
        var references = new List<ResourceReference>();
        foreach (string path in (scope ?? []).Where(path => path != Any))
        {
            if (reader.Find<Group>(path) is { } group)
            {
                references.Add(new ResourceReference { TargetType = nameof(NSGroup), TargetId = RealizedId.Of(group) });
            }
            else if (reader.Find<Segment>(path) is { } segment)
            {
                references.Add(new ResourceReference { TargetType = nameof(LogicalSwitch), TargetId = RealizedId.Of(segment) });
            }
            else if (reader.Find<SegmentPort>(path) is { } port)
            {
                references.Add(new ResourceReference { TargetType = nameof(LogicalPort), TargetId = RealizedId.Of(port) });
            }
            else
            {
                reader.Refuse(ApiErrors.Firewall($"Nothing can be enforced at {path}."));
            }
        }

        return references.Count == 0 ? null : references;
    }
}
