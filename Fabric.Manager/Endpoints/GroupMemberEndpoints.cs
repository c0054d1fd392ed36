using Fabric.Manager.Catalog;
using Fabric.Manager.Errors;
using Fabric.Manager.Grouping;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints;

/// <summary>Who is in an NSGroup, and which machines are in none.</summary>
internal static class GroupMemberEndpoints
{
    public static void MapGroupMembers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/ns-groups/unassociated-virtual-machines", (HttpContext context, GroupMembership groups)
            => Answers.Page(context, groups.Ask(members => members.Unassociated().Select(id => (object)MemberRows.Machine(members, id)).ToList())));
        Map(api, "effective-logical-port-members", (members, group) => members.Ports(group).Select(MemberRows.Reference));
        Map(api, "effective-logical-switch-members", (members, group) => members.Switches(group).Select(MemberRows.Reference));
        Map(api, "effective-ipset-members", (members, group) => members.IpSets(group).Select(MemberRows.Reference));
        Map(api, "effective-vif-members", (members, group) => members.Vifs(group).Select(MemberRows.Vif));
        Map(api, "effective-virtual-machine-members", (members, group) => members.Machines(group).Select(id => MemberRows.Machine(members, id)));
        Map(api, "effective-ip-address-members", (members, group) => members.Addresses(group));
        Map(api, "consolidated-effective-ip-address-members", (members, group)
            => [new System.Text.Json.Nodes.JsonObject { ["site_id"] = "default", ["effective_ips"] = new System.Text.Json.Nodes.JsonArray([.. members.Addresses(group)]) }]);
        foreach (string absent in new[] { "cloud-native-service-instance", "directory-group", "physical-server", "transport-node" })
        {
            Map(api, $"effective-{absent}-members", (_, _) => []); // this fabric has none of these
        }

        api.MapGet("/ns-groups/{id}/member-types", (HttpContext context, GroupMembership groups, string id) => groups.Ask(members => members.Model.Find<NSGroup>(id) is { } group
            ? Answers.Page(context, [.. TypesOf(group)])
            : Answers.Error(ApiErrors.NotFound(nameof(NSGroup), id))));
    }

    private static void Map(IEndpointRouteBuilder api, string name, Func<EffectiveMembers, ResourceKey, IEnumerable<object>> rows)
        => api.MapGet($"/ns-groups/{{id}}/{name}", (HttpContext context, GroupMembership groups, string id) => groups.Ask(members => members.Model.Find<NSGroup>(id) is { } group
            ? Answers.Page(context, [.. rows(members, ResourceKey.Of(group))])
            : Answers.Error(ApiErrors.NotFound(nameof(NSGroup), id))));

    private static IEnumerable<string> TypesOf(NSGroup group)
        => (group.Members ?? []).Select(member => member.TargetType).Concat((group.MembershipCriteria ?? []).SelectMany(TypesOf)).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> TypesOf(NSGroupExpression expression) => expression switch
    {
        NSGroupComplexExpression complex => complex.Expressions.SelectMany(TypesOf),
        NSGroupTagExpression tag => [tag.TargetType],
        NSGroupSimpleExpression simple => [simple.TargetType],
        _ => [],
    };
}
