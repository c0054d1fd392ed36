using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>Checks of security and gateway policies, and what they are when nothing is said.</summary>
internal static class PolicyChecks
{
    public static Checked<SecurityPolicy> Complete(WriteScope scope, SecurityPolicy? before, SecurityPolicy policy)
    {
        bool layer2 = policy.Category == "Ethernet";
        bool stateful = policy.Stateful ?? !layer2;
        if (layer2 && stateful)
        {
            return ApiErrors.Field("stateful must be false for policies of category Ethernet");
        }

        if (policy.TcpStrict == true && !stateful)
        {
            return ApiErrors.Field("tcp_strict is for stateful policies");
        }

        if (before is not null && (before.Category ?? policy.Category) != policy.Category)
        {
            return ApiErrors.Immutable("category");
        }

        if (CheckScope(policy.Scope) is { } wrong)
        {
            return wrong;
        }

        if (before is { IsDefault: true } && policy.Scope is { Count: > 0 } and not ["ANY"])
        {
            return ApiErrors.Firewall("The default policy applies to everything; its scope must be empty.");
        }

        if (before is not null && CheckLock(scope, before, before.Path) is { } locked)
        {
            return locked;
        }

        bool turned = (before?.Locked ?? false) != policy.Locked;
        return policy with
        {
            Category = policy.Category ?? before?.Category,
            Stateful = stateful,
            TcpStrict = policy.TcpStrict ?? stateful,
            LockModifiedBy = turned ? scope.User : before?.LockModifiedBy,
            LockModifiedTime = turned ? scope.Now : before?.LockModifiedTime,
        };
    }

    public static Checked<GatewayPolicy> Complete(WriteScope scope, GatewayPolicy? before, GatewayPolicy policy)
    {
        bool stateful = policy.Stateful ?? true;
        if (policy.TcpStrict == true && !stateful)
        {
            return ApiErrors.Field("tcp_strict is for stateful policies");
        }

        if (CheckScope(policy.Scope) is { } wrong)
        {
            return wrong;
        }

        if (before is not null && CheckLock(scope, before, before.Path) is { } locked)
        {
            return locked;
        }

        bool turned = (before?.Locked ?? false) != policy.Locked;
        return policy with
        {
            Category = policy.Category ?? "LocalGatewayRules",
            Stateful = stateful,
            TcpStrict = policy.TcpStrict ?? stateful,
            LockModifiedBy = turned ? scope.User : before?.LockModifiedBy,
            LockModifiedTime = turned ? scope.Now : before?.LockModifiedTime,
        };
    }

    public static ApiError? Release(WriteScope scope, SecurityPolicy policy, DeleteWishes wishes)
    {
        _ = wishes;
        return CheckLock(scope, policy, policy.Path);
    }

    public static ApiError? Release(WriteScope scope, GatewayPolicy policy, DeleteWishes wishes)
    {
        _ = wishes;
        return CheckLock(scope, policy, policy.Path);
    }

    public static SecurityPolicy Show(FabricModel model, SecurityPolicy policy)
        => policy with { RuleCount = model.ChildrenOf<Rule>(policy.Path).Count(), InternalSequenceNumber = PolicyOrder.InternalNumber(policy) };

    public static GatewayPolicy Show(FabricModel model, GatewayPolicy policy)
        => policy with { RuleCount = model.ChildrenOf<Rule>(policy.Path).Count(), InternalSequenceNumber = PolicyOrder.InternalNumber(policy) };

    /// <summary>A locked policy is changed only by whoever locked it.</summary>
    public static ApiError? CheckLock(WriteScope scope, IRulePolicy policy, string path)
        => policy.Locked && policy.LockModifiedBy is { } owner && owner != scope.User ? ApiErrors.SectionLocked(path, owner) : null;

    private static ApiError? CheckScope(IReadOnlyList<string>? scope)
        => scope is null ? null
            : scope.FirstOrDefault(value => !value.StartsWith('/') && value != "ANY") is { } wrong ? ApiErrors.Field($"scope '{wrong}' is neither a path nor ANY")
            : scope.Count > 1 && scope.Contains("ANY") ? ApiErrors.Field("scope: ANY stands alone")
            : null;
}
