using System.CommandLine;
using System.Text.Json.Nodes;
using Fabric.Lab.Api;

namespace Fabric.Lab.Commands;

/// <summary>`fabric manager env`: what the Terraform provider and its acceptance suites read from the environment, for a manager that runs.</summary>
internal static class EnvCommand
{
    /// <summary>The variables that name an object, where such objects are listed, and the names preferred, as --seed terraform has them.</summary>
    public static readonly IReadOnlyList<(string Variable, string Path, string[] Preferred)> Objects =
    [
        ("NSXT_TEST_TIER0_ROUTER", "/api/v1/logical-routers?router_type=TIER0", ["PLR-1 LogicalRouterTier0"]),
        ("NSXT_TEST_EDGE_CLUSTER", "/api/v1/edge-clusters", ["EDGECLUSTER1"]),
        ("NSXT_TEST_VLAN_TRANSPORT_ZONE", "/api/v1/transport-zones?transport_type=VLAN", ["transportzone2"]),
        ("NSXT_TEST_OVERLAY_TRANSPORT_ZONE", "/api/v1/transport-zones?transport_type=OVERLAY", ["1-transportzone"]),
        ("NSXT_TEST_SWITCHING_PROFILE", "/api/v1/switching-profiles?switching_profile_type=MacManagementSwitchingProfile&include_system_owned=true", ["nsx-default-mac-profile"]),
        ("NSXT_TEST_MAC_POOL", "/api/v1/pools/mac-pools", ["DefaultMacPool"]),
        ("NSXT_TEST_IP_POOL", "/api/v1/pools/ip-pools", ["terraform-ip-pool"]),
    ];

    public static Command Create()
    {
        var login = new ManagerLogin();
        var env = new Command("env", "Print the variables that the Terraform provider reads: eval \"$(fabric manager env)\".");
        login.AddTo(env);
        env.SetAction(async (parsed, cancellation) =>
        {
            var (manager, user, password) = login.Read(parsed);
            using var client = new NsxClient(manager, user, password);
            Print("NSXT_MANAGER_HOST", manager.Authority);
            Print("NSXT_USERNAME", user);
            Print("NSXT_PASSWORD", password);
            Print("NSXT_ALLOW_UNVERIFIED_SSL", "true");
            foreach (var (variable, path, preferred) in Objects)
            {
                if (Choose(await client.ListAsync(path, cancellation).ConfigureAwait(false), preferred) is { } name)
                {
                    Print(variable, name);
                }
            }

            return 0;
        });
        return env;
    }

    /// <summary>The object that is preferred, else the first; null: there is none.</summary>
    public static string? Choose(IReadOnlyList<JsonObject> objects, IReadOnlyList<string> preferred)
    {
        var names = objects.Select(item => (string?)item["display_name"]).OfType<string>().ToList();
        return preferred.FirstOrDefault(names.Contains) ?? names.FirstOrDefault();
    }

    /// <summary>A line that a shell reads as it is meant, whatever the value holds.</summary>
    public static string Line(string variable, string value) => $"export {variable}='{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static void Print(string variable, string value) => Console.WriteLine(Line(variable, value));
}
