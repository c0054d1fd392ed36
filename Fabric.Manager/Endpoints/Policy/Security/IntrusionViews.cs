using Fabric.Manager.Catalog.Policy.Security;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Endpoints.Policy.Security;

/// <summary>Which set of signatures is the active one.</summary>
internal static class IntrusionViews
{
    public static IReadOnlyList<PolicyView> All { get; } =
    [
        PolicyView.Post<IdsSettings>("signature-versions?action=make_active_version", async call =>
        {
            var (body, error) = await RequestBody.ReadAsync(call.Context.Request).ConfigureAwait(false);
            if (body is null)
            {
                return Answers.Error(error!);
            }

            string wanted = body["id"]?.ToString() ?? body["version_id"]?.ToString() ?? "";
            var outcome = await call.Context.RequestServices.GetRequiredService<PolicyWriter>().ChangeAsync(
                call.Context.Caller(),
                scope =>
                {
                    var versions = scope.Model.ChildrenOf<IdsSignatureVersion>(call.Path).ToList();
                    if (!versions.Exists(version => version.Id == wanted || version.VersionId == wanted))
                    {
                        return ApiErrors.NoSuchObject($"{call.Path}/signature-versions/{wanted}");
                    }

                    foreach (var version in versions)
                    {
                        string state = version.Id == wanted || version.VersionId == wanted ? "ACTIVE" : "NOTACTIVE";
                        if (version.State != state)
                        {
                            scope.Put(version with { State = state });
                        }
                    }

                    return new WriteOutcome.Done();
                },
                call.Context.RequestAborted).ConfigureAwait(false);
            return outcome is WriteOutcome.Refused refused ? Answers.Error(refused.Error) : Answers.Empty();
        }),
    ];
}
