using System.Text.RegularExpressions;

namespace Fabric.Manager.Tests.Contract;

/// <summary>Every answer to a GET is of the type that NSX-T declares: no other fields, the right types and words, what is required there.</summary>
internal sealed class ShapeTests
{
    /// <summary>Where we know better than the bindings, each with its reason.</summary>
    private static readonly (string Pattern, string Reason)[] Known =
    [
        ("lacks (private_key|password|passphrase|secret_key|secret),", "secrets are never answered"),
        (@"\.(nat_pass|host_switch_name|host_switch_id|host_switch_mode|pool_usage) is no field of (NatRule|TransportZone|VniPool)", "of the Manager API 2.5.1, as clients of that age read"),
        (@"\.os_type is no field of Node", "of a host node; the bindings declare the family's common part only"),
        (@"node_deployment_info\.(id|display_name|resource_type) is no field of FabricHostNode", "the releases before have the node's common part here, and clients read it"),
        (@"\.allocation_ranges is no field of IpAddressPoolBlockSubnet", "computed; the Terraform provider reads it"),
        (@"is no field of (Vpc|VpcSubnet|VpcIpAddressAllocation|SubnetAdvancedConfig) ?", "VPCs as NSX 9 has them and their clients speak"),
        (@"\.sort_(by|ascending) is no field of (Effective|Group)MemberTypeListResult", "every list of this manager says how it is sorted"),
        (@"\.attachment is null", "nothing is attached, as the clients of the older releases are told it"),
        ("lacks edge_cluster_path, which MetadataProxyConfig requires", "made without one in the case; NSX asks for either this or an edge"),
    ];

    [Test]
    public async Task Every_answer_is_of_the_declared_shape()
    {
        var types = CatalogueTypes.Load();
        var (manager, missing) = await FilledManager.StartAsync();
        await using var _ = manager;
        var finder = new PathFinder(manager);
        var wrong = new SortedDictionary<string, string>(StringComparer.Ordinal);
        int operations = 0, answers = 0;
        foreach (var read in types.Reads.Where(read => !read.Template.Contains("/global-infra", StringComparison.Ordinal)))
        {
            bool served = false;
            foreach (string path in await finder.FindAsync(read.Template))
            {
                var answer = await manager.GetAsync(read.FixedQuery.Length > 0 ? $"{path}?{read.FixedQuery}" : path);
                if (answer.Code != 200 || answer.Body is null)
                {
                    continue;
                }

                served = true;
                answers++;
                foreach (string fault in types.Wrong(read.Api, read.Returns, answer.Body).Where(fault => !Known.Any(known => Regex.IsMatch(fault, known.Pattern))))
                {
                    wrong.TryAdd($"{read.Returns.Trim('*')}{fault}", $"GET {path}");
                }
            }

            operations += served ? 1 : 0;
        }

        await TestContext.Out.WriteLineAsync($"{answers} answers of {operations} operations checked; {missing.Count} objects could not be made:\n{string.Join('\n', missing)}");
        Assert.That(wrong, Is.Empty, string.Join("\n", wrong.Select(each => $"{each.Key}   ({each.Value})")));
        Assert.That(operations, Is.GreaterThan(300));
    }
}
