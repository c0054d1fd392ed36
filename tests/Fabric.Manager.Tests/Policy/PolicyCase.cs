using System.Text.Json.Nodes;
using Fabric.Manager.Catalog.Policy;

namespace Fabric.Manager.Tests.Policy;

/// <summary>One row of the policy tree as the tests of the tree use it.</summary>
/// <param name="Path">Of the object that the tests make and delete.</param>
/// <param name="Body">What it is made of.</param>
/// <param name="Needs">What must be there first: made in this order, deleted in the other.</param>
/// <param name="Change">What a PATCH changes; null: the description.</param>
internal sealed record PolicyCase(string Path, string Body = "{}", (string Path, string Body)[]? Needs = null, string? Change = null)
{
    /// <summary>Every case; each area has its own list, and a row without a case fails a test.</summary>
    public static IEnumerable<PolicyCase> All =>
    [
        .. NetworkingCases.All,
        .. AddressingCases.All,
        .. SitesCases.All,
        .. TenancyCases.All,
        .. SecurityCases.All,
        .. LoadBalancingCases.All,
    ];

    public PolicyPlace Place => PolicyTree.Find(Path) is { Id: not null } place ? place : throw new InvalidOperationException($"no row leads to {Path}");

    public JsonObject NewBody() => (JsonObject)JsonNode.Parse(Body)!;

    public JsonObject NewChange() => (JsonObject)JsonNode.Parse(Change ?? """{"description":"changed by a test"}""")!;

    public override string ToString() => Path;
}
