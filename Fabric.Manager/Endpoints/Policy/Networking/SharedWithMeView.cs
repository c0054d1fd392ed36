using Fabric.Manager.Catalog.Policy.Tenancy;
using Microsoft.AspNetCore.Http;

namespace Fabric.Manager.Endpoints.Policy.Networking;

/// <summary>What the provider shares with an organization, a project or a VPC: with itself, or with whom it belongs to.</summary>
internal static class SharedWithMeView
{
    public static IResult Answer(PolicyCall call)
    {
        var shared = call.Model.All<Share>().Where(share => !share.MarkedForDelete
            && (share.SharedWith ?? []).Any(with => call.Path == with || call.Path.StartsWith(with + "/", StringComparison.Ordinal)));
        return Answers.Page(call.Context, shared.SelectMany(share => call.Model.ChildrenOf<SharedResource>(share.Path)));
    }
}
