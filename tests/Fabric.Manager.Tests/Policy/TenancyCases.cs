namespace Fabric.Manager.Tests.Policy;

/// <summary>A case for each row of organizations, projects, VPCs and sharing.</summary>
internal static class TenancyCases
{
    public static IEnumerable<PolicyCase> All =>
    [
        new("/orgs/default"),
        new("/orgs/default/projects/p1", """{"short_id":"p1"}"""),
        new("/orgs/default/projects/p1/infra", Needs: [("/orgs/default/projects/p1", "{}")]),
        new("/infra/shares/x", """{"sharing_strategy":"NONE_DESCENDANTS","sharedWith":["/orgs/default"]}"""),
        new("/infra/shares/s/resources/x", """{"resource_objects":[{"resource_path":"/infra/segments/web"}]}""", [("/infra/segments/web", "{}"), ("/infra/shares/s", "{}")]),
    ];
}
