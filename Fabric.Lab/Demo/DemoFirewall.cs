using System.Text.Json.Nodes;
using Fabric.Lab.Api;

namespace Fabric.Lab.Demo;

/// <summary>The demo's own section at the top of the distributed firewall: one rule between two groups, changed through the API.</summary>
internal sealed class DemoFirewall(NsxClient api, string from, string to)
{
    private static readonly string[] HttpPort = ["80"];
    private string? _section;

    /// <summary>Puts the rule in, or changes what it does.</summary>
    public async Task SetAsync(string action, CancellationToken cancellation)
    {
        if (_section is null)
        {
            var made = await api.PostAsync(
                "firewall/sections?action=create_with_rules&operation=insert_top",
                new { display_name = "demo", section_type = "LAYER3", stateful = true, rules = new[] { Rule(action) } },
                cancellation).ConfigureAwait(false);
            _section = (string)made["id"]!;
            return;
        }

        // As any client would: read, change, write back with the revision that was read.
        var rules = await api.ListAsync($"firewall/sections/{_section}/rules", cancellation).ConfigureAwait(false);
        var rule = (JsonObject)rules[0].DeepClone();
        rule["action"] = action;
        await api.PutAsync($"firewall/sections/{_section}/rules/{rule["id"]}", rule, cancellation).ConfigureAwait(false);
    }

    public async Task RemoveAsync(CancellationToken cancellation)
    {
        await api.DeleteAsync($"firewall/sections/{_section}?cascade=true", cancellation).ConfigureAwait(false);
        _section = null;
    }

    private object Rule(string action)
        => new
        {
            display_name = "web-to-db-http",
            action,
            direction = "IN_OUT",
            ip_protocol = "IPV4_IPV6",
            sources = new[] { new { target_type = "NSGroup", target_id = from } },
            destinations = new[] { new { target_type = "NSGroup", target_id = to } },
            services = new[] { new { service = new { resource_type = "L4PortSetNSService", l4_protocol = "TCP", destination_ports = HttpPort } } },
        };
}
