using Fabric.Lab.Topology;

namespace Fabric.Lab.Configuration;

/// <summary>The lab's groups as NSGroups and IPSets, and its rules as a section at the top of the distributed firewall.</summary>
internal sealed class GroupsAndRules(FabricObjects objects, LabTopology lab)
{
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        await GroupsAsync(cancellation).ConfigureAwait(false);
        await RulesAsync(cancellation).ConfigureAwait(false);
    }

    private async Task GroupsAsync(CancellationToken cancellation)
    {
        foreach (var group in lab.Groups)
        {
            var members = group.Pods.Select(p => Member("LogicalPort", Id("logical-ports", p)))
                .Concat(group.Networks.Select(n => Member("LogicalSwitch", Id("logical-switches", n)))).ToList();
            if (group.Addresses.Count > 0)
            {
                string set = await objects.EnsureAsync(
                    "ip-sets",
                    group.Name,
                    new { display_name = group.Name, ip_addresses = group.Addresses, tags = objects.Tags() },
                    cancellation).ConfigureAwait(false);
                members.Add(Member("IPSet", set));
            }

            var body = new Dictionary<string, object> { ["display_name"] = group.Name, ["tags"] = objects.Tags() };
            if (members.Count > 0)
            {
                body["members"] = members;
            }

            if (group.Labels.Count > 0)
            {
                body["membership_criteria"] = new[] { Criterion(group) };
            }

            await objects.EnsureAsync("ns-groups", group.Name, body, cancellation).ConfigureAwait(false);
        }
    }

    private static object Member(string type, string id)
        => new { resource_type = "NSGroupSimpleExpression", target_type = type, target_property = "id", op = "EQUALS", value = id };

    /// <summary>All of the group's labels; one expression stands alone, several need a complex one around them.</summary>
    private object Criterion(LabGroup group)
    {
        var expressions = group.Labels.Select(l => LabelExpression(l.Key, l.Value)).Append(LabelExpression(FabricObjects.LabScope, lab.Name)).ToArray();
        return new { resource_type = "NSGroupComplexExpression", expressions };
    }

    private static object LabelExpression(string scope, string tag)
        => new
        {
            resource_type = "NSGroupTagExpression",
            target_type = "LogicalPort",
            scope,
            scope_op = "EQUALS",
            tag,
            tag_op = "EQUALS",
        };

    private async Task RulesAsync(CancellationToken cancellation)
    {
        if (lab.Rules.Count == 0)
        {
            return;
        }

        await objects.EnsureAsync(
            "firewall/sections",
            lab.Name,
            new
            {
                display_name = lab.Name,
                section_type = "LAYER3",
                stateful = true,
                rules = lab.Rules.Select(r => FirewallRules.Body(r, lab, group => Id("ns-groups", group))).ToArray(),
                tags = objects.Tags(),
            },
            cancellation,
            "?action=create_with_rules&operation=insert_top").ConfigureAwait(false);
    }

    private string Id(string collection, string name) => objects.Ids[$"{collection}/{name}"];
}
