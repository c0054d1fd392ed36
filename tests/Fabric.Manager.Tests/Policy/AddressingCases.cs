namespace Fabric.Manager.Tests.Policy;

/// <summary>A case for each row of addressing.</summary>
internal static class AddressingCases
{
    private static readonly (string Path, string Body) Block = ("/infra/ip-blocks/b", """{"cidr":"10.8.0.0/16"}""");
    private static readonly (string Path, string Body) Pool = ("/infra/ip-pools/p", "{}");
    private static readonly (string Path, string Body) Subnet =
        ("/infra/ip-pools/p/ip-subnets/s", """{"resource_type":"IpAddressPoolStaticSubnet","cidr":"10.7.0.0/24","allocation_ranges":[{"start":"10.7.0.10","end":"10.7.0.20"}]}""");

    public static IEnumerable<PolicyCase> All =>
    [
        new("/infra/ip-blocks/x", """{"cidr":"10.20.0.0/16","visibility":"PRIVATE"}"""),
        new("/infra/ip-pools/x", """{"check_overlap_with_existing_pools":true}"""),
        new("/infra/ip-pools/p/ip-subnets/x", """{"resource_type":"IpAddressPoolBlockSubnet","ip_block_path":"/infra/ip-blocks/b","size":16}""", [Block, Pool]),
        new("/infra/ip-pools/p/ip-allocations/x", "{}", [Pool, Subnet]),
        new("/infra/vni-pools/x", """{"start":80000,"end":80100}"""),
    ];
}
