using Fabric.Manager.Catalog;
using Fabric.Manager.Errors;
using Fabric.Manager.Publishing;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Http;

namespace Fabric.Manager.Endpoints;

/// <summary>Labels on virtual machines that hosts report, set, added or taken away in either API.</summary>
internal static class MachineTags
{
    private const int Most = 30;

    /// <summary>POST /fabric/virtual-machines?action=update_tags, add_tags or remove_tags.</summary>
    public static async Task<IResult> ChangeAsync(HttpContext context, ResourceStore store, RuntimeState runtime)
    {
        string? action = context.Query("action");
        if (action is not ("update_tags" or "add_tags" or "remove_tags"))
        {
            return Answers.Error(context.UnknownAction());
        }

        var (update, error) = await context.ReadAsync<VirtualMachineTagUpdate>().ConfigureAwait(false);
        return update is null ? Answers.Error(error!)
            : await WriteAsync(context, store, runtime, action, update.ExternalId, update.Tags, success: 204).ConfigureAwait(false);
    }

    /// <summary>The Policy API's form: all tags of one machine.</summary>
    public static async Task<IResult> ReplaceAsync(HttpContext context, ResourceStore store, RuntimeState runtime, string? machine)
    {
        var (update, error) = await context.ReadAsync<VirtualMachineTagsUpdate>().ConfigureAwait(false);
        return update is null ? Answers.Error(error!)
            : machine is not null && machine != update.VirtualMachineId ? Answers.Error(ApiErrors.Field($"virtual_machine_id {update.VirtualMachineId} is not the {machine} of the path"))
            : await WriteAsync(context, store, runtime, "update_tags", update.VirtualMachineId, update.Tags, success: 200).ConfigureAwait(false);
    }

    private static async Task<IResult> WriteAsync(
        HttpContext context, ResourceStore store, RuntimeState runtime, string action, string machine, IReadOnlyList<Tag> tags, int success)
    {
        if (!runtime.Vifs.Any(vif => vif.VmId == machine))
        {
            return Answers.Error(ApiErrors.NotFound("VirtualMachine", machine));
        }

        var outcome = await store.WriteAsync(
            context.Caller(),
            scope =>
            {
                var before = scope.Model.Find<VirtualMachineTags>(machine);
                var old = before?.Tags ?? [];
                IReadOnlyList<Tag> after = action switch
                {
                    "add_tags" => [.. old.Union(tags)],
                    "remove_tags" => [.. old.Except(tags)],
                    _ => [.. tags.Distinct()],
                };
                if (after.Count > Most)
                {
                    return ApiErrors.Field($"tags: a virtual machine has at most {Most}, not {after.Count}");
                }

                if (after.Count > 0)
                {
                    scope.Put((before ?? new VirtualMachineTags { Id = machine, DisplayName = machine }) with { Tags = after });
                }
                else if (before is not null)
                {
                    scope.Remove(ResourceKey.Of(before));
                }

                return new WriteOutcome.Done();
            },
            context.RequestAborted).ConfigureAwait(false);
        return outcome is WriteOutcome.Refused refused ? Answers.Error(refused.Error) : Answers.Empty(success);
    }
}
