using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>What a group's expressions must look like together (reference: nsx-dataplane.md, 4.4).</summary>
internal static class GroupChecks
{
    private const int MostConditions = 5;
    private const int MostNamed = 500;

    /// <summary>The keys that conditions on these types may ask for; the others, of container platforms, may ask for any.</summary>
    private static readonly Dictionary<string, string[]> Keys = new()
    {
        ["VirtualMachine"] = ["Tag", "Name", "OSName", "ComputerName"],
        ["Segment"] = ["Tag", "Name"],
        ["SegmentPort"] = ["Tag", "Name"],
        ["LogicalSwitch"] = ["Tag", "Name"],
        ["LogicalPort"] = ["Tag", "Name"],
        ["IPSet"] = ["Tag", "Name"],
        ["Group"] = ["Tag", "Name", "GroupType"],
        ["TransportNode"] = ["NodeType"],
        ["DVPG"] = ["Tag", "Name"],
        ["DVPort"] = ["Tag", "Name"],
        ["VpcSubnet"] = ["Tag", "Name"],
        ["VpcSubnetPort"] = ["Tag", "Name"],
    };

    public static Checked<Group> Complete(WriteScope scope, Group? before, Group group)
    {
        if (CheckList(group.Expression ?? [], "expression", nested: false) is { } error)
        {
            return error;
        }

        foreach (var (expression, at) in (group.ExtendedExpression ?? []).Select((expression, at) => (expression, at)))
        {
            if (expression is not IdentityGroupExpression)
            {
                return ApiErrors.Field($"extended_expression[{at}] must be an IdentityGroupExpression");
            }
        }

        if (Named(group.Expression ?? []).FirstOrDefault(path => Reaches(scope.Model, path, group.Path, 0)) is { } circle)
        {
            return ApiErrors.Field($"expression: group {circle} contains this group");
        }

        return group with
        {
            Expression = Placed(scope, group.Path, before?.Expression, group.Expression) ?? [],
            ExtendedExpression = Placed(scope, group.Path, before?.ExtendedExpression, group.ExtendedExpression) ?? [],
            State = "SUCCESS",
        };
    }

