using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Errors;
using Fabric.Manager.Security;
using Microsoft.Extensions.Options;

namespace Fabric.Manager.Storage;

/// <summary>Writes and deletes objects of the policy tree, one or a whole hierarchy by the same rules.</summary>
internal sealed class PolicyWriter(ResourceStore store, IOptions<ManagerOptions> options)
{
    public FabricModel Current => store.Current;

    private bool Lingers => options.Value.DeleteDelay > TimeSpan.Zero;

    /// <param name="then">More to do in the same write, once the object is in the tree; an error undoes it all.</param>
    public Task<WriteOutcome> WriteAsync(
        Caller caller, PolicyPlace place, JsonObject body, PolicyWriteMode mode, bool checksRevisions, CancellationToken cancellation, Func<WriteScope, ApiError?>? then = null)
        => store.WriteAsync(
            caller,
            scope =>
            {
                var taken = new PolicyBody(scope.Model, scope.Ids.Next);
                var plan = new PolicyPlan(scope, checksRevisions, Lingers);
                if ((taken.Take(place, body, mode)
                    ?? plan.Delete(taken.Deletes, default, cascades: true)
                    ?? plan.Write(taken.Writes, taken.Walked)
                    ?? then?.Invoke(scope)
                    ?? plan.Settle()) is { } error)
                {
                    return error;
                }

                return scope.Model.Find(place.Key) is { } stored ? stored : new WriteOutcome.Done();
            },
            cancellation);

    public Task<WriteOutcome> DeleteAsync(Caller caller, PolicyPlace place, DeleteWishes wishes, CancellationToken cancellation)
        => store.WriteAsync(
            caller,
            scope =>
            {
                if (scope.Model.Find(place.Key) is not PolicyResource { MarkedForDelete: false })
                {
                    return ApiErrors.NoSuchObject(place.Path);
                }

                var plan = new PolicyPlan(scope, checksRevisions: false, Lingers);
                return (plan.Delete([place], wishes, cascades: false) ?? plan.Settle()) is { } error ? error : new WriteOutcome.Done();
            },
            cancellation);

    /// <summary>Any other change of the tree, such as an action.</summary>
    public Task<WriteOutcome> ChangeAsync(Caller caller, Func<WriteScope, WriteOutcome> change, CancellationToken cancellation) => store.WriteAsync(caller, change, cancellation);

    /// <summary>Makes an object at a path, as the manager itself does; its row completes it, and what is born with it comes too.</summary>
    public static ApiError? Plant(WriteScope scope, string path, PolicyResource resource)
    {
        var place = PolicyTree.Find(path) ?? throw new ArgumentException($"no row leads to {path}", nameof(path));
        return new PolicyPlan(scope, checksRevisions: false, lingers: false).Plant(place.Type, place.ParentPath, resource with { Id = place.Id! });
    }
}
