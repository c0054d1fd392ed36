namespace Fabric.Manager.Security;

/// <summary>What a role may do with a feature, from less to more; the words are the API's.</summary>
internal enum Permission
{
    None,
    Read,
    Execute,
    Crud,
}

/// <summary>A role: its name, the name people see, and what it may do in each area; an area that is not named: nothing.</summary>
internal sealed record RoleRow(string Name, string DisplayName, IReadOnlyDictionary<Area, Permission> May);

/// <summary>NSX's built-in roles, and what each may do. The table of the product, area by area rather than feature by feature.</summary>
internal static class RoleTable
{
    public static readonly IReadOnlyList<RoleRow> All =
    [
        Row("enterprise_admin", "Enterprise Admin", Everywhere(Permission.Crud)),
        Row("auditor", "Auditor", Everywhere(Permission.Read)),
        Row("network_engineer", "Network Admin", (Area.Networking, Permission.Crud), (Area.LoadBalancing, Permission.Crud), (Area.Vpn, Permission.Crud), (Area.Security, Permission.Read), (Area.Inventory, Permission.Crud), (Area.Tools, Permission.Crud), (Area.System, Permission.Read)),
        Row("network_op", "Network Operator", (Area.Networking, Permission.Read), (Area.LoadBalancing, Permission.Read), (Area.Vpn, Permission.Read), (Area.Security, Permission.Read), (Area.Inventory, Permission.Read), (Area.Tools, Permission.Crud), (Area.System, Permission.Read)),
        Row("security_engineer", "Security Admin", (Area.Networking, Permission.Read), (Area.LoadBalancing, Permission.Read), (Area.Vpn, Permission.Crud), (Area.Security, Permission.Crud), (Area.Inventory, Permission.Crud), (Area.Tools, Permission.Crud), (Area.System, Permission.Read)),
        Row("security_op", "Security Operator", (Area.Networking, Permission.Read), (Area.LoadBalancing, Permission.Read), (Area.Vpn, Permission.Read), (Area.Security, Permission.Read), (Area.Inventory, Permission.Read), (Area.Tools, Permission.Read), (Area.System, Permission.Read)),
        Row("lb_admin", "LB Admin", (Area.Networking, Permission.Read), (Area.LoadBalancing, Permission.Crud), (Area.Inventory, Permission.Read), (Area.System, Permission.Read)),
        Row("lb_auditor", "LB Operator", (Area.Networking, Permission.Read), (Area.LoadBalancing, Permission.Read), (Area.Inventory, Permission.Read), (Area.System, Permission.Read)),
        Row("vpn_admin", "VPN Admin", (Area.Networking, Permission.Read), (Area.Vpn, Permission.Crud), (Area.Inventory, Permission.Read), (Area.System, Permission.Read)),
        Row("netx_partner_admin", "NETX Partner Admin", (Area.Networking, Permission.Read), (Area.Security, Permission.Read), (Area.Inventory, Permission.Read), (Area.System, Permission.Read)),
        Row("gi_partner_admin", "GI Partner Admin", (Area.Networking, Permission.Read), (Area.Security, Permission.Read), (Area.Inventory, Permission.Read), (Area.System, Permission.Read)),
        Row("support_bundle_collector", "Support Bundle Collector", (Area.System, Permission.Read)),
        Row("org_admin", "Org Admin", Everywhere(Permission.Crud)),
        Row("project_admin", "Project Admin", (Area.Networking, Permission.Crud), (Area.LoadBalancing, Permission.Crud), (Area.Vpn, Permission.Crud), (Area.Security, Permission.Crud), (Area.Inventory, Permission.Crud), (Area.Tools, Permission.Crud), (Area.System, Permission.Crud)),
        Row("vpc_admin", "VPC Admin", (Area.Networking, Permission.Crud), (Area.LoadBalancing, Permission.Crud), (Area.Vpn, Permission.Read), (Area.Security, Permission.Crud), (Area.Inventory, Permission.Crud), (Area.Tools, Permission.Crud), (Area.System, Permission.Read)),
    ];

    private static readonly Dictionary<string, RoleRow> ByName = All.ToDictionary(row => row.Name);

    public static bool Exists(string role) => ByName.ContainsKey(role);

    public static RoleRow? Find(string role) => ByName.GetValueOrDefault(role);

    /// <summary>The most that any of these roles may do.</summary>
    public static Permission Of(IEnumerable<string> roles, Area area)
        => roles.Select(role => ByName.TryGetValue(role, out var row) ? Of(row, area) : Permission.None).DefaultIfEmpty(Permission.None).Max();

    public static Permission Of(RoleRow row, Area area) => area == Area.Everyone ? Permission.Crud : row.May.GetValueOrDefault(area);

    private static RoleRow Row(string name, string displayName, params (Area Area, Permission May)[] may)
        => new(name, displayName, may.ToDictionary(entry => entry.Area, entry => entry.May));

    private static (Area Area, Permission May)[] Everywhere(Permission may) => [.. Enum.GetValues<Area>().Select(area => (area, may))];
}