    /// <summary>The types of members that the expressions ask for.</summary>
    public static IReadOnlyList<string> MemberTypes(Group group) => [.. Flat(group.Expression ?? []).SelectMany(MemberTypes).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>All expressions, those in nested ones too.</summary>
    public static IEnumerable<Expression> Flat(IEnumerable<Expression> expressions)
        => expressions.SelectMany(expression => expression is NestedExpression nested ? nested.Expressions.Prepend(expression) : [expression]);

    /// <summary>Every path that a group names.</summary>
    public static IEnumerable<string> Named(IEnumerable<Expression> expressions) => Flat(expressions).OfType<PathExpression>().SelectMany(expression => expression.Paths);

    private static IEnumerable<string> MemberTypes(Expression expression) => expression switch
    {
        Condition condition => [condition.MemberType],
        ExternalIDExpression external => [external.MemberType],
        IPAddressExpression => ["IPAddress"],
        MACAddressExpression => ["MACAddress"],
        IdentityGroupExpression => ["IdentityGroup"],
        PathExpression paths => paths.Paths.Select(path => TypeAt(path)),
        _ => [],
    };

    private static string TypeAt(string path) => path.Contains("/virtual-machines/", StringComparison.Ordinal) ? "VirtualMachine" : PolicyTree.Find(path)?.Type.Name ?? "Unknown";

    private static ApiError? CheckList(IReadOnlyList<Expression> list, string path, bool nested)
    {
        if (list.Count == 0)
        {
            return nested ? ApiErrors.Field($"{path} may not be empty") : null;
        }

        if (list.Count % 2 == 0)
        {
            return ApiErrors.Field($"{path} must hold an odd number of expressions, with a ConjunctionOperator between every two");
        }

        for (int at = 0; at < list.Count; at++)
        {
            if ((list[at] is ConjunctionOperator) != (at % 2 == 1))
            {
                return ApiErrors.Field($"{path}[{at}] must {(at % 2 == 1 ? "" : "not ")}be a ConjunctionOperator");
            }

            if (Check(list[at], $"{path}[{at}]", nested) is { } error)
            {
                return error;
            }

            if (list[at] is ConjunctionOperator { Word: "AND" } && CheckAnd(list[at - 1], list[at + 1], $"{path}[{at}]") is { } wrong)
            {
                return wrong;
            }

            if (nested && list[at] is ConjunctionOperator { Word: not "AND" })
            {
                return ApiErrors.Field($"{path}[{at}].conjunction_operator must be AND in a NestedExpression");
            }
        }

        int conditions = list.Count(expression => expression is Condition or NestedExpression);
        int named = Flat(list).Sum(expression => expression switch { PathExpression paths => paths.Paths.Count, ExternalIDExpression ids => ids.ExternalIds.Count, _ => 0 });
        return conditions > MostConditions ? ApiErrors.Field($"{path} has {conditions} conditions and nested expressions, at most {MostConditions} are allowed")
            : named > MostNamed ? ApiErrors.Field($"{path} names {named} members, at most {MostNamed} are allowed")
            : null;
    }

    private static ApiError? Check(Expression expression, string path, bool nested)
    {
        switch (expression)
        {
            case NestedExpression when nested:
                return ApiErrors.Field($"{path}: a NestedExpression cannot hold another");
            case NestedExpression inner:
                return CheckList(inner.Expressions, $"{path}.expressions", nested: true)
                    ?? (inner.Expressions.OfType<Condition>().Select(condition => condition.MemberType).Distinct().Count() > 1 && !IsOfContainers(inner)
                        ? ApiErrors.Field($"{path}.expressions must all have the same member_type")
                        : inner.Expressions.Any(part => part is not (Condition or ConjunctionOperator)) ? ApiErrors.Field($"{path}.expressions must be conditions") : null);
            case Condition condition when Keys.TryGetValue(condition.MemberType, out var keys) && !keys.Contains(condition.Key):
                return ApiErrors.Field($"{path}.key '{condition.Key}' is not one of {string.Join(", ", keys)}, which member_type {condition.MemberType} has");
            case Condition { MemberType: "Segment" or "SegmentPort" or "LogicalSwitch" or "LogicalPort", Key: "Tag", Operator: not "EQUALS" } condition:
                return ApiErrors.Field($"{path}.operator must be EQUALS for tags of member_type {condition.MemberType}");
            case Condition { Value: "" or "|" }:
                return ApiErrors.Field($"{path}.value may not be empty");
            case PathExpression paths when paths.Paths.FirstOrDefault(text => !text.StartsWith('/')) is { } text:
                return ApiErrors.InvalidPath(text);
            default:
                return null;
        }
    }

    /// <summary>Pods and services are found by their own tags and those of what they stand in.</summary>
    private static bool IsOfContainers(NestedExpression nested)
        => nested.Expressions.OfType<Condition>().All(condition => condition.MemberType is "Pod" or "Service" or "Namespace" or "Segment" or "SegmentPort"
            || condition.MemberType.StartsWith("Kubernetes", StringComparison.Ordinal) || condition.MemberType.StartsWith("Antrea", StringComparison.Ordinal));

    /// <summary>AND asks one member two things, so both sides must be about the same type.</summary>
    private static ApiError? CheckAnd(Expression left, Expression right, string path)
        => left is Condition a && right is Condition b && a.MemberType != b.MemberType && !IsOfContainers(new NestedExpression { Expressions = [a, b] })
                ? ApiErrors.Field($"{path}: AND needs the same member_type on both sides, not {a.MemberType} and {b.MemberType}")
            : new[] { left, right }.Any(side => side is not (Condition or NestedExpression)) ? ApiErrors.Field($"{path}: AND joins conditions; members that are named can only be joined by OR")
            : null;

    private static bool Reaches(FabricModel model, string path, string wanted, int depth)
        => path == wanted || (depth < 64 && model.Find<Group>(path) is { } group && Named(group.Expression ?? []).Any(inner => Reaches(model, inner, wanted, depth + 1)));

    /// <summary>The expressions with ids and paths; what had an id at its place, and has none now, keeps it.</summary>
    private static List<Expression>? Placed(WriteScope scope, string above, IReadOnlyList<Expression>? before, IReadOnlyList<Expression>? expressions)
        => expressions?.Select((expression, at) =>
        {
            var old = before is not null && at < before.Count && before[at].GetType() == expression.GetType() ? before[at] : null;
            string id = expression.Id is { Length: > 0 } given ? given : old?.Id ?? scope.Ids.Next();
            string path = $"{above}/{expression.Collection}/{id}";
            var placed = expression with { Id = id, Path = path, RelativePath = id, ParentPath = above };
            return placed is NestedExpression nested
                ? nested with { Expressions = Placed(scope, path, (old as NestedExpression)?.Expressions, nested.Expressions)! }
                : placed;
        }).ToList();
}
