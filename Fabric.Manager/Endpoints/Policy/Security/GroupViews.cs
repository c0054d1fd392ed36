using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Catalog.Policy.Security;
using Fabric.Manager.Errors;
using Fabric.Manager.Grouping;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Endpoints.Policy.Security;

/// <summary>Who is in a group, and which groups something is in.</summary>
internal static class GroupViews
{
    /// <summary>Kinds of members that this fabric has none of.</summary>
    private static readonly string[] Absent =
    [
        "antrea-egresses", "antrea-ip-pools", "cloud-native-service-instances", "dvpg", "dvports", "identity-groups", "kubernetes-gateways", "kubernetes-ingresses",
        "kubernetes-node-ips", "kubernetes-node-pod-cidrs", "kubernetes-services", "physical-servers", "pods", "transport-nodes",
    ];

    public static IReadOnlyList<PolicyView> All { get; } =
    [
        Members("segments", (members, group) => members.Segments(group).Select(MemberRows.Details)),
        Members("segment-ports", (members, group) => members.SegmentPorts(group).Select(MemberRows.Details)),
        Members("logical-switches", (members, group) => members.Switches(group).Select(MemberRows.Details)),
        Members("logical-ports", (members, group) => members.Ports(group).Select(MemberRows.Details)),
        Members("virtual-machines", (members, group) => members.Machines(group).Select(id => MemberRows.RealizedMachine(members, id))),
        Members("vifs", (members, group) => members.Vifs(group).Select(MemberRows.Vif)),
        Members("ip-addresses", (members, group) => members.Addresses(group)),
        Members("mac-addresses", (members, group) => members.Macs(group)),
        Members("ip-groups", (members, group) => members.GroupsIn(group).Where(key => key != group && key.Kind == nameof(Group)).Select(key => members.Model.Find<Group>(key.Id)).OfType<Group>().Select(MemberRows.Details)),
        Members("consolidated-effective-ip-addresses", (members, group) => [new JsonObject { ["site_id"] = "default", ["effective_ips"] = new JsonArray([.. members.Addresses(group)]) }]),
        PolicyView.Get<Group>("statistics/virtual-machines", call => List(call, (members, group) => members.Machines(group).Select(id => MemberRows.RealizedMachine(members, id)))),
        .. Absent.Select(name => Members(name, (_, _) => [])),
        PolicyView.Get<Group>("member-types", call => Answers.Page(call.Context, [.. GroupChecks.MemberTypes(call.Of<Group>())])),
        PolicyView.Get<Group>("tags", call => Answers.Ok(new JsonObject { ["results"] = TagsOf(call.Of<Group>()) })),
        Associations("group-associations", "intent_path", GroupPlan.KeyOf),
        Associations("virtual-machine-group-associations", "vm_external_id", id => new ResourceKey(Subject.Machine, id)),
        Associations("virtual-network-interface-group-associations", "vif_external_id", id => new ResourceKey(Subject.Vif, id)),
        PolicyView.Get<Infra>("ip-address-group-associations", call => call.Context.Query("ip_address") is { } address
            ? Answers.Page(call.Context, Groups(call).Ask(members => members.GroupsWithAddress(address).Select(MemberRows.PathReference).ToList()))
            : Answers.Error(ApiErrors.BadQuery("ip_address", "it is needed"))),
        PolicyView.Get<Infra>("group-service-associations", call => call.Context.Query("intent_path") is { } path
            ? Answers.Page(call.Context, [.. Using(call, path).Select(MemberRows.PathReference)])
            : Answers.Error(ApiErrors.BadQuery("intent_path", "it is needed"))),
    ];

    private static PolicyView Members(string name, Func<EffectiveMembers, ResourceKey, IEnumerable<object>> rows)
        => PolicyView.Get<Group>($"members/{name}", call => List(call, rows));

    private static PolicyView Associations(string name, string query, Func<string, ResourceKey?> key)
        => PolicyView.Get<Infra>(name, call => call.Context.Query(query) is not { } asked ? Answers.Error(ApiErrors.BadQuery(query, "it is needed"))
            : key(asked) is { } member ? Answers.Page(call.Context, Groups(call).Ask(members => members.GroupsWith(member).Select(MemberRows.PathReference).ToList()))
            : Answers.Error(ApiErrors.InvalidPath(asked)));

    private static GroupMembership Groups(PolicyCall call) => call.Context.RequestServices.GetRequiredService<GroupMembership>();

    private static JsonAnswer List(PolicyCall call, Func<EffectiveMembers, ResourceKey, IEnumerable<object>> rows)
        => Answers.Page(call.Context, Groups(call).Ask(members => rows(members, ResourceKey.Of(call.Resource)).ToList()));

    /// <summary>The policies whose rules, or that themselves, name a group.</summary>
    private static IEnumerable<PolicyResource> Using(PolicyCall call, string group)
        => call.Model.ReferrersOf(ResourceKey.Of<Group>(group)).Select(call.Model.Find).OfType<PolicyResource>().Where(user => !user.MarkedForDelete)
            .Select(user => user is Rule rule ? (PolicyResource?)call.Model.Find<SecurityPolicy>(rule.ParentPath) ?? call.Model.Find<GatewayPolicy>(rule.ParentPath) : user)
            .OfType<PolicyResource>().DistinctBy(user => user.Path).OrderBy(user => user.Path, StringComparer.Ordinal);

    private static JsonArray TagsOf(Group group)
        => [.. GroupTerms.ConditionsOf(GroupChecks.Flat(group.Expression ?? [])).Where(condition => condition.Key == "Tag").GroupBy(condition => condition.MemberType)
            .Select(type => new JsonObject { ["member_type"] = type.Key, ["tags"] = new JsonArray([.. type.Select(condition => condition.Value).Distinct()]) })];
}
