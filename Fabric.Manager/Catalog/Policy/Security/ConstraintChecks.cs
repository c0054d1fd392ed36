using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>Checks of constraints.</summary>
internal static class ConstraintChecks
{
    public static Checked<Constraint> Complete(WriteScope scope, Constraint? before, Constraint constraint)
    {
        _ = (scope, before);
        return constraint.ConstraintExpression is null && constraint.ConstraintExpressions is null or { Count: 0 }
            ? ApiErrors.Field("a constraint needs constraint_expression or constraint_expressions")
            : constraint;
    }
}
