using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>REST calls that the tests of recovery make.</summary>
internal static class RecoveryRequests
{
    /// <summary>Creates an IP set and answers with its id once the manager has acknowledged it.</summary>
    public static async Task<string> CreateIpSetAsync(RunningLab lab, string name)
    {
        using var response = await lab.Api.PostAsJsonAsync("ip-sets", new { display_name = name, ip_addresses = new[] { "192.0.2.1" } }).ConfigureAwait(false);
        string text = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        Assert.That((int)response.StatusCode, Is.EqualTo(201), text);
        return (string)JsonNode.Parse(text)!["id"]!;
    }

    /// <summary>A section on top of all others that drops everything.</summary>
    public static async Task DropAllAsync(RunningLab lab, string name)
    {
        var section = new
        {
            display_name = name,
            section_type = "LAYER3",
            stateful = true,
            rules = new[] { new { display_name = "drop", action = "DROP" } },
        };
        using var response = await lab.Api.PostAsJsonAsync("firewall/sections?action=create_with_rules&operation=insert_top", section).ConfigureAwait(false);
        Assert.That((int)response.StatusCode, Is.EqualTo(201), await response.Content.ReadAsStringAsync().ConfigureAwait(false));
    }
}
