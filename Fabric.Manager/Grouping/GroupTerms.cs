using Fabric.Manager.Catalog.Policy.Security;

namespace Fabric.Manager.Grouping;

/// <summary>A group's list of expressions as alternatives, each of expressions that must hold together: AND binds before OR.</summary>
internal static class GroupTerms
{
    public static IReadOnlyList<IReadOnlyList<Expression>> Of(IReadOnlyList<Expression> expressions)
    {
        var terms = new List<IReadOnlyList<Expression>>();
        var term = new List<Expression>();
        foreach (var expression in expressions)
        {
            if (expression is ConjunctionOperator { Word: "OR" })
            {
                terms.Add(term);
                term = [];
            }
            else if (expression is not ConjunctionOperator)
            {
                term.Add(expression);
            }
        }

        if (term.Count > 0)
        {
            terms.Add(term);
        }

        return terms;
    }

    /// <summary>The conditions of a term, those of nested expressions among them.</summary>
    public static IEnumerable<Condition> ConditionsOf(IEnumerable<Expression> term)
        => term.SelectMany(expression => expression is NestedExpression nested ? nested.Expressions : [expression]).OfType<Condition>();
}
