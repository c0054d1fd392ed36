using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy.Security;

namespace Fabric.Manager.Grouping;

/// <summary>
/// One question to members of one kind. Groups of both APIs ask in these words, so that a question is answered once however many ask it.
/// Case means nothing (reference: nsx-dataplane.md, 4.4); texts are kept in lower case.
/// </summary>
internal readonly record struct Criterion(string Kind, string Property, string Operator, string Scope, string Value)
{
    private const string Tag = "tag";
    private const string Equal = "EQUALS";

    /// <summary>For a tag as it stands.</summary>
    public bool IsOfTag => Operator == Equal && Property == Tag;

    /// <summary>Found by what a member is; every other question is put to each member that changes.</summary>
    public bool IsExact => Operator == Equal && Property is Tag or "name" or "id";

    public static Criterion Of(Condition condition)
    {
        if (condition.Key != "Tag")
        {
            string property = condition.Key switch { "Name" => "name", "ALL" => "all", var other => other.ToLowerInvariant() };
            return new Criterion(condition.MemberType, property, condition.Operator, "", Lower(condition.Value));
        }

        var (scope, tag) = TagText.Split(condition.Value);
        return new Criterion(condition.MemberType, Tag, condition.Operator, Lower(scope), Lower(tag));
    }

    /// <summary>Null: an expression made of others.</summary>
    public static Criterion? Of(NSGroupExpression expression) => expression switch
    {
        NSGroupTagExpression tag => new Criterion(tag.TargetType, Tag, tag.TagOp, Lower(tag.Scope ?? ""), Lower(tag.Tag ?? "")),
        NSGroupSimpleExpression simple => new Criterion(simple.TargetType, PropertyOf(simple.TargetProperty), simple.Op, "", Lower(simple.Value)),
        _ => null,
    };

    /// <summary>The exact questions that a member answers by what it is.</summary>
    public static IEnumerable<Criterion> AnsweredBy(Subject subject)
    {
        string kind = subject.Key.Kind;
        yield return new Criterion(kind, "name", Equal, "", Lower(subject.Name));
        yield return new Criterion(kind, "id", Equal, "", Lower(subject.Key.Id));
        foreach (var tag in subject.Tags)
        {
            var (scope, value) = (Lower(tag.Scope), Lower(tag.Value));
            yield return new Criterion(kind, Tag, Equal, scope, value);
            yield return new Criterion(kind, Tag, Equal, scope, "");
            yield return new Criterion(kind, Tag, Equal, "", value);
        }
    }

    public bool Holds(ManagedResource resource) => Subject.Of(resource) is { } subject && Holds(subject);

    public bool Holds(Subject subject)
    {
        if (subject.Key.Kind != Kind)
        {
            return false;
        }

        switch (Property)
        {
            case "all":
                return true;
            case "name":
                return HoldsFor(Lower(subject.Name));
            case "id":
                return HoldsFor(Lower(subject.Key.Id));
            case Tag:
                foreach (var tag in subject.Tags)
                {
                    if ((Scope.Length == 0 || Lower(tag.Scope) == Scope) && (Value.Length == 0 || HoldsFor(Lower(tag.Value))))
                    {
                        return true;
                    }
                }

                return false;
            default:
                return false; // what hosts do not report: operating systems, names inside the guest
        }
    }

    private static string PropertyOf(string property) => Lower(property) switch
    {
        "display_name" => "name",
        "external_id" => "id",
        var other => other,
    };

    private static string Lower(string text) => text.ToLowerInvariant();

    private bool HoldsFor(string actual) => Operator switch
    {
        Equal => actual == Value,
        "NOTEQUALS" => actual != Value,
        "CONTAINS" => actual.Contains(Value, StringComparison.Ordinal),
        "STARTSWITH" => actual.StartsWith(Value, StringComparison.Ordinal),
        "ENDSWITH" => actual.EndsWith(Value, StringComparison.Ordinal),
        "IN" => Value.Split(',', StringSplitOptions.TrimEntries).Contains(actual),
        "NOTIN" => !Value.Split(',', StringSplitOptions.TrimEntries).Contains(actual),
        _ => false,
    };
}
