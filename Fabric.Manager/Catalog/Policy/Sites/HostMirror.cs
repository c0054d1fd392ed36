using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Sites;

/// <summary>A host as each API shows it. What policy writes goes through all that the Manager API checks and fills in.</summary>
internal static class HostMirror
{
    public static HostTransportNode Policy(TransportNode node, HostTransportNode? old) => (old ?? new HostTransportNode()) with
    {
        DisplayName = node.DisplayName,
        Description = node.Description,
        Tags = node.Tags,
        HostSwitchSpec = node.HostSwitchSpec,
        NodeDeploymentInfo = node.NodeDeploymentInfo as HostNode,
        IsOverridden = node.IsOverridden,
        MaintenanceMode = node.MaintenanceMode,
    };

    public static Checked<HostTransportNode> Complete(WriteScope scope, HostTransportNode? before, HostTransportNode host)
    {
        if (!SitePaths.IsOfPoint(host.Path))
        {
            return host;
        }

        var node = scope.Model.Find<TransportNode>(host.Id);
        host = host with
        {
            NodeDeploymentInfo = host.NodeDeploymentInfo is { } info ? info with { Id = host.Id, DisplayName = info.DisplayName ?? host.DisplayName } : null,
            HostSwitchSpec = SameSwitches(node?.HostSwitchSpec, host.HostSwitchSpec),
        };
        var wanted = (node ?? new TransportNode { Id = host.Id }) with
        {
            DisplayName = host.DisplayName,
            Description = host.Description,
            Tags = host.Tags,
            HostSwitchSpec = host.HostSwitchSpec,
            NodeDeploymentInfo = host.NodeDeploymentInfo,
        };
        if (node is not null && ResourceJson.Store(Policy(node, host)) == ResourceJson.Store(host))
        {
            return host;
        }

        return ResourceWriter.Write(scope, ResourceCatalog.Of<TransportNode>(), node, wanted) switch
        {
            WriteOutcome.Refused refused => refused.Error,
            WriteOutcome.Stored { Resource: TransportNode stored } => Policy(stored, host),
            _ => host,
        };
    }

    public static ApiError? Release(WriteScope scope, HostTransportNode host, DeleteWishes wishes)
    {
        if (!SitePaths.IsOfPoint(host.Path) || scope.Model.Find<TransportNode>(host.Id) is not { } node)
        {
            return null;
        }

        var key = ResourceKey.Of(node);
        if (scope.Model.ReferrersOf(key) is { Count: > 0 } referrers)
        {
            return ApiErrors.PathInUse(host.Path, [.. referrers.Select(each => $"{each}")]);
        }

        if (ResourceCatalog.Of<TransportNode>().Release(scope, node, wishes) is { } error)
        {
            return error;
        }

        scope.Remove(key);
        return null;
    }

    /// <summary>A switch that is written again without its id is the one of that name.</summary>
    private static HostSwitchSpec? SameSwitches(HostSwitchSpec? before, HostSwitchSpec? after)
        => (before, after) is (StandardHostSwitchSpec old, StandardHostSwitchSpec { HostSwitches: var switches })
            ? new StandardHostSwitchSpec
            {
                HostSwitches = [.. switches.Select(each => each.HostSwitchId is not null ? each
                    : each with { HostSwitchId = old.HostSwitches.FirstOrDefault(other => other.HostSwitchName == each.HostSwitchName)?.HostSwitchId })],
            }
            : after;
}
